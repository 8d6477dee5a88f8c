#include "ResultCache.h"

#include "Packing.h"
#include "ResultLayout.h"
#include "SummarySoundness.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/xxhash.h"

namespace connsan {
namespace {

/// The version is raised with every change of ResultLayout.h.
const FileFormat Format{"connsan cache\n", "file of results", 3};

struct Item {
  std::uint64_t High = 0;
  std::uint64_t Low = 0;
  std::string Result;
};

struct Content {
  std::uint64_t Maker = 0;
  std::vector<Item> Results;
};

template<class Io> void layout(Io &To, Item &I) {
  auto &[High, Low, Result] = I;
  To(High, Low, Result);
}

template<class Io> void layout(Io &To, Content &C) {
  auto &[Maker, Results] = C;
  To(Maker, Results);
}

bool isSound(FunctionResult &Result, SourcePoint Last) {
  bool IsKnown = true;
  for (Finding &F : Result.Findings)
    forEachPoint(F, [&](const SourcePoint &At) { IsKnown &= At <= Last; });
  return IsKnown && isSound(Result.Effects, Last);
}

PlaceBase baseOf(const FunctionFacts &Facts) {
  PlaceBase Base{Facts.End, {}};
  forEachPoint(const_cast<FunctionFacts &>(Facts), [&](const SourcePoint &At) {
    if (At.Raw & PlaceBase::MacroBit && (Base.FirstInMacro.Raw == 0 || At < Base.FirstInMacro))
      Base.FirstInMacro = At;
  });
  return Base;
}

} // namespace

class ResultCache::Digests {
public:
  /// Nothing for one that has places: these are relative to who calls.
  std::optional<llvm::XXH128_hash_t> of(const std::shared_ptr<Summary> &Each) {
    auto [Known, IsNew] = All.try_emplace(Each.get());
    if (IsNew) {
      Known->second.Keeps = Each;
      bool HasPlaces = false;
      forEachPoint(*Each, [&](const SourcePoint &At) { HasPlaces |= At.Raw != 0; });
      if (!HasPlaces)
        Known->second.Hash = llvm::xxh3_128bits(llvm::arrayRefFromStringRef(pack(*Each, PlaceBase())));
    }
    return Known->second.Hash;
  }

private:
  struct Digest {
    std::shared_ptr<const Summary> Keeps; ///< so that no other one gets its address
    std::optional<llvm::XXH128_hash_t> Hash;
  };
  llvm::DenseMap<const Summary *, Digest> All;
};

ResultCache::ResultCache(std::uint64_t Maker) : Maker(Maker), OfSummaries(std::make_shared<Digests>()) {}

/// Everything that an exploration depends on. Its parts are visited with the same function as what is
/// written, which takes what it may also read into; none of it is changed.
class ResultCache::Input {
public:
  Input(const FunctionFacts &Facts, const SummaryLookup &Lookup, Limits Bounds,
        llvm::ArrayRef<HeldMember> Held)
      : Facts(const_cast<FunctionFacts &>(Facts)), Bounds(Bounds), Held(Held.begin(), Held.end()) {
    for (const Callee &C : Facts.Callees)
      Callees.push_back(std::const_pointer_cast<Summary>(Lookup(C)));
  }

  Key key(llvm::StringRef Resources, PlaceBase Base, Digests &OfSummaries) {
    PackingTable Texts;
    PackingTable Known;
    PackingWriter Body(Texts, Known, Base);
    Body(Facts, Bounds, Held);
    for (std::shared_ptr<Summary> &Each : Callees) {
      std::optional<llvm::XXH128_hash_t> Digest = Each ? OfSummaries.of(Each) : std::nullopt;
      Body.number(Digest.has_value());
      if (Digest)
        Body(Digest->high64, Digest->low64);
      else
        Body(Each);
    }
    const std::string Bytes = withTables(Texts, Known, Body) + Resources.str();
    const llvm::XXH128_hash_t Hash = llvm::xxh3_128bits(llvm::arrayRefFromStringRef(Bytes));
    return {Hash.high64, Hash.low64};
  }
  /// Every place that the result can speak of is in here.
  SourcePoint lastPoint() {
    SourcePoint Last;
    auto Meet = [&](const SourcePoint &At) { Last = std::max(Last, At); };
    forEachPoint(Facts, Meet);
    for (const std::shared_ptr<Summary> &Each : Callees)
      if (Each)
        forEachPoint(*Each, Meet);
    for (HeldMember &Each : Held)
      forEachPoint(Each, Meet);
    return Last;
  }

private:
  FunctionFacts &Facts;
  std::vector<std::shared_ptr<Summary>> Callees; ///< null where nothing is known
  Limits Bounds;
  std::vector<HeldMember> Held;
};

FunctionResult ResultCache::explore(const FunctionFacts &Facts, const ModelSet &Models,
                                    const SummaryLookup &Lookup, const Limits &Bounds,
                                    llvm::ArrayRef<HeldMember> Held) {
  auto [OfModels, IsNew] = Resources.try_emplace(&Models);
  if (IsNew)
    OfModels->second = Models.describeResources();
  Input From(Facts, Lookup, Bounds, Held);
  const PlaceBase Base = baseOf(Facts);
  const Key Which = From.key(OfModels->second, Base, *OfSummaries);
  if (auto Known = Results.find(Which); Known != Results.end()) {
    FunctionResult Result;
    if (unpack(Known->second.Bytes, Result, Base) && isSound(Result, From.lastPoint())) {
      Found += !Known->second.IsUsed;
      Known->second.IsUsed = true;
      return Result;
    }
  }
  FunctionResult Result = connsan::explore(Facts, Models, Lookup, Bounds, Held);
  ++Explored;
  if (Result.GaveUp != GiveUp::Time || KeepsTimeouts) // another machine may have enough of it
    Results[Which] = {pack(Result, Base), true};
  return Result;
}

void ResultCache::checkAgain() {
  std::erase_if(Results, [](const auto &Known) { return !Known.second.IsUsed; });
  for (auto &[Which, Known] : Results)
    Known.IsUsed = false;
  Resources.clear(); // the models may be others at the same address
  *OfSummaries = Digests();
  KeepsTimeouts = true;
}

std::string ResultCache::encode() const {
  Content All{Maker, {}};
  for (const auto &[Which, Known] : Results)
    if (Known.IsUsed)
      All.Results.push_back({Which.first, Which.second, Known.Bytes});
  return writePacked(Format, pack(All));
}

llvm::Error ResultCache::decode(llvm::StringRef Bytes) {
  llvm::Expected<Content> All = readPackedValue<Content>(Format, Bytes);
  if (!All)
    return All.takeError();
  if (All->Maker != Maker)
    return llvm::createStringError("is of another connsan");
  for (Item &Each : All->Results)
    Results[{Each.High, Each.Low}] = {std::move(Each.Result), false};
  Stored += All->Results.size();
  return llvm::Error::success();
}

} // namespace connsan
