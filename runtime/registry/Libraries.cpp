#include "registry/Libraries.h"

#include "stack/Loader.h"

#include <cstring>

namespace connsan::runtime {

namespace {

std::mutex Mutex;
std::atomic<Library *> Latest;

bool isLoaded(const Library &L) {
  struct Query {
    const Library &Of;
    bool Found;
  } Q{L, false};
  iterateModules(
      [](dl_phdr_info *Info, size_t, void *Data) {
        auto &Asked = *static_cast<Query *>(Data);
        Asked.Found = Info->dlpi_addr == Asked.Of.Begin &&
                      !std::strncmp(Info->dlpi_name, Asked.Of.Path, sizeof Asked.Of.Path - 1);
        return int(Asked.Found);
      },
      &Q);
  return Q.Found;
}

} // namespace

Library *libraries() {
  return Latest.load(std::memory_order_acquire);
}

void addLibrary(Library *L) {
  L->Next = Latest.load(std::memory_order_relaxed);
  Latest.store(L, std::memory_order_release);
}

std::mutex &librariesMutex() {
  return Mutex;
}

bool noteUnloadedLibraries() {
  bool Result = false;
  for (Library *L = libraries(); L; L = L->Next)
    if (!L->Gone.load(std::memory_order_relaxed) && !isLoaded(*L)) {
      L->Gone.store(true, std::memory_order_release);
      Result = true;
    }
  return Result;
}

} // namespace connsan::runtime
