#include "Commands.h"

#include "options/Options.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <elf.h>
#include <filesystem>
#include <fstream>
#include <link.h>
#include <optional>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace fs = std::filesystem;

namespace {

constexpr int Failure = 2;
constexpr const char *LibraryName = "libconnsan_rt.so";

int fail(const std::string &Line) {
  std::fprintf(stderr, "connsan run: %s\n", Line.c_str());
  return Failure;
}

void warn(const std::string &Line) {
  std::fprintf(stderr, "connsan run: warning: %s\n", Line.c_str());
}

void help() {
  std::fputs(
      "usage: connsan run [--ci] [--OPTION=VALUE...] [--] PROGRAM [ARGUMENT...]\n\n"
      "Runs PROGRAM with the runtime preloaded and reports libpq connections that are held too long, left "
      "in\n"
      "a transaction or leaked. The exit status is PROGRAM's.\n\n"
      "  --ci       what is open at exit counts as leaked, and a leak makes the exit status 23;\n"
      "             the same as --open_at_exit=leak --exitcode=23\n"
      "  --help     this text\n\n"
      "Options of the runtime, with their defaults; they go into CONNSAN_OPTIONS, after what stands there:\n",
      stdout);
  std::fputs(connsan::runtime::optionsHelp().c_str(), stdout);
  std::fputs("\nExit status 2: the program, the runtime or an option is missing or wrong; nothing was run.\n",
             stdout);
}

/// The program as the shell would find it. What is wrong is told in `Problem`.
std::optional<fs::path> findProgram(const std::string &Name, std::string &Problem) {
  auto Usable = [&Problem, &Name](const fs::path &Path) {
    std::error_code Error;
    if (!fs::exists(Path, Error)) {
      if (Problem.empty())
        Problem = "program '" + Name + "' does not exist";
      return false;
    }
    if (fs::is_directory(Path, Error)) {
      Problem = "'" + Name + "' is a directory";
      return false;
    }
    if (access(Path.c_str(), X_OK) != 0) {
      Problem = "'" + Name + "' is not executable";
      return false;
    }
    return true;
  };
  if (Name.find('/') != std::string::npos)
    return Usable(Name) ? std::optional<fs::path>(Name) : std::nullopt;
  const char *Path = std::getenv("PATH");
  std::string_view Rest = Path ? Path : "/usr/local/bin:/usr/bin:/bin";
  for (;;) {
    size_t Colon = Rest.find(':');
    std::string_view Directory = Rest.substr(0, Colon);
    fs::path Candidate = fs::path(Directory.empty() ? "." : Directory) / Name;
    std::error_code Error;
    if (fs::is_regular_file(Candidate, Error) && access(Candidate.c_str(), X_OK) == 0)
      return Candidate;
    if (Colon == std::string_view::npos)
      break;
    Rest.remove_prefix(Colon + 1);
  }
  Problem = "program '" + Name + "' is not in PATH";
  return std::nullopt;
}

std::optional<fs::path> findLibrary() {
  std::error_code Error;
  fs::path Self = fs::read_symlink("/proc/self/exe", Error);
  std::vector<fs::path> Places;
  if (!Error)
    Places = {Self.parent_path() / "../lib" / LibraryName,
              Self.parent_path() / CONNSAN_LIBDIR_FROM_BIN / LibraryName};
  Places.push_back(fs::path(CONNSAN_LIBDIR) / LibraryName);
  for (const fs::path &Place : Places)
    if (fs::exists(Place, Error))
      return fs::canonical(Place, Error);
  return std::nullopt;
}

/// Says when the program cannot be observed, which would otherwise look like a program without leaks.
void warnIfUnobservable(const fs::path &Program) {
  struct stat Status;
  if (stat(Program.c_str(), &Status) == 0 && (Status.st_mode & (S_ISUID | S_ISGID)) != 0 &&
      (Status.st_uid != geteuid() || (Status.st_mode & S_ISGID)))
    warn("'" + Program.string() +
         "' runs as another user (set-id): the loader ignores the runtime, no leak will be seen");

  std::ifstream File(Program, std::ios::binary);
  ElfW(Ehdr) Header;
  if (!File.read(reinterpret_cast<char *>(&Header), sizeof Header) ||
      std::memcmp(Header.e_ident, ELFMAG, SELFMAG) != 0 || Header.e_phentsize != sizeof(ElfW(Phdr)))
    return;
  std::vector<ElfW(Phdr)> Segments(Header.e_phnum);
  File.seekg(static_cast<std::streamoff>(Header.e_phoff));
  if (!File.read(reinterpret_cast<char *>(Segments.data()),
                 static_cast<std::streamsize>(Segments.size() * sizeof(ElfW(Phdr)))))
    return;
  bool Dynamic =
      std::any_of(Segments.begin(), Segments.end(), [](const auto &S) { return S.p_type == PT_INTERP; });
  if (!Dynamic)
    warn("'" + Program.string() + "' is statically linked: nothing can be preloaded, no leak will be seen");
}

/// `key=value` as the option list holds it, or nothing when no quote fits.
std::optional<std::string> quoted(const std::string &Key, const std::string &Value) {
  if (Value.find(':') == std::string::npos && Value.find_first_of("\"'") != 0)
    return Key + "=" + Value;
  for (char Quote : {'"', '\''})
    if (Value.find(Quote) == std::string::npos)
      return Key + "=" + Quote + Value + Quote;
  return std::nullopt;
}

void append(std::string &List, const std::string &Item, char Separator) {
  if (!List.empty())
    List += Separator;
  List += Item;
}

} // namespace

int connsan::tool::runMain(int argc, char **argv) {
  const char *Inherited = std::getenv("CONNSAN_OPTIONS");
  std::string List = Inherited ? Inherited : "";
  std::string Chosen;
  runtime::Options Checked;
  int I = 1;
  for (; I < argc && argv[I][0] == '-'; ++I) {
    std::string Argument = argv[I];
    if (Argument == "--") {
      ++I;
      break;
    }
    if (Argument == "--help" || Argument == "-h") {
      help();
      return 0;
    }
    if (Argument == "--ci") {
      append(List, "open_at_exit=leak:exitcode=23", ':');
      continue;
    }
    size_t Equals = Argument.find('=');
    if (!Argument.starts_with("--") || Equals == std::string::npos)
      return fail("unknown option '" + Argument + "'; 'connsan run --help' lists them");
    std::string Key = Argument.substr(2, Equals - 2), Value = Argument.substr(Equals + 1);
    std::replace(Key.begin(), Key.end(), '-', '_');
    std::string Problem;
    if (!Checked.set(Key, Value, Problem))
      return fail(Problem);
    auto Item = quoted(Key, Value);
    if (!Item)
      return fail("the value of '" + Key + "' cannot be quoted");
    append(Chosen, *Item, ':');
  }
  if (I >= argc)
    return fail("no program to run; 'connsan run --help' tells the usage");
  // What is asked for here comes last and wins, wherever --ci stood.
  if (!Chosen.empty())
    append(List, Chosen, ':');

  std::string Problem;
  auto Program = findProgram(argv[I], Problem);
  if (!Program)
    return fail(Problem);
  auto Library = findLibrary();
  if (!Library)
    return fail(std::string(LibraryName) + " is missing: neither beside this program nor in " CONNSAN_LIBDIR);
  if (Library->string().find_first_of(" :") != std::string::npos)
    return fail("the loader cannot preload from '" + Library->string() + "': a space or colon in the path");
  warnIfUnobservable(*Program);

  std::string Preload = Library->string();
  if (const char *Before = std::getenv("LD_PRELOAD"); Before && *Before)
    append(Preload, Before, ':');
  setenv("LD_PRELOAD", Preload.c_str(), 1);
  if (!List.empty())
    setenv("CONNSAN_OPTIONS", List.c_str(), 1);
  execv(Program->c_str(), argv + I);
  // A script without an interpreter line is the shell's, as execvp has it.
  if (errno == ENOEXEC) {
    std::vector<char *> Arguments = {const_cast<char *>("sh"), const_cast<char *>(Program->c_str())};
    Arguments.insert(Arguments.end(), argv + I + 1, argv + argc + 1);
    execv("/bin/sh", Arguments.data());
  }
  return fail("cannot run '" + Program->string() + "': " + std::strerror(errno));
}
