#include "registry/Identity.h"

#include <unordered_set>

namespace connsan::runtime {

namespace {

constexpr size_t MostIdentities = 4096;
constexpr size_t LongestPart = 256;

struct Hash {
  size_t operator()(const Identity &I) const {
    size_t Result = 0;
    for (const std::string *Part : {&I.Database, &I.User, &I.Host, &I.Port, &I.ApplicationName})
      Result = Result * 31 + std::hash<std::string>()(*Part);
    return Result;
  }
};

std::mutex Mutex;

std::unordered_set<Identity, Hash> &known() {
  static auto *Known = [] {
    // Never to grow, which would take its time under the lock.
    auto *New = new std::unordered_set<Identity, Hash>;
    constexpr float PerBucket = 4;
    New->max_load_factor(PerBucket);
    New->reserve(2 * MostIdentities);
    return New;
  }();
  return *Known;
}

} // namespace

const Identity *internIdentity(Identity I) {
  for (std::string *Part : {&I.Database, &I.User, &I.Host, &I.Port, &I.ApplicationName})
    if (Part->size() > LongestPart)
      Part->resize(LongestPart);
  std::lock_guard Lock(Mutex);
  if (known().size() >= MostIdentities && !known().contains(I))
    I.ApplicationName.clear();
  if (known().size() >= 2 * MostIdentities && !known().contains(I))
    return nullptr;
  return &*known().insert(std::move(I)).first;
}

const std::string *internPool(std::string Name) {
  static auto *Pools = new std::unordered_set<std::string>;
  if (Name.size() > LongestPart)
    Name.resize(LongestPart);
  std::lock_guard Lock(Mutex);
  if (Pools->size() >= MostIdentities && !Pools->contains(Name))
    return nullptr;
  return &*Pools->insert(std::move(Name)).first;
}

std::mutex &identityMutex() {
  return Mutex;
}

} // namespace connsan::runtime
