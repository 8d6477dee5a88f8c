#include "Subprocess.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace connsan::report {

namespace {

constexpr size_t LongestLine = 16u << 20;

class Descriptor {
public:
  explicit Descriptor(int Number) : Number(Number) {}
  ~Descriptor() {
    if (Number >= 0)
      close(Number);
  }
  Descriptor(const Descriptor &) = delete;
  Descriptor &operator=(const Descriptor &) = delete;
  Descriptor(Descriptor &&Other) noexcept : Number(Other.Number) { Other.Number = -1; }
  Descriptor &operator=(Descriptor &&Other) noexcept {
    std::swap(Number, Other.Number);
    return *this;
  }
  operator int() const { return Number; }

private:
  int Number;
};

/// A file in memory: whoever reads it at his own pace keeps nobody waiting.
Descriptor fileOf(const std::string &Content) {
  Descriptor File(memfd_create("input", MFD_CLOEXEC));
  for (size_t Done = 0; File >= 0 && Done < Content.size();) {
    ssize_t Written = pwrite(File, Content.data() + Done, Content.size() - Done, static_cast<off_t>(Done));
    if (Written <= 0)
      return Descriptor(-1);
    Done += static_cast<size_t>(Written);
  }
  return File;
}

std::string failure(int Error) {
  return std::string("cannot be run: ") + std::strerror(Error);
}

/// Hands on whole lines, and what is left at the end.
class Lines {
public:
  explicit Lines(const std::function<bool(std::string_view)> &OnLine) : OnLine(OnLine) {}

  bool add(std::string_view Text) {
    for (size_t End; (End = Text.find('\n')) != std::string_view::npos; Text.remove_prefix(End + 1)) {
      Begun += Text.substr(0, End);
      if (!OnLine(std::exchange(Begun, {})))
        return false;
    }
    Begun += Text;
    return Begun.size() <= LongestLine;
  }
  bool end() { return Begun.empty() || OnLine(Begun); }

private:
  const std::function<bool(std::string_view)> &OnLine;
  std::string Begun;
};

enum class Listened : uint8_t { ToTheEnd, UntilEnough, InVain };

/// Until the program has ended, which can be before those to which it left its output.
Listened listen(int Output, int Process, std::chrono::milliseconds Patience,
                const std::function<bool(std::string_view)> &OnLine) {
  Lines Heard(OnLine);
  std::array<pollfd, 2> Sources = {{{Output, POLLIN, 0}, {Process, POLLIN, 0}}};
  std::vector<char> Buffer(1u << 16);
  for (;;) {
    int Ready = poll(Sources.data(), Sources.size(), static_cast<int>(Patience.count()));
    if (Ready < 0 && errno == EINTR)
      continue;
    if (Ready <= 0)
      return Listened::InVain;
    if (Sources[0].revents == 0)
      break;
    ssize_t Got = read(Output, Buffer.data(), Buffer.size());
    // A kernel before 5.3 tells no end of the process but this one.
    if (Got <= 0 && Process < 0)
      break;
    if (Got <= 0)
      Sources[0].fd = -1;
    else if (!Heard.add({Buffer.data(), static_cast<size_t>(Got)}))
      return Listened::UntilEnough;
  }
  return Heard.end() ? Listened::ToTheEnd : Listened::UntilEnough;
}

} // namespace

std::string Subprocess::run(const std::function<bool(std::string_view)> &OnLine) const {
  Descriptor In = fileOf(Input);
  std::array<int, 2> Ends;
  if (In < 0 || pipe2(Ends.data(), O_CLOEXEC) != 0)
    return failure(errno);
  Descriptor Output(Ends[0]), Out(Ends[1]);

  std::vector<char *> Words;
  for (const std::string &Argument : Arguments)
    Words.push_back(const_cast<char *>(Argument.c_str()));
  Words.push_back(nullptr);
  posix_spawn_file_actions_t Actions;
  posix_spawn_file_actions_init(&Actions);
  posix_spawn_file_actions_adddup2(&Actions, In, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&Actions, Out, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&Actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t Pid = 0;
  int Error = posix_spawn(&Pid, Words[0], &Actions, nullptr, Words.data(), environ);
  posix_spawn_file_actions_destroy(&Actions);
  if (Error != 0)
    return failure(Error);
  Out = Descriptor(-1);

  // glibc 2.36 declares pidfd_open() for C alone.
  Descriptor Process(static_cast<int>(syscall(SYS_pidfd_open, Pid, 0)));
  Listened How = listen(Output, Process, Patience, OnLine);
  if (How != Listened::ToTheEnd)
    kill(Pid, SIGKILL);
  int Status = 0;
  while (waitpid(Pid, &Status, 0) < 0 && errno == EINTR)
    continue;
  if (How == Listened::InVain)
    return "did not answer for " + std::to_string(Patience.count()) + " s";
  if (How == Listened::ToTheEnd && WIFSIGNALED(Status))
    return "crashed (" + std::string(strsignal(WTERMSIG(Status))) + ")";
  if (How == Listened::ToTheEnd && WEXITSTATUS(Status) != 0)
    return "failed (exit status " + std::to_string(WEXITSTATUS(Status)) + ")";
  return {};
}

} // namespace connsan::report
