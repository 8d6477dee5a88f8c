#include "Supervise.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace connsan::tool {

namespace {

/// What is passed on; of the rest some cannot be caught, and some tell of a mistake of our own.
sigset_t waitedFor() {
  sigset_t Result;
  sigemptyset(&Result);
  for (int Number : {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM, SIGWINCH, SIGCONT, SIGTSTP,
                     SIGTTIN, SIGTTOU, SIGCHLD})
    sigaddset(&Result, Number);
  for (int Number = SIGRTMIN; Number <= SIGRTMAX; ++Number)
    sigaddset(&Result, Number);
  return Result;
}

[[noreturn]] void become(const std::string &Path, char **Arguments, pid_t Parent, const sigset_t &Mask,
                         int Failed) {
  // A program whose supervisor was killed would be left to itself.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != Parent)
    _exit(1);
  sigprocmask(SIG_SETMASK, &Mask, nullptr);
  execv(Path.c_str(), Arguments);
  // A script without an interpreter line is the shell's, as execvp has it.
  if (errno == ENOEXEC) {
    std::vector<char *> Again = {const_cast<char *>("sh"), const_cast<char *>(Path.c_str())};
    for (char **Argument = Arguments + 1; *Argument; ++Argument)
      Again.push_back(*Argument);
    Again.push_back(nullptr);
    execv("/bin/sh", Again.data());
  }
  int Error = errno;
  [[maybe_unused]] ssize_t Written = write(Failed, &Error, sizeof Error);
  _exit(1);
}

/// True when the child has ended. As the first process of a container we are everybody's parent.
bool reap(pid_t Child, int &Status) {
  for (;;) {
    int Now = 0;
    pid_t Pid = waitpid(-1, &Now, WNOHANG | WUNTRACED);
    if (Pid <= 0)
      return false;
    if (Pid != Child)
      continue;
    if (WIFSTOPPED(Now)) {
      // By the terminal: the shell takes it back, and will tell us when to go on.
      if (WSTOPSIG(Now) != SIGSTOP) {
        raise(SIGSTOP);
        kill(Child, SIGCONT);
      }
      continue;
    }
    Status = Now;
    return true;
  }
}

int waitFor(pid_t Child, const sigset_t &Signals) {
  for (int Status = 0;;) {
    siginfo_t Info;
    int Number = sigwaitinfo(&Signals, &Info);
    if (Number < 0)
      continue;
    if (Number == SIGCHLD) {
      if (reap(Child, Status))
        return Status;
      continue;
    }
    // The kernel's own, as of a key on the terminal, go to the child as well.
    if (Info.si_code != SI_KERNEL)
      kill(Child, Number);
  }
}

} // namespace

Ended supervise(const std::string &Path, char **Arguments) {
  int Failed[2];
  if (pipe2(Failed, O_CLOEXEC) != 0)
    return {errno};
  sigset_t Signals = waitedFor(), Before;
  sigprocmask(SIG_BLOCK, &Signals, &Before);
  // Who ignores its children is not told of their end.
  struct sigaction Handling{}, IgnoredOrNot{};
  Handling.sa_handler = SIG_DFL;
  sigaction(SIGCHLD, &Handling, &IgnoredOrNot);
  pid_t Self = getpid();
  pid_t Child = fork();
  if (Child < 0)
    return {errno};
  if (Child == 0) {
    sigaction(SIGCHLD, &IgnoredOrNot, nullptr);
    become(Path, Arguments, Self, Before, Failed[1]);
  }
  close(Failed[1]);
  Ended Result;
  // Nothing comes when exec closes the other end.
  if (read(Failed[0], &Result.Error, sizeof Result.Error) != sizeof Result.Error)
    Result.Error = 0;
  close(Failed[0]);
  Result.Status = waitFor(Child, Signals);
  sigprocmask(SIG_SETMASK, &Before, nullptr);
  return Result;
}

void endLike(int Status) {
  if (!WIFSIGNALED(Status))
    std::exit(WEXITSTATUS(Status));
  // One core file is enough.
  rlimit None{};
  setrlimit(RLIMIT_CORE, &None);
  int Number = WTERMSIG(Status);
  std::signal(Number, SIG_DFL);
  sigset_t It;
  sigemptyset(&It);
  sigaddset(&It, Number);
  sigprocmask(SIG_UNBLOCK, &It, nullptr);
  kill(getpid(), Number);
  // The first process of a container cannot be killed from inside.
  constexpr int KilledBy = 128;
  std::exit(KilledBy + Number);
}

} // namespace connsan::tool
