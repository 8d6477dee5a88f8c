#include "report/Sink.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
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

// By the system calls alone: in the functions ThreadSanitizer sees races with a program that closes what is
// not its own.

ssize_t writeTo(int Descriptor, std::string_view Text) {
  return syscall(SYS_write, Descriptor, Text.data(), Text.size());
}

static_assert(sizeof(off_t) == sizeof(long), "else an offset is two arguments");
ssize_t writeTo(int Descriptor, std::string_view Text, off_t Offset) {
  return syscall(SYS_pwrite64, Descriptor, Text.data(), Text.size(), Offset);
}

struct FileFacts {
  dev_t Device;
  ino_t Inode;
  uint64_t Links, Size;
};

/// False when there is no such descriptor.
bool lookAt(int Descriptor, FileFacts &Out) {
  if (Descriptor < 0)
    return false;
  struct statx New;
  if (statx(Descriptor, "", AT_EMPTY_PATH, STATX_INO | STATX_SIZE | STATX_NLINK, &New) == 0) {
    Out = {makedev(New.stx_dev_major, New.stx_dev_minor), New.stx_ino, New.stx_nlink, New.stx_size};
    return true;
  }
  // A kernel, or a filter of system calls, that is older.
  struct stat Old;
  if ((errno != ENOSYS && errno != EPERM) || fstat(Descriptor, &Old) != 0)
    return false;
  Out = {Old.st_dev, Old.st_ino, Old.st_nlink, static_cast<uint64_t>(Old.st_size)};
  return true;
}

} // namespace

void Sink::remember(int D, bool IsOurs) {
  FileFacts Facts;
  Descriptor = -1;
  Ours = IsOurs;
  if (lookAt(D, Facts)) {
    Descriptor = D;
    Device = Facts.Device;
    Inode = Facts.Inode;
  }
}

bool Sink::stillTheSame() const {
  return isWhole(0, 0);
}

bool Sink::isWhole(uint64_t Size, uint64_t Names) const {
  FileFacts Facts;
  return lookAt(Descriptor, Facts) && Facts.Device == Device && Facts.Inode == Inode &&
         Facts.Links >= Names && Facts.Size >= Size;
}

void Sink::forget() {
  if (Ours && stillTheSame())
    syscall(SYS_close, Descriptor);
  Descriptor = -1;
}

void Sink::write(std::string_view Text) const {
  if (stillTheSame())
    writeAll(Text, [this](std::string_view Rest) { return writeTo(Descriptor, Rest); });
}

bool Sink::writeAt(std::string_view Text, off_t Offset) const {
  return stillTheSame() && writeAll(Text, [this, &Offset](std::string_view Rest) {
           ssize_t Written = writeTo(Descriptor, Rest, Offset);
           Offset += std::max(Written, ssize_t(0));
           return Written;
         });
}

int createFile(const std::string &Path, int Flags) {
  return open(Path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | Flags, 0600);
}

} // namespace connsan::runtime
