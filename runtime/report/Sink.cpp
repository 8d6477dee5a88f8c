#include "report/Sink.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
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

/// Gives `Step` what is left of `Text` until it has taken all; false when it fails.
template<typename Function> bool writeAll(std::string_view Text, Function Step) {
  WithoutSignals Guard;
  while (!Text.empty()) {
    ssize_t Written = Step(Text);
    if (Written < 0 && errno == EINTR)
      continue;
    if (Written <= 0) {
      Guard.Failed = true;
      return false;
    }
    Text.remove_prefix(static_cast<size_t>(Written));
  }
  return true;
}

} // namespace

void Sink::remember(int D, bool IsOurs) {
  struct stat Status;
  Descriptor = -1;
  Ours = IsOurs;
  if (D >= 0 && fstat(D, &Status) == 0) {
    Descriptor = D;
    Device = Status.st_dev;
    Inode = Status.st_ino;
  }
}

bool Sink::stillTheSame() const {
  struct stat Status;
  return Descriptor >= 0 && fstat(Descriptor, &Status) == 0 && Status.st_dev == Device &&
         Status.st_ino == Inode;
}

void Sink::forget() {
  if (Ours && stillTheSame())
    close(Descriptor);
  Descriptor = -1;
}

void Sink::write(std::string_view Text) const {
  if (stillTheSame())
    writeAll(Text, [this](std::string_view Rest) { return ::write(Descriptor, Rest.data(), Rest.size()); });
}

bool Sink::writeAt(std::string_view Text, off_t Offset) const {
  return stillTheSame() && writeAll(Text, [this, &Offset](std::string_view Rest) {
           ssize_t Written = pwrite(Descriptor, Rest.data(), Rest.size(), Offset);
           Offset += std::max(Written, ssize_t(0));
           return Written;
         });
}

int createFile(const std::string &Path, int Flags) {
  return open(Path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | Flags, 0600);
}

} // namespace connsan::runtime
