#include "Inputs.h"

#include "ReadLog.h"
#include "ReadState.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

namespace fs = std::filesystem;

namespace connsan::report {

namespace {

constexpr off_t MostBytes = off_t(2) << 30;

struct Contents {
  dev_t Device = 0;
  ino_t Inode = 0;
  std::string Text;
  bool Locked = false;
};

/// Returns what went wrong, or nothing.
std::string readFile(const std::string &Path, Contents &Out) {
  // Not to wait for a pipe's other end.
  int File = open(Path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (File < 0)
    return std::strerror(errno);
  struct Closer {
    int File;
    ~Closer() { close(File); }
  } Guard{File};
  struct stat Status;
  if (fstat(File, &Status) != 0 || !S_ISREG(Status.st_mode))
    return "not a regular file";
  if (Status.st_size > MostBytes)
    return "larger than 2 GB, and not read";
  Out.Device = Status.st_dev;
  Out.Inode = Status.st_ino;
  struct flock Whole{};
  Whole.l_type = F_WRLCK;
  Whole.l_whence = SEEK_SET;
  Out.Locked = fcntl(File, F_GETLK, &Whole) == 0 && Whole.l_type != F_UNLCK;
  Out.Text.resize(static_cast<size_t>(Status.st_size));
  size_t Done = 0;
  while (Done < Out.Text.size()) {
    ssize_t Got = pread(File, Out.Text.data() + Done, Out.Text.size() - Done, static_cast<off_t>(Done));
    if (Got < 0)
      return std::strerror(errno);
    if (Got == 0)
      break;
    Done += static_cast<size_t>(Got);
  }
  Out.Text.resize(Done);
  return {};
}

bool isOurs(const fs::path &Path) {
  return Path.extension() == ".state" || Path.extension() == ".jsonl";
}

} // namespace

std::vector<Input> findInputs(const std::vector<std::string> &Arguments, std::vector<std::string> &Problems) {
  std::vector<Input> Result;
  for (const std::string &Argument : Arguments) {
    std::error_code Error;
    if (!fs::is_directory(Argument, Error)) {
      Result.push_back({Argument, Argument});
      continue;
    }
    std::vector<std::string> Found;
    for (fs::directory_iterator It(Argument, Error), End; !Error && It != End; It.increment(Error))
      if (isOurs(It->path()))
        Found.push_back(It->path());
    if (Error)
      Problems.push_back(Argument + ": " + Error.message());
    else if (Found.empty())
      Problems.push_back(Argument + ": no .state or .jsonl file in this directory");
    std::sort(Found.begin(), Found.end());
    for (const std::string &Path : Found)
      Result.push_back({Path, Path});
  }
  return Result;
}

void readInputs(const std::vector<Input> &Inputs, Report &R) {
  Builder To(R);
  std::vector<std::pair<const Input *, std::string>> Logs;
  // A file may be named twice, as by its path and by the process that has it open.
  std::set<std::pair<dev_t, ino_t>> Seen;
  for (const Input &I : Inputs) {
    Contents C;
    if (std::string Problem = readFile(I.Path, C); !Problem.empty()) {
      R.Problems.push_back(I.Name + ": " + Problem);
    } else if (!Seen.emplace(C.Device, C.Inode).second) {
      continue;
    } else if (C.Text.empty()) {
      R.Problems.push_back(I.Name + ": empty");
    } else if (C.Text.front() == '\0') {
      R.Problems.push_back(I.Name + ": its beginning was cut off while it was being written");
    } else if (looksLikeState(C.Text)) {
      constexpr int MostTries = 3;
      for (int Try = 1; C.Locked && Try < MostTries && !isWhole(C.Text); ++Try)
        readFile(I.Path, C);
      readState(C.Text, I, C.Locked, To);
    } else if (looksLikeLog(C.Text)) {
      Logs.emplace_back(&I, std::move(C.Text));
    } else {
      R.Problems.push_back(I.Name + ": neither a state nor a log of JSON lines that connsan wrote");
    }
  }
  for (const auto &[Of, Text] : Logs)
    readLog(Text, Of->Name, To);
}

} // namespace connsan::report
