#include "Hidden.h"
#include "Transfer.h"

namespace connsan {

/// What text a value is, or points to: the text, or a symbol for one that the callers know. Undefined when
/// that is not known.
Value Transfer::textOf(const State &In, const Value &V) {
  if (V.What == Value::Kind::Text)
    return V;
  if (V.isSymbol()) {
    const Symbol &What = Values.symbolAt(V.Id);
    if (What.What == Symbol::Kind::Derived && What.A == derivation::TextOf)
      return What.Left;
  }
  if (std::optional<RegionId> R = V.isAddress()  ? V.Id
                                  : V.isSymbol() ? Values.knownPointee(V.Id)
                                                 : std::nullopt) {
    while (Values.regionAt(*R).What == Region::Kind::Element && Values.regionAt(*R).Index == 0)
      R = Values.regionAt(*R).Parent;
    for (RegionId Where : {hiddenPart(*R, hidden::Text), *R})
      if (const Value *Held = In.Memory.find(Where))
        return Held->isAddress() ? Value{} : textOf(In, *Held);
  }
  const bool IsOfCaller = V.isSymbol() && Values.symbolAt(V.Id).What == Symbol::Kind::Initial &&
                          accessPath(Values.symbolAt(V.Id).A);
  return IsOfCaller ? V : Value{};
}

/// A text as something that a place holds.
Value Transfer::asText(const Value &Text) {
  if (!Text.isSymbol())
    return Text;
  return Value::symbol(Values.symbol({Symbol::Kind::Derived, derivation::TextOf, 0, Text, {}}));
}

/// A text that goes on with another one. How it begins is what matters.
Value Transfer::joinTexts(const Value &First, const Value &Then) {
  constexpr std::size_t Longest = 4096;
  if (First.What != Value::Kind::Text || First.Number != 0)
    return First;
  const std::string &Begin = Names[First.Id];
  if (Begin.empty())
    return Then;
  if (Then.What != Value::Kind::Text || Begin.size() + Names[Then.Id].size() > Longest)
    return Value::text(First.Id, /*GoesOn=*/true);
  return Value::text(nameNumber(Begin + Names[Then.Id]), Then.Number != 0);
}

void Transfer::makeText(const TextModel &Made, const Fact &F, const Callee &C,
                        llvm::ArrayRef<Value> Arguments, Frame &In) {
  State &Now = In.Now;
  auto Argument = [&](unsigned Index) {
    return Index < Arguments.size() ? textOf(Now, Arguments[Index]) : Value{};
  };
  const Value Empty = Value::text(nameNumber(""));
  Value Text = !Made.Of || (C.IsConstructor && *Made.Of >= Arguments.size()) ? Empty : Argument(*Made.Of);
  // The most common format says nothing of its own.
  if (Text.What == Value::Kind::Text && Names[Text.Id] == "%s" && *Made.Of + 1 < Arguments.size())
    Text = Argument(*Made.Of + 1);
  if (Made.Then)
    Text = joinTexts(Text, Argument(*Made.Then));
  const bool ReturnsObject =
      !C.Parameters.empty() && C.Parameters.back().IsResult && C.Parameters.size() <= Arguments.size();
  std::optional<unsigned> Into = Made.Into;
  if (!Into && ReturnsObject)
    Into = C.Parameters.size() - 1;
  const Value Holder = !Into                      ? F.Result == NoReg ? Value{} : valueOf(In, F.Result)
                       : *Into < Arguments.size() ? Arguments[*Into]
                                                  : Value{};
  if (!Into && Made.Field.empty()) {
    if (F.Result != NoReg && Text.What != Value::Kind::Undefined)
      set(In, F.Result, asText(Text));
    return;
  }
  std::optional<RegionId> R = pointedTo(Holder);
  if (!R)
    return;
  if (!Made.Field.empty())
    R = Values.field(*R, nameNumber(Made.Field));
  const bool IsObject =
      Into && *Into < C.Parameters.size() && Made.Field.empty() &&
      (C.Parameters[*Into].IsThis || C.Parameters[*Into].IsResult || !C.Parameters[*Into].Pointee.empty());
  if (IsObject)
    R = hiddenPart(*R, hidden::Text);
  if (Made.Appends) {
    const Value *Before = In.Now.Memory.find(*R);
    Text = joinTexts(Before ? textOf(Now, *Before) : Value{}, Text);
  }
  Now.Memory.set(*R, asText(Text));
}

} // namespace connsan
