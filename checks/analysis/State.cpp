#include "State.h"

namespace connsan {

bool State::operator==(const State &Other) const {
  return Leaving == Other.Leaving && AfterFatalName == Other.AfterFatalName && Memory == Other.Memory &&
         Ranges == Other.Ranges && Obligations == Other.Obligations && Returned == Other.Returned &&
         Escaped == Other.Escaped && Exit == Other.Exit && ExitAt == Other.ExitAt;
}

namespace {

/// Cheap and good enough to tell states apart before they are compared.
class Hash {
public:
  void add(std::uint64_t N) { Sum = (Sum ^ N) * 0x9E3779B97F4A7C15U; }
  void add(const Value &V) {
    add(static_cast<std::uint64_t>(V.Id) << 16 | static_cast<std::uint64_t>(V.What) << 8 |
        static_cast<std::uint64_t>(V.Op));
    add(static_cast<std::uint64_t>(V.Number));
  }
  std::size_t get() const { return Sum ^ (Sum >> 32); }

private:
  std::uint64_t Sum = 0;
};

} // namespace

std::size_t State::hash() const {
  Hash H;
  H.add(ExitAt.Raw);
  H.add(Returned);
  for (const auto &[Region, Held] : Memory) {
    H.add(Region);
    H.add(Held);
  }
  for (const auto &[Symbol, Known] : Ranges) {
    H.add(Symbol);
    H.add(static_cast<std::uint64_t>(Known.low()));
    H.add(static_cast<std::uint64_t>(Known.high()));
  }
  for (const auto &[Symbol, Owed] : Obligations) {
    H.add(Symbol);
    H.add(static_cast<std::uint64_t>(Owed.Now));
  }
  return H.get();
}

bool State::isEscaped(RegionId Root) const {
  return std::binary_search(Escaped.begin(), Escaped.end(), Root);
}

void State::escape(RegionId Root) {
  auto At = std::lower_bound(Escaped.begin(), Escaped.end(), Root);
  if (At == Escaped.end() || *At != Root)
    Escaped.insert(At, Root);
}

const Range &State::rangeOf(SymbolId S) const {
  static const Range Any;
  const Range *Known = Ranges.find(S);
  return Known ? *Known : Any;
}

/// Whether all are in the same phase. How they got there, by which handovers, may differ.
static bool sameObligations(const State &A, const State &B) {
  return std::equal(A.Obligations.begin(), A.Obligations.end(), B.Obligations.begin(), B.Obligations.end(),
                    [](const auto &Left, const auto &Right) {
                      const Obligation &L = Left.second;
                      const Obligation &R = Right.second;
                      return Left.first == Right.first && L.Now == R.Now && L.Resource == R.Resource &&
                             L.Acquired == R.Acquired && L.At == R.At;
                    });
}

bool sameTypestate(const State &A, const State &B) {
  if (!sameObligations(A, B) || A.Leaving != B.Leaving || A.AfterFatalName != B.AfterFatalName ||
      A.ExitAt != B.ExitAt || A.Escaped != B.Escaped || !(A.Returned == B.Returned))
    return false;
  auto HoldsSame = [](const auto &From, const auto &To, const State &Owner) {
    for (const auto &[Where, Held] : From)
      if (Held.isSymbol() && Owner.Obligations.find(Held.Id)) {
        const Value *Other = To.find(Where);
        if (!Other || !(*Other == Held))
          return false;
      }
    return true;
  };
  return HoldsSame(A.Memory, B.Memory, A) && HoldsSame(B.Memory, A.Memory, B);
}

/// What is known of a number or symbol.
static Range rangeOf(const State &S, const Value *V) {
  Range Known;
  if (V && V->isInteger())
    Known.restrict(CompareOp::Equal, V->Number, true);
  else if (V && V->isSymbol())
    Known = S.rangeOf(V->Id);
  return Known;
}

void join(State &Into, const State &From, ValueTable &Values, BlockId Block) {
  llvm::SmallVector<std::pair<SymbolId, Range>> Merged;
  auto Differs = [&](RegionId Where) {
    Range Known = Range::hull(rangeOf(Into, Into.Memory.find(Where)), rangeOf(From, From.Memory.find(Where)));
    if (Known.isAny())
      return Value{};
    SymbolId Either = Values.symbol({Symbol::Kind::Merged, Block, Where, {}, {}});
    Merged.push_back({Either, Known});
    return Value::symbol(Either);
  };
  for (auto &[Where, Held] : Into.Memory) {
    const Value *Other = From.Memory.find(Where);
    if (!Other || !(*Other == Held))
      Held = Differs(Where);
  }
  for (const auto &[Where, Held] : From.Memory)
    if (!Into.Memory.find(Where))
      Into.Memory[Where] = Differs(Where);
  for (auto &[Owed, What] : Into.Obligations)
    for (const Handover &H : From.Obligations.find(Owed)->Handovers)
      What.handOver(H);
  for (auto &[Known, Limits] : Into.Ranges)
    Limits = Range::hull(Limits, From.rangeOf(Known));
  for (const auto &[Either, Known] : Merged) {
    Into.Obligations.erase(Either); // of an earlier join in a loop
    Into.Ranges[Either] = Known;
  }
  Into.Ranges.eraseIf([](const auto &Entry) { return Entry.second.isAny(); });
}

} // namespace connsan
