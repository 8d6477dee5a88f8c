#include "Observable.h"

#include "ElfFile.h"
#include "ProgramPath.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <elf.h>
#include <endian.h>
#include <fstream>
#include <linux/capability.h>
#include <string_view>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace fs = std::filesystem;

namespace connsan::tool {

namespace {

/// What only libpq says, whatever its version. Put together when it is needed: this program does not hold it
/// either.
std::vector<std::string> textsOfLibpq() {
  std::string End = " connection info string";
  return {"missing \"=\" after \"%s\" in" + End, "unterminated quoted string in" + End, "PGCONNECT_TIMEOUT"};
}

/// The names that glibc's loaders have on one machine or another.
constexpr std::array LoadersOfGlibc = {"ld-linux", "ld64.so", "ld.so", "ld-2."};

/// These connect to nothing themselves.
constexpr std::array Starters = {"sh", "dash", "bash", "ksh", "zsh", "busybox", "env"};

bool isLoaderOfGlibc(const std::string &Path) {
  std::string Name = fs::path(Path).filename();
  return std::any_of(LoadersOfGlibc.begin(), LoadersOfGlibc.end(),
                     [&Name](const char *Begin) { return Name.starts_with(Begin); });
}

/// Whether the kernel heeds set-id bits and capabilities of this file.
bool grantsPrivileges(const fs::path &Program) {
  struct statvfs Status;
  return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1 &&
         (statvfs(Program.c_str(), &Status) != 0 || !(Status.f_flag & ST_NOSUID));
}

bool isSetId(const fs::path &Program) {
  struct stat Status;
  if (stat(Program.c_str(), &Status) != 0)
    return false;
  bool OtherUser = (Status.st_mode & S_ISUID) && Status.st_uid != getuid();
  // Without the right to execute the bit has another meaning.
  bool OtherGroup = (Status.st_mode & S_ISGID) && (Status.st_mode & S_IXGRP) && Status.st_gid != getgid();
  return (OtherUser || OtherGroup) && grantsPrivileges(Program);
}

/// Root has them anyway.
bool gainsCapabilities(const fs::path &Program) {
  if (getuid() == 0)
    return false;
  vfs_ns_cap_data Data{};
  ssize_t Size = getxattr(Program.c_str(), "security.capability", &Data, sizeof Data);
  if (Size < static_cast<ssize_t>(XATTR_CAPS_SZ_1))
    return false;
  bool Gains = (le32toh(Data.magic_etc) & VFS_CAP_FLAGS_EFFECTIVE) || Data.data[0].permitted ||
               (Size >= static_cast<ssize_t>(XATTR_CAPS_SZ_2) && Data.data[1].permitted);
  return Gains && grantsPrivileges(Program);
}

/// The words of a line, cut at spaces and tabs.
std::vector<std::string> words(std::string_view Line) {
  std::vector<std::string> Result;
  constexpr const char *Blank = " \t\r";
  for (size_t At = Line.find_first_not_of(Blank); At != std::string_view::npos;) {
    size_t End = std::min(Line.find_first_of(Blank, At), Line.size());
    Result.emplace_back(Line.substr(At, End - At));
    At = Line.find_first_not_of(Blank, End);
  }
  return Result;
}

/// What runs the script, or nothing when that is not known or not there: then whoever tries to run it will
/// tell.
fs::path interpreterOf(const fs::path &Script) {
  // The kernel reads no more.
  constexpr size_t Most = 256;
  std::array<char, Most> Buffer{};
  std::ifstream File(Script, std::ios::binary);
  File.read(Buffer.data(), Buffer.size());
  std::string_view Line(Buffer.data(), static_cast<size_t>(File.gcount()));
  if (Line.empty())
    return {};
  // Without an interpreter line it is the shell's.
  if (!Line.starts_with("#!"))
    return "/bin/sh";
  Line = Line.substr(2, Line.find('\n') - 2);
  auto Words = words(Line);
  if (Words.empty())
    return {};
  fs::path Result = Words[0];
  if (Result.filename() != "env")
    return Result;
  // `env X`, `env -S VARIABLE=VALUE X ARGUMENT`
  auto Name = std::find_if(Words.begin() + 1, Words.end(), [](const std::string &Word) {
    return Word[0] != '-' && Word.find('=') == std::string::npos;
  });
  std::string Problem;
  if (Name == Words.end())
    return {};
  return findProgram(*Name, Problem).value_or(fs::path());
}

std::string kindOf(const ElfFile &File) {
  return std::string(File.is64Bit() ? "64-bit" : "32-bit") + " programs of ELF machine " +
         std::to_string(File.machine());
}

} // namespace

std::vector<std::string> obstaclesTo(const fs::path &Named, const fs::path &Library, bool FollowExec) {
  std::vector<std::string> Result;
  fs::path Program = Named;
  std::string Subject = "'" + Named.string() + "'";
  auto Add = [&](const std::string &What) { Result.push_back(Subject + " " + What); };

  // As many scripts as the kernel puts up with.
  constexpr unsigned MostScripts = 5;
  std::error_code Error;
  for (unsigned I = 0; I < MostScripts && !ElfFile(Program).valid(); ++I) {
    Program = interpreterOf(Program);
    if (Program.empty() || !fs::is_regular_file(Program, Error))
      return Result;
    Subject = "'" + Program.string() + "', which runs '" + Named.string() + "',";
  }
  ElfFile File(Program);
  if (!File.valid())
    return Result;

  ElfFile Runtime(Library);
  if (Runtime.valid() && !File.sameKind(Runtime)) {
    Add("is one of the " + kindOf(File) + ", and the runtime is for " + kindOf(Runtime) +
        ": it cannot be loaded there, no leak will be seen; use a connsan for that machine");
    return Result;
  }
  if (!File.hasSegments())
    return Result;
  std::string Loader = File.interpreter();
  if (Loader.empty()) {
    // The loader itself can be asked to run a program.
    if (!isLoaderOfGlibc(File.soname()))
      Add("is statically linked: nothing can be preloaded, no leak will be seen; link it to shared "
          "libraries");
    return Result;
  }
  if (!isLoaderOfGlibc(Loader))
    Add("is loaded by '" + Loader +
        "', and the runtime is for programs of glibc: it cannot be loaded there, no leak will be seen; build "
        "the program for glibc");
  if (isSetId(Program))
    Add("runs as another user (set-id): the loader ignores the runtime, no leak will be seen; run a copy "
        "without that bit");
  if (gainsCapabilities(Program))
    Add("has file capabilities: the loader ignores the runtime, no leak will be seen; run a copy without "
        "them");
  // The shared libpq carries the same texts in a file of its own.
  if (File.defines("PQconnectdb") || (!File.needs({"libpq.", "libpq-"}) && File.holds(textsOfLibpq())))
    Add("has libpq linked into it: what it calls there does not pass the runtime, no leak will be seen; link "
        "it to the shared libpq");
  if (!FollowExec) {
    std::string Name = fs::canonical(Program, Error).filename();
    if (std::find(Starters.begin(), Starters.end(), Name) != Starters.end())
      Add("only starts other programs, which with follow_exec=0 are not observed: no leak will be seen; "
          "leave "
          "follow_exec at 1, or run the other program itself");
  }
  return Result;
}

} // namespace connsan::tool
