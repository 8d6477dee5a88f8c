#include "Living.h"

#include "ReadState.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>

namespace fs = std::filesystem;

namespace connsan::report {

namespace {

constexpr const char *RuntimeName = "libconnsan_rt.so";
constexpr const char *ThreadName = "connsan";

fs::path directoryOf(int Pid) {
  return fs::path("/proc") / std::to_string(Pid);
}

std::vector<fs::path> entries(const fs::path &Directory, std::error_code &Error) {
  std::vector<fs::path> Result;
  for (fs::directory_iterator It(Directory, Error), End; !Error && It != End; It.increment(Error))
    Result.push_back(It->path());
  return Result;
}

bool beginsLikeState(const fs::path &File) {
  char Begin[64] = "";
  std::ifstream In(File, std::ios::binary);
  In.read(Begin, sizeof Begin - 1);
  return looksLikeState(Begin);
}

/// Its state is open in the process: found there, it need not be reachable by its name.
std::vector<Input> openStates(int Pid, std::error_code &Error) {
  std::vector<Input> Result;
  std::error_code Ignored;
  fs::path Root = fs::read_symlink(directoryOf(Pid) / "root", Ignored);
  for (const fs::path &Link : entries(directoryOf(Pid) / "fd", Error)) {
    std::string Target = fs::read_symlink(Link, Ignored);
    constexpr std::string_view Deleted = " (deleted)";
    if (Target.ends_with(Deleted))
      Target.resize(Target.size() - Deleted.size());
    if (Target.ends_with(".state") && beginsLikeState(Link))
      Result.push_back({Link, Target, Root == "/" ? "" : (directoryOf(Pid) / "root").string()});
  }
  return Result;
}

bool hasRuntime(int Pid) {
  std::ifstream Maps(directoryOf(Pid) / "maps");
  for (std::string Line; std::getline(Maps, Line);)
    if (Line.find(RuntimeName) != std::string::npos)
      return true;
  return false;
}

/// The runtime starts its thread when the process connects first.
bool hasThread(int Pid) {
  std::error_code Error;
  for (const fs::path &Task : entries(directoryOf(Pid) / "task", Error)) {
    std::ifstream Comm(Task / "comm");
    std::string Name;
    if (std::getline(Comm, Name) && Name == ThreadName)
      return true;
  }
  return false;
}

} // namespace

std::vector<Input> findState(int Pid, std::vector<std::string> &Problems) {
  std::string Process = "process " + std::to_string(Pid);
  std::error_code Error;
  if (!fs::exists(directoryOf(Pid), Error)) {
    Problems.push_back("there is no " + Process);
    return {};
  }
  std::vector<Input> Result = openStates(Pid, Error);
  if (Error)
    Problems.push_back("cannot look into " + Process + ": " + Error.message());
  else if (!Result.empty())
    return Result;
  else if (!hasRuntime(Pid))
    Problems.push_back(Process + " is not observed: it has not loaded " + RuntimeName);
  else if (!hasThread(Pid))
    Problems.push_back(Process + " is observed and has not connected yet");
  else
    Problems.push_back(
        Process +
        " is observed but keeps no state: start it with the option state_path, or by 'connsan run'");
  return {};
}

std::vector<Input> findStates(std::vector<std::string> &Problems) {
  std::vector<Input> Result;
  unsigned Closed = 0, WithoutState = 0;
  std::error_code Error;
  for (const fs::path &Entry : entries("/proc", Error)) {
    std::string Name = Entry.filename();
    int Pid = 0;
    auto [End, Bad] = std::from_chars(Name.data(), Name.data() + Name.size(), Pid);
    if (Bad != std::errc() || End != Name.data() + Name.size())
      continue;
    std::error_code Refused;
    std::vector<Input> Found = openStates(Pid, Refused);
    Closed += Refused == std::errc::permission_denied;
    if (Found.empty() && !Refused)
      WithoutState += hasRuntime(Pid) && hasThread(Pid);
    Result.insert(Result.end(), Found.begin(), Found.end());
  }
  if (WithoutState)
    Problems.push_back(std::to_string(WithoutState) +
                       " observed without the option state_path: what they hold is not known here");
  if (Closed)
    Problems.push_back(std::to_string(Closed) + " processes of other users were not looked into");
  return Result;
}

} // namespace connsan::report
