#include "Values.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace connsan {

bool Range::isSound() const {
  auto Inside = [this](std::int64_t N) { return Low < N && N < High; };
  return Low <= High && llvm::is_sorted(Not) && llvm::all_of(Not, Inside) &&
         std::adjacent_find(Not.begin(), Not.end()) == Not.end();
}

bool Range::isAny() const {
  return Low == INT64_MIN && High == INT64_MAX && Not.empty();
}

std::optional<std::int64_t> Range::single() const {
  return Low == High ? std::optional(Low) : std::nullopt;
}

bool Range::admits(std::int64_t N) const {
  return N >= Low && N <= High && !std::binary_search(Not.begin(), Not.end(), N);
}

bool Range::normalize() {
  llvm::erase_if(Not, [&](std::int64_t N) { return N < Low || N > High; });
  while (Low <= High && !Not.empty() && Not.front() == Low) {
    if (Low == INT64_MAX)
      return false;
    ++Low;
    Not.erase(Not.begin());
  }
  while (Low <= High && !Not.empty() && Not.back() == High) {
    if (High == INT64_MIN)
      return false;
    --High;
    Not.pop_back();
  }
  return Low <= High;
}

CompareOp opposite(CompareOp Op) {
  switch (Op) {
  case CompareOp::Equal:
    return CompareOp::NotEqual;
  case CompareOp::NotEqual:
    return CompareOp::Equal;
  case CompareOp::Less:
    return CompareOp::GreaterEqual;
  case CompareOp::LessEqual:
    return CompareOp::Greater;
  case CompareOp::Greater:
    return CompareOp::LessEqual;
  case CompareOp::GreaterEqual:
    return CompareOp::Less;
  }
  return Op;
}

bool Range::restrict(CompareOp Op, std::int64_t N, bool Truth) {
  switch (Truth ? Op : opposite(Op)) {
  case CompareOp::Equal:
    if (!admits(N))
      return false;
    Low = High = N;
    Not.clear();
    return true;
  case CompareOp::NotEqual: {
    constexpr std::size_t Most = 8;
    auto At = std::lower_bound(Not.begin(), Not.end(), N);
    if (Not.size() < Most && (At == Not.end() || *At != N))
      Not.insert(At, N);
    return normalize();
  }
  case CompareOp::Less:
    if (N == INT64_MIN)
      return false;
    High = std::min(High, N - 1);
    return normalize();
  case CompareOp::LessEqual:
    High = std::min(High, N);
    return normalize();
  case CompareOp::Greater:
    if (N == INT64_MAX)
      return false;
    Low = std::max(Low, N + 1);
    return normalize();
  case CompareOp::GreaterEqual:
    Low = std::max(Low, N);
    return normalize();
  }
  return true;
}

std::optional<bool> Range::decide(CompareOp Op, std::int64_t N) const {
  Range True = *this;
  Range False = *this;
  bool CanBeTrue = True.restrict(Op, N, true);
  bool CanBeFalse = False.restrict(Op, N, false);
  if (CanBeTrue && CanBeFalse)
    return std::nullopt;
  return CanBeTrue;
}

bool Range::intersect(const Range &Other) {
  Low = std::max(Low, Other.Low);
  High = std::min(High, Other.High);
  Not.append(Other.Not.begin(), Other.Not.end());
  std::sort(Not.begin(), Not.end());
  Not.erase(std::unique(Not.begin(), Not.end()), Not.end());
  return normalize();
}

bool Range::contains(const Range &Other) const {
  return Low <= Other.Low && Other.High <= High &&
         llvm::none_of(Not, [&](std::int64_t N) { return Other.admits(N); });
}

Range Range::hull(const Range &A, const Range &B) {
  Range Both;
  Both.Low = std::min(A.Low, B.Low);
  Both.High = std::max(A.High, B.High);
  for (const auto *List : {&A.Not, &B.Not})
    for (std::int64_t N : *List)
      if (!A.admits(N) && !B.admits(N))
        Both.Not.push_back(N);
  if (Both.admits(0) && !A.admits(0) && !B.admits(0))
    Both.Not.push_back(0);
  std::sort(Both.Not.begin(), Both.Not.end());
  Both.Not.erase(std::unique(Both.Not.begin(), Both.Not.end()), Both.Not.end());
  Both.normalize();
  return Both;
}

/// Not a good hash, but these are made all the time.
static std::uint64_t mix(std::uint64_t Sum, std::uint64_t N) {
  Sum = (Sum ^ N) * 0x9E3779B97F4A7C15U;
  return Sum ^ (Sum >> 32);
}

static std::uint64_t mix(std::uint64_t Sum, const Value &V) {
  auto Kind = static_cast<std::uint64_t>(V.What) << 8 | static_cast<std::uint64_t>(V.Op);
  return mix(mix(Sum, Kind << 32 | V.Id), static_cast<std::uint64_t>(V.Number));
}

template<typename T, typename Index>
static std::uint32_t intern(const T &Item, std::uint64_t Hash, std::vector<T> &Items, Index &ByHash) {
  // DenseMap reserves two keys.
  auto &Bucket = ByHash[Hash >> 2];
  for (std::uint32_t Known : Bucket)
    if (Items[Known] == Item)
      return Known;
  Bucket.push_back(Items.size());
  Items.push_back(Item);
  return Items.size() - 1;
}

SymbolId ValueTable::symbol(const Symbol &S) {
  std::uint64_t Hash = mix(static_cast<std::uint64_t>(S.What), static_cast<std::uint64_t>(S.A) << 32 | S.B);
  if (S.What == Symbol::Kind::Derived)
    Hash = mix(mix(Hash, S.Left), S.Right);
  std::size_t Next = Symbols.size();
  SymbolId Known = intern(S, Hash, Symbols, SymbolIndex);
  if (Known != Next)
    return Known;
  DependentsOf.emplace_back();
  if (S.What == Symbol::Kind::Initial)
    Initials[Places[S.A]] = *(InitialOf[S.A] = Known);
  if (S.What == Symbol::Kind::Derived) {
    if (S.Left.mentionsSymbol())
      DependentsOf[S.Left.Id].Derived.push_back(Known);
    if (S.Right.mentionsSymbol() && !(S.Left.mentionsSymbol() && S.Left.Id == S.Right.Id))
      DependentsOf[S.Right.Id].Derived.push_back(Known);
  }
  return Known;
}

RegionId ValueTable::region(const Region &R) {
  std::uint64_t Hash =
      mix(static_cast<std::uint64_t>(R.What) << 32 | R.Parent, static_cast<std::uint64_t>(R.Index));
  RegionId Known = intern(R, Hash, Regions, RegionIndex);
  if (Known != Places.size())
    return Known;
  Place New{Known, NoField, Known};
  switch (R.What) {
  case Region::Kind::Variable:
    if (R.Parent < Variables.size() && Variables[R.Parent].Where == Variable::Storage::Global)
      New.Root |= Place::Outside;
    break;
  case Region::Kind::Pointee:
    New.Root |= Place::Outside;
    DependentsOf[R.Parent].Pointee = Known;
    break;
  case Region::Kind::Field:
  case Region::Kind::Element:
    New = Places[R.Parent];
    New.Region = Known;
    if (R.What == Region::Kind::Field && R.Parent == root(R.Parent))
      New.Field = R.Index;
  }
  Places.push_back(New);
  InitialOf.emplace_back();
  return Known;
}

bool ValueTable::isOfOthers(RegionId R) const {
  const Region &Root = Regions[root(R)];
  if (Root.What == Region::Kind::Variable)
    return Variables[Root.Parent].Where == Variable::Storage::Global;
  const Symbol &Pointer = Symbols[Root.Parent];
  if (Pointer.What == Symbol::Kind::Result || Pointer.What == Symbol::Kind::Derived)
    return false;
  if (Pointer.What != Symbol::Kind::Initial)
    return true;
  const Region &From = Regions[Pointer.A];
  return From.What != Region::Kind::Variable || Variables[From.Parent].Where != Variable::Storage::Parameter;
}

bool ValueTable::isWithin(RegionId R, RegionId Outer) const {
  while (R != Outer) {
    if (Regions[R].What != Region::Kind::Field && Regions[R].What != Region::Kind::Element)
      return false;
    R = Regions[R].Parent;
  }
  return true;
}

static void insertAll(llvm::SmallSetVector<SymbolId, 8> &Found, llvm::ArrayRef<SymbolId> Symbols) {
  Found.insert(Symbols.begin(), Symbols.end());
}

llvm::SmallSetVector<SymbolId, 8> ValueTable::derivations(SymbolId S) const {
  llvm::SmallSetVector<SymbolId, 8> Found;
  Found.insert(S);
  for (std::size_t I = 0; I < Found.size(); ++I)
    insertAll(Found, derivedFrom(Found[I]));
  return Found;
}

llvm::SmallSetVector<SymbolId, 8> ValueTable::dependents(SymbolId S) const {
  llvm::SmallSetVector<SymbolId, 8> Found;
  Found.insert(S);
  for (std::size_t I = 0; I < Found.size(); ++I) {
    insertAll(Found, derivedFrom(Found[I]));
    if (std::optional<RegionId> Behind = knownPointee(Found[I]))
      insertAll(Found, initialsIn(*Behind));
  }
  return Found;
}

llvm::SmallVector<SymbolId, 4> ValueTable::initialsIn(RegionId Root, std::uint32_t Field) const {
  llvm::SmallVector<SymbolId, 4> Found;
  Place From = Places[Root];
  From.Region = 0;
  From.Field = Field == NoField ? 0 : Field;
  for (auto At = Initials.lower_bound(From); At != Initials.end() && At->first.Root == From.Root; ++At) {
    if (Field != NoField && At->first.Field != Field)
      break;
    Found.push_back(At->second);
  }
  return Found;
}

} // namespace connsan
