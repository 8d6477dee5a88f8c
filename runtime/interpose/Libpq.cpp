#include "interpose/Libpq.h"

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

struct Instance {
  Libpq Functions;
  void *Landmark;
  /// How many libraries had been unloaded when this was known to be loaded.
  std::atomic<unsigned long long> Unloads;
  Instance *Next;
};

/// Only ever grows: records point into it. Without a lock, so that none can be taken at a fork.
std::atomic<Instance *> Instances;

unsigned long long unloadCount() {
  unsigned long long Count = 0;
  iterateModules(
      [](dl_phdr_info *Info, size_t, void *Data) {
        *static_cast<unsigned long long *>(Data) = Info->dlpi_subs;
        return 1;
      },
      &Count);
  return Count;
}

const void *ownBase() {
  Dl_info Info;
  return dladdr(reinterpret_cast<const void *>(&libpqFor), &Info) ? Info.dli_fbase : nullptr;
}

bool isOurs(void *Function) {
  Dl_info Info;
  return dladdr(Function, &Info) && Info.dli_fbase == ownBase();
}

/// The function as seen from `Handle`, unless that leads back to our own wrapper.
void *lookUp(void *Handle, const char *Name) {
  void *Function = dlsym(Handle, Name);
  return Function && !isOurs(Function) ? Function : nullptr;
}

/// A library that was opened for local use is not behind us in the global order, but its user's handle leads
/// there.
void *handleOf(const void *Caller) {
  Dl_info Info;
  link_map *Map = nullptr;
  if (!dladdr1(Caller, &Info, reinterpret_cast<void **>(&Map), RTLD_DL_LINKMAP) || !Map || !*Map->l_name)
    return nullptr;
  return dlopen(Map->l_name, RTLD_LAZY | RTLD_NOLOAD);
}

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
      dlclose(Handle);
  }
  return nullptr;
}

void findExtent(Libpq &Lib, const void *Inside) {
  Dl_info Info;
  if (!dladdr(Inside, &Info))
    return;
  const char *Slash = std::strrchr(Info.dli_fname, '/');
  std::snprintf(Lib.Name, sizeof Lib.Name, "%s", Slash ? Slash + 1 : Info.dli_fname);
  Lib.Begin = reinterpret_cast<uintptr_t>(Info.dli_fbase);
  Lib.End = Lib.Begin;
  iterateModules(
      [](dl_phdr_info *Module, size_t, void *Data) {
        auto &Of = *static_cast<Libpq *>(Data);
        if (Module->dlpi_addr != Of.Begin)
          return 0;
        for (unsigned I = 0; I < Module->dlpi_phnum; ++I)
          if (Module->dlpi_phdr[I].p_type == PT_LOAD)
            Of.End = std::max(Of.End, Of.Begin + Module->dlpi_phdr[I].p_vaddr + Module->dlpi_phdr[I].p_memsz);
        return 1;
      },
      &Lib);
}

const Libpq *known(void *Found, unsigned long long Unloads) {
  for (Instance *I = Instances.load(std::memory_order_acquire); I; I = I->Next)
    if (I->Landmark == Found && I->Unloads.load(std::memory_order_relaxed) == Unloads)
      return &I->Functions;
  return nullptr;
}

const Libpq *resolve(void *Handle, void *Found) {
  unsigned long long Unloads = unloadCount();
  if (const Libpq *Result = known(Found, Unloads))
    return Result;
  Libpq Functions;
#define LIBPQ_FUNCTION(Name) Functions.Name = reinterpret_cast<decltype(&::Name)>(lookUp(Handle, #Name));
#include "interpose/Libpq.inc"
#undef LIBPQ_FUNCTION
  findExtent(Functions, Found);
  // The same libpq after something unrelated was unloaded: one table is enough.
  for (Instance *I = Instances.load(std::memory_order_acquire); I; I = I->Next) {
    if (I->Landmark == Found && I->Functions.Begin == Functions.Begin &&
        !std::strcmp(I->Functions.Name, Functions.Name) && I->Functions.PQfinish == Functions.PQfinish) {
      I->Unloads.store(Unloads, std::memory_order_relaxed);
      return &I->Functions;
    }
  }
  void *Memory = mapMemory(sizeof(Instance));
  if (!Memory)
    return nullptr;
  auto *Added = new (Memory) Instance{Functions, Found, Unloads, Instances.load(std::memory_order_relaxed)};
  while (!Instances.compare_exchange_weak(Added->Next, Added, std::memory_order_release))
    ;
  return &Added->Functions;
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
    if (Instance *Latest = Instances.load(std::memory_order_acquire))
      return &Latest->Functions;
  BusyScope Scope;
  // libpq's calls of itself.
  for (Instance *I = Instances.load(std::memory_order_acquire); I; I = I->Next)
    if (I->Functions.holds(Caller))
      return &I->Functions;
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
    dlclose(Handle);
    if (Result)
      return Result;
  }
  sayMissingOnce();
  return nullptr;
}

} // namespace connsan::runtime
