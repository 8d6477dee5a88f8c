#include "watch/Unobserved.h"

#include "report/Report.h"
#include "stack/DynamicSection.h"
#include "stack/Loader.h"
#include "stack/Modules.h"

#include <algorithm>
#include <atomic>
#include <climits>
#include <cstring>
#include <iterator>

namespace connsan::runtime {

namespace {

constexpr const char *Connects[] = {"PQconnectdb", "PQconnectdbParams", "PQsetdbLogin", "PQconnectStart",
                                    "PQconnectStartParams"};
/// What libpq itself calls of these.
constexpr const char *InnerConnects[] = {"PQconnectStart", "PQconnectStartParams"};
/// Whoever stands in for some functions of libpq, as we do, has no reason to define these as well.
constexpr const char *PartsOfLibpq[] = {"PQconnectdb", "PQconndefaults", "PQconninfoFree", "PQgetCancel"};

/// More modules than this are not spoken of.
constexpr size_t MostSaid = 16;

struct Extent {
  uintptr_t Begin = 0, End = 0;
  bool holds(uintptr_t Address) const { return Address >= Begin && Address < End; }
};

struct LoadedLibpq {
  Extent At;
  /// Where its calls of its own connect functions lead.
  uintptr_t Inner = 0;
};

/// Where connections can come from.
struct Sources {
  static constexpr unsigned Most = 16;
  Extent Runtime;
  LoadedLibpq Libpqs[Most];
  unsigned Count = 0;
  /// Some other module has a libpq in it.
  bool Inside = false;

  const LoadedLibpq *find(uintptr_t Address) const {
    for (unsigned I = 0; I < Count; ++I)
      if (Libpqs[I].At.holds(Address))
        return &Libpqs[I];
    return nullptr;
  }
};

enum class How : uint8_t { Past, PartlyPast, Inside };

struct Unobserved {
  std::string Path;
  uintptr_t Address;
  How Reached;
};

struct Search {
  Sources From;
  std::vector<Unobserved> Found;
};

bool isOurs(const DynamicSection &D) {
  return D.holds(reinterpret_cast<uintptr_t>(&haveUnobserved));
}

/// libpq.so.5, or libpq-ab12cd34.so.5 as Python packages bring it along.
bool isNameOfLibpq(const char *Name) {
  const char *Slash = std::strrchr(Name, '/');
  Name = Slash ? Slash + 1 : Name;
  return !std::strncmp(Name, "libpq.", 6) || !std::strncmp(Name, "libpq-", 6);
}

bool isLibpq(const dl_phdr_info &Info, const DynamicSection &D) {
  return isNameOfLibpq(Info.dlpi_name ? Info.dlpi_name : "") || isNameOfLibpq(D.soname());
}

bool hasLibpqInside(const DynamicSection &D) {
  return std::all_of(std::begin(PartsOfLibpq), std::end(PartsOfLibpq),
                     [&D](const char *Name) { return D.definition(Name) != 0; });
}

int collectSource(dl_phdr_info *Info, size_t, void *Data) {
  auto &Of = *static_cast<Sources *>(Data);
  DynamicSection D(*Info);
  Extent At{D.begin(), D.end()};
  if (isOurs(D)) {
    Of.Runtime = At;
  } else if (hasLibpqInside(D)) {
    if (!isLibpq(*Info, D)) {
      Of.Inside = true;
    } else if (Of.Count < Sources::Most) {
      LoadedLibpq &Added = Of.Libpqs[Of.Count++];
      Added.At = At;
      D.forEachSlot(InnerConnects, [&Added](const char *, uintptr_t Value) { Added.Inner = Value; });
    }
  }
  return 0;
}

/// A slot that leads into a libpq passes us by. One that leads elsewhere leads to us, or is not bound yet, or
/// leads to somebody who stands before us and calls on. A libpq calls itself as it likes.
int collectUnobserved(dl_phdr_info *Info, size_t, void *Data) {
  auto &S = *static_cast<Search *>(Data);
  DynamicSection D(*Info);
  if (isOurs(D) || isLibpq(*Info, D))
    return 0;
  bool Past = false, Partly = false, Leaves = false;
  D.forEachSlot(Connects, [&](const char *Name, uintptr_t Value) {
    Leaves = Leaves || Value != D.definition(Name);
    if (const LoadedLibpq *To = S.From.find(Value)) {
      Past = true;
      // This one does the work without another connect function.
      Partly = Partly || (S.From.Runtime.holds(To->Inner) && std::strcmp(Name, "PQsetdbLogin") != 0);
    }
  });
  bool Inside = !Leaves && hasLibpqInside(D);
  if (Past || Inside)
    S.Found.push_back({Info->dlpi_name ? Info->dlpi_name : "", D.begin(),
                       Inside   ? How::Inside
                       : Partly ? How::PartlyPast
                                : How::Past});
  return 0;
}

/// What was loaded before something was unloaded. Written by whatever thread does that.
struct Remembered {
  std::atomic<bool> Ready;
  How Reached;
  char Path[PATH_MAX];
};
Remembered Memory[MostSaid];
std::atomic<unsigned> MemoryUsed;

bool isRemembered(const std::string &Path) {
  return std::any_of(std::begin(Memory), std::end(Memory), [&Path](const Remembered &R) {
    return R.Ready.load(std::memory_order_acquire) && Path == R.Path;
  });
}

std::vector<Unobserved> findLoaded() {
  Search S;
  iterateModules(collectSource, &S.From);
  // Most processes have none.
  if (S.From.Count || S.From.Inside)
    iterateModules(collectUnobserved, &S);
  return std::move(S.Found);
}

std::vector<Unobserved> findUnobserved() {
  std::vector<Unobserved> Found = findLoaded();
  for (const Remembered &R : Memory)
    if (R.Ready.load(std::memory_order_acquire))
      Found.push_back({R.Path, 0, R.Reached});
  return Found;
}

std::string wordsFor(How Reached) {
  if (Reached == How::Inside)
    return " has a libpq of its own inside: its connections are not observed";
  return std::string(" reaches libpq past the runtime (opened with RTLD_DEEPBIND?): its connections are ") +
         (Reached == How::Past ? "not observed" : "observed only in part");
}

/// The modules that were spoken of. The child of a fork leaves its parent's list alone, which can be half
/// changed.
std::vector<std::string> *Said = nullptr;

bool wasSaid(const Unobserved &U) {
  return Said && std::find(Said->begin(), Said->end(), U.Path) != Said->end();
}

/// How many modules had been loaded at the last look, and how many looks are left for them: one that is being
/// loaded just now is not bound yet. What was there at the first connect is.
unsigned long long LastLoads = 0;
unsigned LooksLeft = 0;
constexpr unsigned LooksPerLoad = 2;

} // namespace

void rememberUnobserved() {
  for (const Unobserved &U : findLoaded()) {
    if (U.Path.empty() || U.Path.size() >= sizeof Memory[0].Path || isRemembered(U.Path))
      continue;
    unsigned Index = MemoryUsed.fetch_add(1, std::memory_order_relaxed);
    if (Index >= MostSaid)
      return;
    Remembered &R = Memory[Index];
    R.Path[U.Path.copy(R.Path, sizeof R.Path - 1)] = 0;
    R.Reached = U.Reached;
    R.Ready.store(true, std::memory_order_release);
  }
}

bool haveUnobserved() {
  return !findUnobserved().empty();
}

void reportUnobserved() {
  for (const Unobserved &U : findUnobserved()) {
    if (!Said)
      Said = new std::vector<std::string>;
    if (Said->size() == MostSaid || wasSaid(U))
      continue;
    Said->push_back(U.Path);
    // The program itself has no name in the loader's list.
    Module In;
    std::string Name = U.Path.empty() && findModule(U.Address, In) ? In.Path : U.Path;
    reportNote(Name + wordsFor(U.Reached));
  }
}

void reportUnobservedAmong(unsigned long long Loads) {
  if (Loads != LastLoads) {
    LooksLeft = LastLoads ? LooksPerLoad : 1;
    LastLoads = Loads;
  }
  if (!LooksLeft)
    return;
  --LooksLeft;
  reportUnobserved();
}

void forgetUnobserved() {
  Said = nullptr;
  for (Remembered &R : Memory)
    R.Ready.store(false, std::memory_order_relaxed);
  MemoryUsed.store(0, std::memory_order_relaxed);
  LastLoads = 0;
  LooksLeft = 0;
}

} // namespace connsan::runtime
