#include "interpose/Libpq.h"

#include "interpose/Lookup.h"
#include "interpose/Names.h"
#include "registry/Mailbox.h"
#include "registry/Thread.h"
#include "stack/Arena.h"
#include "stack/Loader.h"

#include <cstdio>
#include <cstring>
#include <dlfcn.h>
#include <link.h>
#include <new>
#include <string>
#include <unistd.h>
#include <vector>

namespace connsan::runtime {

namespace {

/// Serves as the name by which a libpq is told from another: every version has it.
constexpr const char *Landmark = "PQconnectStart";

/// The caller of a tail call is gone from the stack: any loaded libpq will have to do then.
void *handleOfAnyLibpq() {
  std::vector<std::string> Paths;
  iterateModules(
      [](dl_phdr_info *Info, size_t, void *Data) {
        if (Info->dlpi_name && std::strstr(Info->dlpi_name, "libpq"))
          static_cast<std::vector<std::string> *>(Data)->push_back(Info->dlpi_name);
        return 0;
      },
      &Paths);
  for (const std::string &Path : Paths) {
    void *Handle = dlopen(Path.c_str(), RTLD_LAZY | RTLD_NOLOAD);
    if (Handle && lookUp(Handle, Landmark))
      return Handle;
    if (Handle)
      closeHandle(Handle);
  }
  return nullptr;
}

/// False when the module has vanished meanwhile.
bool findExtent(Libpq &Lib, const void *Inside) {
  struct Query {
    Libpq &Lib;
    const void *Inside;
    bool Found;
  } Q{Lib, Inside, false};
  // The loader's own list, and not dladdr, so that the path is the one that is looked for later.
  iterateModules(
      [](dl_phdr_info *Module, size_t, void *Data) {
        auto &[Of, Address, Found] = *static_cast<Query *>(Data);
        Of.Begin = Of.End = Module->dlpi_addr;
        for (unsigned I = 0; I < Module->dlpi_phnum; ++I)
          if (Module->dlpi_phdr[I].p_type == PT_LOAD)
            Of.End = std::max(Of.End, Of.Begin + Module->dlpi_phdr[I].p_vaddr + Module->dlpi_phdr[I].p_memsz);
        if (!Of.holds(Address))
          return 0;
        Found = true;
        const char *Slash = std::strrchr(Module->dlpi_name, '/');
        std::strncpy(Of.Path, Module->dlpi_name, sizeof Of.Path - 1);
        std::strncpy(Of.Name, Slash ? Slash + 1 : Module->dlpi_name, sizeof Of.Name - 1);
        return 1;
      },
      &Q);
  return Q.Found;
}

const Libpq *known(const void *Found) {
  for (Library *L = libraries(); L; L = L->Next)
    if (!L->Gone.load(std::memory_order_acquire) &&
        reinterpret_cast<const void *>(static_cast<Libpq *>(L)->PQconnectStart) == Found)
      return static_cast<Libpq *>(L);
  return nullptr;
}

const Libpq *resolve(void *Handle, void *Found) {
  if (const Libpq *Result = known(Found))
    return Result;
  void *Memory = mapMemory(sizeof(Libpq));
  if (!Memory)
    return nullptr;
  auto *Added = new (Memory) Libpq;
#define LIBPQ_FUNCTION(Name) Added->Name = reinterpret_cast<decltype(&::Name)>(lookUp(Handle, #Name));
#include "interpose/Libpq.inc"
#undef LIBPQ_FUNCTION
  if (!findExtent(*Added, Found))
    return nullptr;
  const Library *Before;
  {
    std::lock_guard Lock(librariesMutex());
    // Another thread may have been faster; what was mapped for nothing is a page.
    if (const Libpq *Result = known(Found))
      return Result;
    Before = libraries();
    addLibrary(Added);
    showNames();
  }
  if (Before && !Before->Gone.load(std::memory_order_acquire))
    post({.What = Mail::SecondLibrary, .Libraries = {Before, Added}});
  return Added;
}

// Ahead of the first call, so that nobody finds the wrapper of a function that the program's libpq lacks. A
// program without libpq gets no further than the list of what is loaded.
__attribute__((constructor)) void resolveEarly() {
  BusyScope Scope;
  bool Loaded = false;
  iterateModules(
      [](dl_phdr_info *Info, size_t, void *Data) {
        auto &Is = *static_cast<bool *>(Data);
        Is = Is || std::strstr(Info->dlpi_name, "/libpq.so");
        return int(Is);
      },
      &Loaded);
  if (!Loaded)
    return;
  void *Handle = lookUp(RTLD_NEXT, Landmark) ? RTLD_NEXT : handleOfAnyLibpq();
  if (void *Found = Handle ? lookUp(Handle, Landmark) : nullptr)
    resolve(Handle, Found);
  if (Handle && Handle != RTLD_NEXT)
    closeHandle(Handle);
}

void sayMissingOnce() {
  static std::atomic<bool> Said;
  if (!Said.exchange(true)) {
    constexpr char Line[] = "connsan: no libpq is loaded to forward the call to\n";
    static_cast<void>(!write(STDERR_FILENO, Line, sizeof Line - 1));
  }
}

} // namespace

const Libpq *libpqFor(const void *Caller) {
  // A signal handler in the middle of work of ours: looking around could take a lock a second time.
  if (busy())
    if (Library *Latest = libraries())
      return static_cast<Libpq *>(Latest);
  BusyScope Scope;
  // libpq's calls of itself.
  for (Library *L = libraries(); L; L = L->Next)
    if (L->holds(Caller) && !L->Gone.load(std::memory_order_acquire))
      return static_cast<Libpq *>(L);
  if (void *Found = lookUp(RTLD_NEXT, Landmark))
    return resolve(RTLD_NEXT, Found);
  // The handle keeps its library loaded only while we look.
  for (void *Handle : {handleOf(Caller), static_cast<void *>(nullptr)}) {
    if (!Handle)
      Handle = handleOfAnyLibpq();
    if (!Handle)
      continue;
    void *Found = lookUp(Handle, Landmark);
    const Libpq *Result = Found ? resolve(Handle, Found) : nullptr;
    closeHandle(Handle);
    if (Result)
      return Result;
  }
  sayMissingOnce();
  return nullptr;
}

} // namespace connsan::runtime
