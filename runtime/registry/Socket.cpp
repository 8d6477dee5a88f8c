#include "registry/Socket.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

namespace connsan::runtime {

bool hasEnded(const Snapshot &S) {
  bool Connected = S.Word.state() != State::Connecting && S.Word.state() != State::Failed;
  if (!Connected || S.Socket < 0)
    return false;
  // Not fstat, in which ThreadSanitizer sees a race with the program's close.
  struct statx Status;
  if (statx(S.Socket, "", AT_EMPTY_PATH, STATX_INO, &Status) != 0)
    return errno == EBADF;
  return Status.stx_ino != S.SocketInode;
}

} // namespace connsan::runtime
