#include "report/Log.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace connsan::runtime {

namespace {

/// Around a write: what it cannot do is an error and no signal, on whatever thread it is done.
class WithoutSignals {
public:
  WithoutSignals() {
    sigset_t Both;
    sigemptyset(&Both);
    sigaddset(&Both, SIGPIPE);
    sigaddset(&Both, SIGXFSZ);
    pthread_sigmask(SIG_BLOCK, &Both, &Before);
    sigemptyset(&Sent);
    // Blocked for good they trouble nobody: on a thread of ours that is so.
    if (sigismember(&Before, SIGPIPE) && sigismember(&Before, SIGXFSZ))
      return;
    // One that was waiting before is the program's.
    sigset_t Pending;
    sigpending(&Pending);
    for (int Number : {SIGPIPE, SIGXFSZ})
      if (!sigismember(&Before, Number) && !sigismember(&Pending, Number))
        sigaddset(&Sent, Number);
  }
  ~WithoutSignals() {
    constexpr timespec Now{};
    while (Failed && !sigisemptyset(&Sent) && sigtimedwait(&Sent, nullptr, &Now) > 0)
      ;
    pthread_sigmask(SIG_SETMASK, &Before, nullptr);
  }
  WithoutSignals(const WithoutSignals &) = delete;
  WithoutSignals &operator=(const WithoutSignals &) = delete;
  bool Failed = false;

private:
  sigset_t Sent, Before;
};

/// A descriptor together with the file that it stood for when we took it.
struct Sink {
  int Descriptor = -1;
  bool Ours = false;
  dev_t Device = 0;
  ino_t Inode = 0;

  void remember(int D, bool IsOurs) {
    struct stat Status;
    Descriptor = -1;
    Ours = IsOurs;
    if (D >= 0 && fstat(D, &Status) == 0) {
      Descriptor = D;
      Device = Status.st_dev;
      Inode = Status.st_ino;
    }
  }

  bool stillTheSame() const {
    struct stat Status;
    return Descriptor >= 0 && fstat(Descriptor, &Status) == 0 && Status.st_dev == Device &&
           Status.st_ino == Inode;
  }

  void forget() {
    if (Ours && stillTheSame())
      close(Descriptor);
    Descriptor = -1;
  }

  void write(std::string_view Text) {
    if (!stillTheSame())
      return;
    WithoutSignals Guard;
    while (!Text.empty()) {
      ssize_t Written = ::write(Descriptor, Text.data(), Text.size());
      if (Written < 0 && errno == EINTR)
        continue;
      if (Written <= 0) {
        Guard.Failed = true;
        return;
      }
      Text.remove_prefix(static_cast<size_t>(Written));
    }
  }
};

Sink TextSink, JsonSink;

/// A new file of our own, never an existing one or a link's target.
int createFile(const std::string &Path) {
  return open(Path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);
}

} // namespace

std::string openLog(const std::string &Prefix) {
  forgetLog();
  if (Prefix.empty()) {
    TextSink.remember(STDERR_FILENO, false);
    return {};
  }
  // A process id comes back sooner or later; the older process keeps its file.
  constexpr int MostTries = 100;
  std::string Base = Prefix + "." + std::to_string(getpid());
  int File = -1, Error = 0;
  for (int Try = 0; Try < MostTries; ++Try) {
    std::string Path = Try ? Base + "." + std::to_string(Try) : Base;
    File = createFile(Path);
    Error = errno;
    if (File >= 0) {
      int Json = createFile(Path + ".jsonl");
      if (Json < 0 && errno == EEXIST) {
        // Of a process whose other file was taken away.
        close(File);
        unlink(Path.c_str());
        continue;
      }
      TextSink.remember(File, true);
      JsonSink.remember(Json, true);
      return {};
    }
    if (Error != EEXIST)
      break;
  }
  TextSink.remember(STDERR_FILENO, false);
  return "cannot create the log " + Base + ": " + std::strerror(Error);
}

void forgetLog() {
  TextSink.forget();
  JsonSink.forget();
}

void writeText(std::string_view Text) {
  TextSink.write(Text);
}

void writeJson(std::string_view Line) {
  if (JsonSink.Descriptor >= 0)
    JsonSink.write(std::string(Line) + "\n");
}

} // namespace connsan::runtime
