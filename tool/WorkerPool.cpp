#include "WorkerPool.h"

#include "Progress.h"

#include <cerrno>
#include <cstring>
#include <map>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace connsan::tool {
namespace {

struct Worker {
  std::size_t Job = 0;
  pid_t Pid = 0;
};

void writeAll(int File, const std::string &Text) {
  for (std::size_t Done = 0; Done < Text.size();) {
    ssize_t Written = write(File, Text.data() + Done, Text.size() - Done);
    if (Written < 0 && errno != EINTR)
      return;
    Done += std::max<ssize_t>(Written, 0);
  }
}

std::string failureOf(int Status) {
  if (WIFSIGNALED(Status))
    return "crashed (signal " + std::to_string(WTERMSIG(Status)) + ")";
  if (WEXITSTATUS(Status) != 0)
    return "ended early (status " + std::to_string(WEXITSTATUS(Status)) + ")";
  return "";
}

} // namespace

std::vector<JobResult> runInProcesses(std::size_t Count, unsigned Workers, const std::string &Stage,
                                      const std::function<std::string(std::size_t)> &Job) {
  std::vector<JobResult> Results(Count);
  Progress Shown(Stage, Count);
  constexpr int Moment = 500;    // milliseconds
  std::map<int, Worker> Running; // by the pipe that it writes to
  std::size_t Next = 0;
  auto Start = [&] {
    std::size_t Mine = Next++;
    int Ends[2];
    if (pipe(Ends) != 0) {
      Results[Mine].Failure = std::string("cannot be started: ") + std::strerror(errno);
      return;
    }
    pid_t Pid = fork();
    if (Pid == 0) {
      close(Ends[0]);
      writeAll(Ends[1], Job(Mine));
      // What the parent has buffered is the parent's to write.
      _exit(0);
    }
    close(Ends[1]);
    if (Pid < 0) {
      close(Ends[0]);
      Results[Mine].Failure = std::string("cannot be started: ") + std::strerror(errno);
      return;
    }
    Running[Ends[0]] = {Mine, Pid};
  };

  while (Next < Count || !Running.empty()) {
    while (Next < Count && Running.size() < Workers)
      Start();
    std::vector<pollfd> Files;
    for (const auto &[File, Of] : Running)
      Files.push_back({File, POLLIN, 0});
    if (poll(Files.data(), Files.size(), Moment) < 0)
      continue;
    Shown.show(Next - Running.size());
    for (const pollfd &File : Files) {
      if (File.revents == 0)
        continue;
      Worker &Of = Running[File.fd];
      char Buffer[1 << 16];
      ssize_t Read = read(File.fd, Buffer, sizeof Buffer);
      if (Read > 0) {
        Results[Of.Job].Output.append(Buffer, Read);
        continue;
      }
      if (Read < 0 && errno == EINTR)
        continue;
      int Status = 0;
      while (waitpid(Of.Pid, &Status, 0) < 0 && errno == EINTR) {
      }
      Results[Of.Job].Failure = failureOf(Status);
      close(File.fd);
      Running.erase(File.fd);
    }
  }
  return Results;
}

} // namespace connsan::tool
