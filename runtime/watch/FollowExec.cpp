#include "options/Options.h"
#include "options/PreloadList.h"
#include "stack/Arena.h"

#include <climits>
#include <cstring>
#include <dlfcn.h>
#include <string_view>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>

// follow_exec=0. The runtime takes itself out of the environment of its own process, once, before main. It
// wraps no exec function: those are called in children of vfork, where the memory is the parent's and nothing
// may be allocated, and system, popen and posix_spawn reach the kernel without them. All that hands on the
// environment, or a copy that the program made of it, then does right by itself; and what a program puts into
// LD_PRELOAD of its own accord it gets. The price is that getenv("LD_PRELOAD") tells the program of the
// others only.
namespace connsan::runtime {

namespace {

constexpr std::string_view OptionList = "CONNSAN_OPTIONS=";
constexpr std::string_view Preload = "LD_PRELOAD=";

std::string_view baseName(std::string_view Path) {
  return Path.substr(Path.rfind('/') + 1);
}

/// The path under which the loader has us.
const char *ownPath() {
  Dl_info Info;
  return dladdr(reinterpret_cast<const void *>(&ownPath), &Info) && Info.dli_fname ? Info.dli_fname : "";
}

bool sameFile(std::string_view Item, const char *Path) {
  char Copy[PATH_MAX];
  struct stat A, B;
  if (Item.size() >= sizeof Copy)
    return false;
  Copy[Item.copy(Copy, Item.size())] = 0;
  return stat(Copy, &A) == 0 && stat(Path, &B) == 0 && A.st_dev == B.st_dev && A.st_ino == B.st_ino;
}

bool isOurs(std::string_view Item) {
  const char *Own = ownPath();
  std::string_view Name = baseName(Item);
  if (Name == "libconnsan_rt.so" || Item == Own)
    return true;
  // Under another name the file decides, or where the loader had to search for it, that name.
  bool Searched = Item.find('/') == std::string_view::npos || Item.find('$') != std::string_view::npos;
  return Searched ? Name == baseName(Own) : sameFile(Item, Own);
}

/// The kernel puts the strings of the environment between the stack and the name of the program. A library
/// that was initialized before us can have put others there, which may be constants.
bool isInitial(const char *String) {
  auto At = reinterpret_cast<uintptr_t>(String);
  return At > reinterpret_cast<uintptr_t>(__builtin_frame_address(0)) && At < getauxval(AT_EXECFN);
}

char *copyOf(const char *String) {
  size_t Size = std::strlen(String) + 1;
  void *Memory = mapMemory(Size);
  return Memory ? static_cast<char *>(std::memcpy(Memory, String, Size)) : nullptr;
}

/// Changes the strings in place, or /proc/self/environ would keep what the program no longer has.
void leavePreload() {
  char **Out = environ;
  for (char **In = environ; *In; ++In) {
    char *String = *In;
    if (std::strncmp(String, Preload.data(), Preload.size()) == 0) {
      char *Changed = isInitial(String) ? String : copyOf(String);
      if (Changed && removePreloaded(Changed + Preload.size(), isOurs)) {
        if (!Changed[Preload.size()]) {
          std::memset(Changed, 0, Preload.size());
          continue;
        }
        String = Changed;
      }
    }
    *Out++ = String;
  }
  *Out = nullptr;
}

__attribute__((constructor)) void obeyFollowExec() {
  if (!environ)
    return;
  for (char **At = environ; *At; ++At)
    if (std::strncmp(*At, OptionList.data(), OptionList.size()) == 0) {
      if (!switchIn(*At + OptionList.size(), "follow_exec", true) && !getauxval(AT_SECURE))
        leavePreload();
      return;
    }
}

} // namespace

} // namespace connsan::runtime
