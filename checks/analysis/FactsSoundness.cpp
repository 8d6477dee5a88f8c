#include "FactsSoundness.h"

#include "FactsLayout.h"

#include "llvm/ADT/STLExtras.h"

namespace connsan {
namespace {

std::size_t fewestOperands(Fact::Kind Kind) {
  switch (Kind) {
  case Fact::Kind::Store:
  case Fact::Kind::Compare:
    return 2;
  case Fact::Kind::FieldAddress:
  case Fact::Kind::ElementAddress:
  case Fact::Kind::Load:
  case Fact::Kind::Not:
  case Fact::Kind::IndirectCall:
    return 1;
  default:
    return 0;
  }
}

bool hasResult(Fact::Kind Kind) {
  switch (Kind) {
  case Fact::Kind::Store:
  case Fact::Kind::Opaque:
  case Fact::Kind::Return:
  case Fact::Kind::Leave:
  case Fact::Kind::EndLifetime:
  case Fact::Kind::Throw:
  case Fact::Kind::Rethrow:
    return false;
  default:
    return true;
  }
}

bool isIndexSound(const Fact &F, const FunctionFacts &Of) {
  switch (F.What) {
  case Fact::Kind::String:
  case Fact::Kind::FieldAddress:
    return F.Index < Of.Strings.size();
  case Fact::Kind::FunctionAddress:
  case Fact::Kind::Call:
  case Fact::Kind::IndirectCall:
    return F.Index < Of.Callees.size();
  case Fact::Kind::VariableAddress:
  case Fact::Kind::EndLifetime:
    return F.Index < Of.Variables.size();
  case Fact::Kind::Throw:
    return F.Index < Of.Exceptions.size();
  default:
    return true;
  }
}

bool isSound(const Fact &F, const Block &In, const FunctionFacts &Of) {
  bool IsAccess = F.What == Fact::Kind::Load || F.What == Fact::Kind::Store;
  if (IsAccess && (F.Immediate < ScalarAccess || F.Immediate > MovingAccess))
    return false;
  if (F.Result == NoReg ? hasResult(F.What) : F.Result >= In.Registers)
    return false;
  if (F.Landing != NoBlock && !llvm::is_contained(In.Landings, F.Landing))
    return false;
  return isIndexSound(F, Of) && F.Operands.size() >= fewestOperands(F.What) &&
         llvm::all_of(F.Operands, [&](Reg Operand) { return Operand < In.Registers; });
}

bool isSound(const Block &B, const FunctionFacts &Of) {
  if (B.Registers > B.Facts.size() || B.ConditionText >= Of.Strings.size())
    return false;
  bool IsDecided = B.Ends == Block::Ending::Branch || B.Ends == Block::Ending::Switch;
  if (B.Condition == NoReg ? IsDecided : B.Condition >= B.Registers)
    return false;
  auto Exists = [&](BlockId Id) { return Id < Of.Blocks.size(); };
  return llvm::all_of(B.Edges,
                      [&](const Edge &E) { return Exists(E.To) && E.Catches < Of.Strings.size(); }) &&
         llvm::all_of(B.Landings, Exists) &&
         llvm::all_of(B.Facts, [&](const Fact &F) { return isSound(F, B, Of); });
}

bool isSound(const FunctionFacts &F) {
  const bool NeedsParameter = F.IsConstructor || F.ReturnsObject;
  return F.Exit < F.Blocks.size() && !(NeedsParameter && F.Parameters.empty()) &&
         llvm::all_of(
             F.Parameters, [&](std::uint32_t P) { return P < F.Variables.size(); }) &&
         llvm::all_of(F.Blocks, [&](const Block &B) { return isSound(B, F); });
}

bool arePlacesSound(UnitFacts &Unit) {
  // What clang can number, with room for what else is read.
  constexpr std::uint64_t MostSource = std::uint64_t(1) << 30;
  std::uint64_t Total = 0;
  for (std::size_t I = 0; I < Unit.Stretches.size(); ++I) {
    const SourceStretch &S = Unit.Stretches[I];
    Total += std::uint64_t(S.Size) + 1;
    auto IsEarlier = [&](SourcePoint P) {
      return P.Raw != 0 && P.Raw <= Unit.Places.size() && Unit.Places[P.Raw - 1].Stretch < I;
    };
    if (S.IsExpansion &&
        !(IsEarlier(S.Spelling) && IsEarlier(S.Start) && (S.End.Raw == 0 || IsEarlier(S.End))))
      return false;
  }
  if (Total > MostSource || Unit.MainFile >= Unit.Stretches.size() ||
      Unit.Stretches[Unit.MainFile].IsExpansion)
    return false;
  for (const SourcePlace &P : Unit.Places)
    if (P.Stretch >= Unit.Stretches.size() || P.Offset > Unit.Stretches[P.Stretch].Size)
      return false;
  bool Sound = true;
  forEachPoint(Unit, [&](SourcePoint &P) { Sound &= P.Raw <= Unit.Places.size(); });
  return Sound;
}

} // namespace

bool isSound(UnitFacts &Unit) {
  auto Exists = [&](FunctionId Function) { return Function < Unit.Functions.size(); };
  auto IsBodySound = [&](const FunctionBody &B) {
    return llvm::all_of(B.References, Exists) && B.Records < Unit.RecordSets.size() &&
           (!B.Facts || isSound(*B.Facts));
  };
  auto IsClassSound = [&](const ClassDescription &C) {
    auto HasBody = [&](FunctionId Function) { return Exists(Function) && Unit.Functions[Function].Body; };
    return llvm::all_of(C.Constructors, Exists) && llvm::all_of(C.Methods, Exists) &&
           llvm::all_of(C.Copies, [&](const ClassDescription::Copy &Made) { return HasBody(Made.By); }) &&
           llvm::all_of(C.Assignments, Exists) && (!C.Destructor || Exists(*C.Destructor));
  };
  return arePlacesSound(Unit) && llvm::all_of(Unit.Classes, IsClassSound) &&
         llvm::all_of(Unit.InScope, Exists) &&
         llvm::all_of(Unit.Functions,
                      [&](const KnownFunction &F) { return !F.Body || IsBodySound(*F.Body); }) &&
         llvm::all_of(Unit.Annotated,
                      [](const AnnotatedFunction &F) { return F.At.size() == F.Texts.size(); });
}

} // namespace connsan
