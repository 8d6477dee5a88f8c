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

/// Where the text is that a call makes; nothing when that is its result.
std::optional<RegionId> Transfer::placeOfText(const TextModel &Made, const Fact &F, const Callee &C,
                                              llvm::ArrayRef<Value> Arguments, const Frame &In) {
  std::optional<unsigned> Into = Made.Into;
  if (!Into && !C.Parameters.empty() && C.Parameters.back().IsResult)
    Into = C.Parameters.size() - 1;
  Value Holder;
  if (Into && *Into < Arguments.size())
    Holder = Arguments[*Into];
  else if (!Into && F.Result != NoReg)
    Holder = valueOf(In, F.Result);
  std::optional<RegionId> R = pointedTo(Holder);
  if (!R || (!Into && Made.Field.empty()))
    return std::nullopt;
  if (!Made.Field.empty())
    return Values.field(*R, nameNumber(Made.Field));
  const bool IsObject =
      *Into < C.Parameters.size() &&
      (C.Parameters[*Into].IsThis || C.Parameters[*Into].IsResult || !C.Parameters[*Into].Pointee.empty());
  return IsObject ? hiddenPart(*R, hidden::Text) : *R;
}

/// The text that a call makes, as it is known before the call.
Value Transfer::textMadeBy(const TextModel &Made, const Fact &F, const Callee &C,
                           llvm::ArrayRef<Value> Arguments, const Frame &In) {
  auto Argument = [&](unsigned Index) {
    return Index < Arguments.size() ? textOf(In.Now, Arguments[Index]) : Value{};
  };
  const Value Empty = Value::text(nameNumber(""));
  Value Text = !Made.Of || (C.IsConstructor && *Made.Of >= Arguments.size()) ? Empty : Argument(*Made.Of);
  // The most common format says nothing of its own.
  if (Made.Of && Text.What == Value::Kind::Text && Names[Text.Id] == "%s" && *Made.Of + 1 < Arguments.size())
    Text = Argument(*Made.Of + 1);
  if (Made.Then)
    Text = joinTexts(Text, Argument(*Made.Then));
  if (!Made.Appends)
    return Text;
  std::optional<RegionId> Place = placeOfText(Made, F, C, Arguments, In);
  const Value *Before = Place ? In.Now.Memory.find(*Place) : nullptr;
  return joinTexts(Before ? textOf(In.Now, *Before) : Value{}, Text);
}

void Transfer::keepText(const TextModel &Made, const Value &Text, const Fact &F, const Callee &C,
                        llvm::ArrayRef<Value> Arguments, Frame &In) {
  const bool IsKnown = Text.What != Value::Kind::Undefined;
  if (std::optional<RegionId> Place = placeOfText(Made, F, C, Arguments, In))
    In.Now.Memory.set(*Place, IsKnown ? asText(Text) : Value{});
  else if (!Made.Into && Made.Field.empty() && F.Result != NoReg && IsKnown)
    set(In, F.Result, asText(Text));
}

} // namespace connsan
