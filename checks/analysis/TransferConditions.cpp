#include "Transfer.h"

namespace connsan {

static CompareOp mirror(CompareOp Op) {
  switch (Op) {
  case CompareOp::Less:
    return CompareOp::Greater;
  case CompareOp::LessEqual:
    return CompareOp::GreaterEqual;
  case CompareOp::Greater:
    return CompareOp::Less;
  case CompareOp::GreaterEqual:
    return CompareOp::LessEqual;
  default:
    return Op;
  }
}

Value Transfer::logicalNot(const Value &V) {
  switch (V.What) {
  case Value::Kind::Integer:
    return Value::integer(V.Number == 0);
  case Value::Kind::Symbol:
    return Value::predicate(V.Id, CompareOp::Equal, 0);
  case Value::Kind::Predicate:
    return Value::predicate(V.Id, opposite(V.Op), V.Number);
  case Value::Kind::Address:
  case Value::Kind::Text:
  case Value::Kind::Function:
    return Value::integer(0);
  case Value::Kind::Undefined:
    return V;
  }
  return V;
}

/// What was acquired here and is still open is neither another open resource nor anything that was there
/// before. While nobody else was given it, it is not what others wrote elsewhere either.
bool Transfer::isDistinct(const State &In, SymbolId A, SymbolId B) const {
  auto IsOpen = [&](SymbolId S) {
    const Obligation *Owed = In.Obligations.find(S);
    return Owed && Owed->Acquired &&
           (Owed->Now == Obligation::Phase::Held || Owed->Now == Obligation::Phase::Stored);
  };
  auto WasBefore = [&](SymbolId S) { return Values.symbolAt(S).What == Symbol::Kind::Initial; };
  auto IsUnshared = [&](SymbolId S) {
    const Obligation *Owed = In.Obligations.find(S);
    return Owed && Owed->Acquired && Owed->Now == Obligation::Phase::Held && Owed->Handovers.empty();
  };
  auto IsOfOthers = [&](SymbolId S) {
    const Symbol &What = Values.symbolAt(S);
    return What.What == Symbol::Kind::Written && outlivesFunction(In, What.B);
  };
  return (IsOpen(A) && (IsOpen(B) || WasBefore(B))) || (IsOpen(B) && WasBefore(A)) ||
         (IsUnshared(A) && IsOfOthers(B)) || (IsUnshared(B) && IsOfOthers(A));
}

/// Whether both were found to be equal.
bool Transfer::isSame(const State &In, SymbolId A, SymbolId B) {
  Value Answer = compare(In, CompareOp::Equal, Value::symbol(A), Value::symbol(B));
  return Answer.What == Value::Kind::Predicate && !In.rangeOf(Answer.Id).admits(0);
}

Value Transfer::compare(const State &In, CompareOp Op, Value Left, Value Right) {
  if (Left.isInteger() && Right.isInteger()) {
    Range Exact;
    Exact.restrict(CompareOp::Equal, Left.Number, true);
    return Value::integer(*Exact.decide(Op, Right.Number));
  }
  if (Left.isInteger()) {
    std::swap(Left, Right);
    Op = mirror(Op);
  }
  bool IsObject = Left.isAddress() || Left.What == Value::Kind::Text || Left.What == Value::Kind::Function;
  if (IsObject && Right.isNull() && (Op == CompareOp::Equal || Op == CompareOp::NotEqual))
    return Value::integer(Op == CompareOp::NotEqual);
  if (Left.isSymbol() && Right.isInteger())
    return Value::predicate(Left.Id, Op, Right.Number);
  if (Left.What == Value::Kind::Predicate && Right.isInteger()) {
    // A truth value: only 0 and 1 can match.
    bool WhenTrue = Value::integer(1) == compare(In, Op, Value::integer(1), Right);
    bool WhenFalse = Value::integer(1) == compare(In, Op, Value::integer(0), Right);
    if (WhenTrue == WhenFalse)
      return Value::integer(WhenTrue);
    return WhenTrue ? Left : logicalNot(Left);
  }
  if (Left == Right && Left.What != Value::Kind::Undefined)
    return Value::integer(Op == CompareOp::Equal || Op == CompareOp::LessEqual ||
                          Op == CompareOp::GreaterEqual);
  if (Left.isSymbol() && Right.isSymbol() && isDistinct(In, Left.Id, Right.Id) &&
      (Op == CompareOp::Equal || Op == CompareOp::NotEqual))
    return Value::integer(Op == CompareOp::NotEqual);
  // Two unknowns: one symbol for each of a < b and a == b, so that the same question has the same answer.
  bool Negated = Op == CompareOp::NotEqual || Op == CompareOp::GreaterEqual || Op == CompareOp::LessEqual;
  if (Op == CompareOp::Greater || Op == CompareOp::LessEqual)
    std::swap(Left, Right);
  bool Equality = Op == CompareOp::Equal || Op == CompareOp::NotEqual;
  if (Equality && std::tie(Right.What, Right.Id) < std::tie(Left.What, Left.Id))
    std::swap(Left, Right);
  SymbolId Answer = Values.symbol(
      {Symbol::Kind::Derived, Equality ? derivation::EqualTo : derivation::LessThan, 0, Left, Right});
  return Value::predicate(Answer, Negated ? CompareOp::Equal : CompareOp::NotEqual, 0);
}

/// NULL owes nothing, and nothing is in an object that is not there.
void Transfer::becomesNull(State &In, SymbolId S) const {
  In.Obligations.erase(S);
  if (std::optional<RegionId> Object = Values.knownPointee(S))
    for (const auto &[Part, Held] : In.Memory.within(*Object)) {
      In.Memory.erase(Part);
      if (const Obligation *Owed = Held.isSymbol() ? In.Obligations.find(Held.Id) : nullptr;
          Owed && Owed->Now == Obligation::Phase::Held && !In.Memory.isStored(Held.Id))
        In.Obligations.erase(Held.Id);
    }
}

bool Transfer::assume(State &In, const Value &V, CompareOp Op, std::int64_t N, bool Truth) {
  if (V.isInteger()) {
    Range Exact;
    return Exact.restrict(CompareOp::Equal, V.Number, true) && Exact.restrict(Op, N, Truth);
  }
  if (!V.isSymbol())
    return true;
  Range Known = In.rangeOf(V.Id);
  if (!Known.restrict(Op, N, Truth))
    return false;
  In.setRange(V.Id, Known);
  if (Known.single() == 0)
    becomesNull(In, V.Id);
  return true;
}

bool Transfer::assume(State &In, const Value &V, const Range &Holds) {
  Range Known = Holds;
  switch (V.What) {
  case Value::Kind::Undefined:
  case Value::Kind::Predicate:
    return true;
  case Value::Kind::Integer:
    return Holds.admits(V.Number);
  case Value::Kind::Address:
  case Value::Kind::Text:
  case Value::Kind::Function:
    return Known.restrict(CompareOp::NotEqual, 0, true);
  case Value::Kind::Symbol:
    if (!Known.intersect(In.rangeOf(V.Id)))
      return false;
    In.setRange(V.Id, Known);
    if (Known.single() == 0)
      becomesNull(In, V.Id);
    return true;
  }
  return true;
}

bool Transfer::assume(State &In, const Value &V, bool Truth) {
  switch (V.What) {
  case Value::Kind::Undefined:
    return true;
  case Value::Kind::Integer:
    return (V.Number != 0) == Truth;
  case Value::Kind::Symbol:
    return assume(In, V, CompareOp::NotEqual, 0, Truth);
  case Value::Kind::Predicate:
    return assume(In, Value::symbol(V.Id), V.Op, V.Number, Truth);
  case Value::Kind::Address:
  case Value::Kind::Text:
  case Value::Kind::Function:
    return Truth;
  }
  return true;
}

} // namespace connsan
