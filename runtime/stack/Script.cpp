#include "stack/Script.h"

#include "stack/DynamicSection.h"
#include "stack/Loader.h"

#include <algorithm>
#include <atomic>
#include <fcntl.h>
#include <new>
#include <type_traits>
#include <unistd.h>
#include <unordered_set>

namespace connsan::runtime {

namespace {

/// What CPython offers for use in a crash: it needs no lock of the interpreter and allocates nothing.
struct Python {
  void (*DumpTraceback)(int, void *) = nullptr;
  void *(*ThisThread)() = nullptr;
  int (*IsInitialized)() = nullptr;
  uintptr_t Begin = 0, End = 0; // of its module
};

std::mutex Mutex;
Python Found;
std::atomic<bool> IsFound;

/// Not by dlsym, which finds no interpreter that was opened for local use, and leaves a message when there is
/// none.
int findIn(dl_phdr_info *Info, size_t, void *Data) {
  DynamicSection In(*Info);
  Python New;
  auto Find = [&In](auto &To, const char *Name) {
    To = reinterpret_cast<std::remove_reference_t<decltype(To)>>(In.definition(Name));
    return To != nullptr;
  };
  if (!Find(New.DumpTraceback, "_Py_DumpTraceback") ||
      !Find(New.ThisThread, "PyGILState_GetThisThreadState") || !Find(New.IsInitialized, "Py_IsInitialized"))
    return 0;
  New.Begin = In.begin();
  New.End = In.end();
  *static_cast<Python *>(Data) = New;
  return 1;
}

/// The traceback of this thread. It goes through a pipe that never blocks: what does not fit is cut.
std::string dump(const Python &P, void *Thread) {
  int Ends[2];
  if (pipe2(Ends, O_CLOEXEC | O_NONBLOCK) != 0)
    return {};
  P.DumpTraceback(Ends[1], Thread);
  std::string Result;
  char Buffer[4096];
  for (ssize_t Length; (Length = read(Ends[0], Buffer, sizeof Buffer)) > 0;)
    Result.append(Buffer, static_cast<size_t>(Length));
  close(Ends[0]);
  close(Ends[1]);
  return Result;
}

constexpr size_t MostTexts = size_t(1) << 16;
constexpr size_t MostBytes = size_t(64) << 20;
size_t Bytes = 0;

std::unordered_set<std::string> *Known = nullptr;

const std::string *intern(std::string Text) {
  std::lock_guard Lock(Mutex);
  if (!Known)
    Known = new std::unordered_set<std::string>;
  if (auto It = Known->find(Text); It != Known->end())
    return &*It;
  if (Known->size() >= MostTexts || Bytes + Text.size() > MostBytes)
    return nullptr;
  Bytes += Text.size();
  return &*Known->insert(std::move(Text)).first;
}

} // namespace

void findInterpreter() {
  if (IsFound.load(std::memory_order_relaxed))
    return;
  iterateModules(findIn, &Found);
  if (Found.DumpTraceback)
    IsFound.store(true, std::memory_order_release);
}

const std::string *captureScript() {
  if (!IsFound.load(std::memory_order_acquire))
    return nullptr;
  try {
    void *Thread = Found.IsInitialized() ? Found.ThisThread() : nullptr;
    if (!Thread)
      return nullptr;
    std::string Text = dump(Found, Thread);
    return Text.find("  File ") == std::string::npos ? nullptr : intern(std::move(Text));
  } catch (const std::bad_alloc &) {
    return nullptr;
  }
}

bool isInterpreter(uintptr_t Address) {
  return IsFound.load(std::memory_order_acquire) && Address >= Found.Begin && Address < Found.End;
}

std::mutex &scriptMutex() {
  return Mutex;
}

} // namespace connsan::runtime
