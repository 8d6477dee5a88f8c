#include "Liveness.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/SmallVector.h"

namespace connsan {

/// What a block does to places before it reads them, and what it reads of what was there before.
struct Liveness::Uses {
  Places Read;
  Set Written;
  Set Forgotten; ///< written by an unknown function, so that nothing is known of them afterwards
};

std::uint32_t Liveness::field(std::uint32_t Variable, std::uint32_t Field) {
  auto [It, New] = Fields.try_emplace({Variable, Field}, Count);
  if (New) {
    ++Count;
    FieldsOf[Variable].push_back(It->second);
    if (Facts.Variables[Variable].Where == Variable::Storage::Global)
      Globals.set(It->second);
  }
  return It->second;
}

void Liveness::read(const Address &At, Set &Into, const Set &Except) {
  auto Add = [&](std::uint32_t Place) {
    if (!Except.test(Place))
      Into.set(Place);
  };
  Add(any(At.Variable));
  Add(At.Field == Whole ? all(At.Variable) : field(At.Variable, At.Field));
}

void Liveness::write(const Address &At, Set &Into) const {
  if (At.IsPart)
    return;
  if (At.Field != Whole) {
    Into.set(Fields.lookup({At.Variable, At.Field}));
    return;
  }
  Into.set(all(At.Variable));
  Into.set(any(At.Variable));
  if (auto It = FieldsOf.find(At.Variable); It != FieldsOf.end())
    for (std::uint32_t Place : It->second)
      Into.set(Place);
}

bool Liveness::isIn(const Set &Here, const Set &Always, std::uint32_t Variable, std::uint32_t Field) const {
  auto Has = [&](std::uint32_t Place) { return Here.test(Place) || Always.test(Place); };
  if (Field == Whole)
    return Has(any(Variable));
  if (Has(all(Variable)))
    return true;
  auto It = Fields.find({Variable, Field});
  return It != Fields.end() && Has(It->second);
}

bool Liveness::isForeign(const Callee &C) const {
  return !C.Name.empty() && !C.HasBody && !Models.find(C.Name);
}

Liveness::Uses Liveness::usesOf(const Block &B) {
  Uses Here;
  std::vector<Address> AddressIn(B.Registers);
  // Of a register that was loaded from a place: whether anything depends on its value.
  std::vector<bool> Tested(B.Registers);
  for (const Fact &F : B.Facts) {
    bool Depends =
        F.What != Fact::Kind::Opaque && !(F.What == Fact::Kind::Call && isForeign(Facts.Callees[F.Index]));
    if (Depends)
      for (Reg Operand : F.Operands)
        Tested[Operand] = true;
  }
  if (B.Condition != NoReg)
    Tested[B.Condition] = true;

  auto AddressOf = [&](const Fact &F, std::size_t Operand) -> const Address * {
    const Address &A = AddressIn[F.Operands[Operand]];
    return A.Variable == Whole ? nullptr : &A;
  };
  Set ForgottenOrWritten;
  auto Read = [&](const Address &A, bool IsTested) {
    read(A, Here.Read.Read, Here.Written);
    if (!IsTested)
      return;
    read(A, Here.Read.Tested, ForgottenOrWritten);
    EverTested.set(any(A.Variable));
  };
  // Its address is out of hand.
  auto KeepAlways = [&](const Address &A) {
    for (Set *Always : {&AlwaysRead, &AlwaysTested}) {
      Always->set(all(A.Variable));
      Always->set(any(A.Variable));
    }
  };
  auto Forget = [&](const Address &A) {
    write(A, Here.Forgotten);
    write(A, ForgottenOrWritten);
  };
  for (const Fact &F : B.Facts) {
    switch (F.What) {
    case Fact::Kind::VariableAddress:
      AddressIn[F.Result] = {F.Index, Whole, false};
      break;
    case Fact::Kind::FieldAddress:
      if (const Address *Base = AddressOf(F, 0)) {
        bool IsField = Base->Field == Whole && !Base->IsPart;
        AddressIn[F.Result] = {Base->Variable, IsField ? F.Index : Base->Field, !IsField};
        if (IsField)
          field(Base->Variable, F.Index);
      }
      break;
    case Fact::Kind::ElementAddress:
      if (const Address *Base = AddressOf(F, 0))
        AddressIn[F.Result] = {Base->Variable, Base->Field, true};
      break;
    case Fact::Kind::Load:
      if (const Address *From = AddressOf(F, 0)) {
        bool IsGlobal = Facts.Variables[From->Variable].Where == Variable::Storage::Global;
        Read(*From, Tested[F.Result] || (IsGlobal && F.Immediate == PointerAccess));
        if (IsGlobal && F.Immediate == PointerAccess)
          read(*From, PointersOutside, {});
      }
      break;
    case Fact::Kind::Store:
      if (const Address *To = AddressOf(F, 0)) {
        write(*To, Here.Written);
        write(*To, ForgottenOrWritten);
      }
      if (const Address *Kept = AddressOf(F, 1))
        KeepAlways(*Kept);
      break;
    case Fact::Kind::EndLifetime:
      write({F.Index, Whole, false}, Here.Written);
      write({F.Index, Whole, false}, ForgottenOrWritten);
      break;
    case Fact::Kind::Call: {
      const Callee &C = Facts.Callees[F.Index];
      bool Foreign = isForeign(C);
      for (std::size_t I = 0; I < F.Operands.size(); ++I)
        if (const Address *Given = AddressOf(F, I))
          Read(*Given, !Foreign);
      if (!Foreign)
        break;
      for (std::size_t I = 0; I < F.Operands.size(); ++I)
        if (const Address *Given = AddressOf(F, I);
            Given && (I >= C.Parameters.size() || !C.Parameters[I].PointsToConst))
          Forget(*Given);
      if (!C.WritesOnlyArguments) {
        Here.Forgotten |= Globals;
        ForgottenOrWritten |= Globals;
      }
      break;
    }
    default:
      for (std::size_t I = 0; I < F.Operands.size(); ++I)
        if (const Address *Kept = AddressOf(F, I))
          KeepAlways(*Kept);
      break;
    }
  }
  return Here;
}

Liveness::Places Liveness::atEnd(BlockId Block) const {
  Places Live;
  for (const Edge &E : Facts.Blocks[Block].Edges)
    if (E.Reachable) {
      Live.Read |= Starts[E.To].Read;
      Live.Tested |= Starts[E.To].Tested;
    }
  return Live;
}

void Liveness::solve(const std::vector<Uses> &Blocks) {
  std::vector<llvm::SmallVector<BlockId, 2>> Predecessors(Blocks.size());
  llvm::SetVector<BlockId> Pending;
  for (BlockId Id = 0; Id < Blocks.size(); ++Id) {
    Pending.insert(Id); // in reverse post-order: the last is taken first
    for (const Edge &E : Facts.Blocks[Id].Edges)
      if (E.Reachable)
        Predecessors[E.To].push_back(Id);
  }
  while (!Pending.empty()) {
    BlockId Id = Pending.pop_back_val();
    const Uses &Here = Blocks[Id];
    Places Live = atEnd(Id);
    if (Id == Facts.Exit)
      Live.Tested |= PointersOutside;
    Live.Read.intersectWithComplement(Here.Written);
    Live.Tested.intersectWithComplement(Here.Written);
    Live.Tested.intersectWithComplement(Here.Forgotten);
    Live.Read |= Here.Read.Read;
    Live.Tested |= Here.Read.Tested;
    if (Live.Read == Starts[Id].Read && Live.Tested == Starts[Id].Tested)
      continue;
    Starts[Id] = std::move(Live);
    Pending.insert(Predecessors[Id].begin(), Predecessors[Id].end());
  }
}

Liveness::Liveness(const FunctionFacts &Facts, const ModelSet &Models)
    : Facts(Facts), Models(Models), Count(2 * Facts.Variables.size()), Starts(Facts.Blocks.size()) {
  for (std::uint32_t I = 0; I < Facts.Variables.size(); ++I)
    if (Facts.Variables[I].Where == Variable::Storage::Global) {
      Globals.set(all(I));
      Globals.set(any(I));
      if (Facts.Variables[I].IsPointer) {
        PointersOutside.set(all(I));
        PointersOutside.set(any(I));
      }
    }
  // Twice: a first walk finds all fields, which a write to the whole has to know.
  std::vector<Uses> Blocks(Facts.Blocks.size());
  for (int Walk = 0; Walk < 2; ++Walk)
    for (BlockId Id = 0; Id < Facts.Blocks.size(); ++Id)
      Blocks[Id] = usesOf(Facts.Blocks[Id]);
  AlwaysRead |= Globals;
  EverTested |= AlwaysTested;
  solve(Blocks);
}

} // namespace connsan
