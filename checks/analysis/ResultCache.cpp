#include "ResultCache.h"

#include "KeptFacts.h"
#include "Packing.h"
#include "ResultLayout.h"
#include "SummarySoundness.h"

#include "llvm/ADT/STLExtras.h"

#include <utility>

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

/// What facts and summaries come to as bytes, for those that go into many explorations as they are: facts
/// that are kept, and summaries of modelled functions, which are everywhere.
class ResultCache::Digests {
public:
  struct Digest {
    std::shared_ptr<const void> Keeps; ///< so that no other one gets its address
    bool HasPlaces = false;
    std::optional<llvm::XXH128_hash_t> Hash; ///< once it was asked for
    bool IsUsed = true;
  };

  template<class T> Digest &of(const std::shared_ptr<T> &Each) {
    auto [Known, IsNew] = All.try_emplace(Each.get());
    Digest &Found = Known->second;
    Found.IsUsed = true;
    if (IsNew) {
      Found.Keeps = Each;
      forEachPoint(*Each, [&](const SourcePoint &At) { Found.HasPlaces |= At.Raw != 0; });
    }
    return Found;
  }
  template<class T> llvm::XXH128_hash_t hash(const std::shared_ptr<T> &Each) {
    Digest &Found = of(Each);
    if (!Found.Hash)
      Found.Hash = llvm::xxh3_128bits(llvm::arrayRefFromStringRef(pack(*Each)));
    return *Found.Hash;
  }
  void forgetUnused() {
    for (auto Each = All.begin(); Each != All.end(); ++Each)
      if (!std::exchange(Each->second.IsUsed, false))
        All.erase(Each);
  }

private:
  llvm::DenseMap<const void *, Digest> All;
};

ResultCache::ResultCache(std::uint64_t Maker) : Maker(Maker), Known(std::make_shared<Digests>()) {}

/// Everything that an exploration depends on. Its parts are visited with the same function as what is
/// written, which takes what it may also read into; none of it is changed.
class ResultCache::Input {
public:
  Input(const std::shared_ptr<const FunctionFacts> &Facts, const SummaryLookup &Lookup, Limits Bounds,
        llvm::ArrayRef<HeldMember> Held)
      : Facts(std::const_pointer_cast<FunctionFacts>(Facts)), Bounds(Bounds), Held(Held.begin(), Held.end()) {
    for (const Callee &C : Facts->Callees)
      Callees.push_back(std::const_pointer_cast<Summary>(Lookup(C)));
  }

  Key key(llvm::XXH128_hash_t Resources, PlaceBase Base, Digests &Known) {
    PackingTable Texts;
    PackingTable OtherCallees;
    PackingWriter Body(Texts, OtherCallees, Base);
    auto AddHash = [&Body](llvm::XXH128_hash_t Hash) { Body(Hash.high64, Hash.low64); };
    const bool Stays = KeptFacts::stays(Facts->End);
    Body.number(Stays);
    if (Stays)
      AddHash(Known.hash(Facts));
    else
      Body(*Facts);
    Body(Bounds, Held);
    for (std::shared_ptr<Summary> &Each : Callees) {
      const bool IsAsEverywhere = Each && (Stays || !Known.of(Each).HasPlaces);
      Body.number(IsAsEverywhere);
      if (IsAsEverywhere)
        AddHash(Known.hash(Each));
      else
        Body(Each);
    }
    AddHash(Resources);
    const std::string Bytes = withTables(Texts, OtherCallees, Body);
    const llvm::XXH128_hash_t Hash = llvm::xxh3_128bits(llvm::arrayRefFromStringRef(Bytes));
    return {Hash.high64, Hash.low64};
  }
  /// Every place that the result can speak of is in here.
  SourcePoint lastPoint() {
    SourcePoint Last;
    auto Meet = [&](const SourcePoint &At) { Last = std::max(Last, At); };
    forEachPoint(*Facts, Meet);
    for (const std::shared_ptr<Summary> &Each : Callees)
      if (Each)
        forEachPoint(*Each, Meet);
    for (HeldMember &Each : Held)
      forEachPoint(Each, Meet);
    return Last;
  }

private:
  std::shared_ptr<FunctionFacts> Facts;
  std::vector<std::shared_ptr<Summary>> Callees; ///< null where nothing is known
  Limits Bounds;
  std::vector<HeldMember> Held;
};

std::shared_ptr<const FunctionResult> ResultCache::explore(const std::shared_ptr<const FunctionFacts> &Facts,
                                                           const ModelSet &Models,
                                                           const SummaryLookup &Lookup, const Limits &Bounds,
                                                           llvm::ArrayRef<HeldMember> Held) {
  auto [OfModels, IsNew] = Resources.try_emplace(&Models);
  if (IsNew)
    OfModels->second = llvm::xxh3_128bits(llvm::arrayRefFromStringRef(Models.describeResources()));
  Input From(Facts, Lookup, Bounds, Held);
  const bool Stays = KeptFacts::stays(Facts->End);
  const PlaceBase Base = Stays ? PlaceBase() : baseOf(*Facts);
  const Key Which = From.key(OfModels->second, Base, *Known);
  if (auto Earlier = Results.find(Which); Earlier != Results.end()) {
    std::shared_ptr<const FunctionResult> Result = Earlier->second.Unpacked;
    if (!Result) {
      auto Read = std::make_shared<FunctionResult>();
      if (unpack(Earlier->second.Bytes, *Read, Base) && isSound(*Read, From.lastPoint()))
        Result = std::move(Read);
    }
    if (Result) {
      Found += !Earlier->second.IsUsed;
      Earlier->second.IsUsed = true;
      return Result;
    }
  }
  auto Result = std::make_shared<FunctionResult>(connsan::explore(*Facts, Models, Lookup, Bounds, Held));
  ++Explored;
  if (Result->GaveUp != GiveUp::Time || KeepsTimeouts) { // another machine may have enough of it
    Kept &New = Results[Which] = {"", nullptr, true};
    if (Stays)
      New.Unpacked = Result;
    else
      New.Bytes = pack(*Result, Base);
  }
  return Result;
}

void ResultCache::checkAgain() {
  std::erase_if(Results, [](const auto &Known) { return !Known.second.IsUsed; });
  for (auto &[Which, Known] : Results)
    Known.IsUsed = false;
  Resources.clear(); // the models may be others at the same address
  Known->forgetUnused();
  KeepsTimeouts = true;
}

std::string ResultCache::encode() const {
  Content All{Maker, {}};
  for (const auto &[Which, Known] : Results)
    if (Known.IsUsed && !Known.Unpacked)
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
    Results[{Each.High, Each.Low}] = {std::move(Each.Result), nullptr, false};
  Stored += All->Results.size();
  return llvm::Error::success();
}

} // namespace connsan
