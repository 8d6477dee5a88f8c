#include "RegisterSplit.h"

#include "llvm/ADT/DenseMap.h"

namespace connsan {

/// Counts the registers of a block from 0.
static void renumber(Block &B) {
  llvm::DenseMap<Reg, Reg> Numbers;
  for (Fact &F : B.Facts) {
    for (Reg &Operand : F.Operands)
      Operand = Numbers.at(Operand);
    if (F.Result != NoReg)
      F.Result = Numbers[F.Result] = B.Registers++;
  }
  if (B.Condition != NoReg)
    B.Condition = Numbers.at(B.Condition);
}

void splitRegisters(FunctionFacts &Facts, Reg Count) {
  constexpr BlockId Nowhere = ~BlockId{0};
  std::vector<BlockId> DefinedIn(Count, Nowhere);
  for (BlockId B = 0; B < Facts.Blocks.size(); ++B)
    for (const Fact &F : Facts.Blocks[B].Facts)
      if (F.Result != NoReg)
        DefinedIn[F.Result] = B;
  llvm::DenseMap<Reg, std::uint32_t> Temporaries;
  auto NoteUse = [&](Reg R, BlockId B) {
    if (DefinedIn[R] != B && Temporaries.try_emplace(R, Facts.Variables.size()).second)
      Facts.Variables.push_back({"", Variable::Storage::Temporary});
  };
  for (BlockId B = 0; B < Facts.Blocks.size(); ++B) {
    for (const Fact &F : Facts.Blocks[B].Facts)
      for (Reg Operand : F.Operands)
        NoteUse(Operand, B);
    if (Reg Condition = Facts.Blocks[B].Condition; Condition != NoReg)
      NoteUse(Condition, B);
  }

  for (BlockId Id = 0; Id < Facts.Blocks.size(); ++Id) {
    Block &B = Facts.Blocks[Id];
    std::vector<Fact> Code;
    llvm::DenseMap<Reg, Reg> Reloaded;
    auto Address = [&](Reg R, SourcePoint At) {
      Fact &F = Code.emplace_back();
      F.What = Fact::Kind::VariableAddress;
      F.At = At;
      F.Index = Temporaries[R];
      return F.Result = Count++;
    };
    auto Use = [&](Reg &R, SourcePoint At) {
      if (R >= DefinedIn.size() || DefinedIn[R] == Id)
        return;
      auto [It, New] = Reloaded.try_emplace(R, NoReg);
      if (New) {
        Reg From = Address(R, At);
        Fact &F = Code.emplace_back();
        F.What = Fact::Kind::Load;
        F.At = At;
        F.Operands = {From};
        It->second = F.Result = Count++;
      }
      R = It->second;
    };
    for (Fact &Old : B.Facts) {
      for (Reg &Operand : Old.Operands)
        Use(Operand, Old.At);
      Reg Defined = Old.Result;
      SourcePoint At = Old.At;
      Code.push_back(std::move(Old));
      if (Defined == NoReg || !Temporaries.contains(Defined))
        continue;
      Reg To = Address(Defined, At);
      Fact &F = Code.emplace_back();
      F.What = Fact::Kind::Store;
      F.At = At;
      F.Operands = {To, Defined};
    }
    if (B.Condition != NoReg)
      Use(B.Condition, B.ConditionAt);
    B.Facts = std::move(Code);
    renumber(B);
  }
}

} // namespace connsan
