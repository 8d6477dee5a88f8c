#include "Liveness.h"

#include "llvm/ADT/SmallVector.h"

namespace connsan {

static bool isPointer(std::int64_t What) {
  return What == PointerAccess || What == BufferAccess;
}

/// What a block does to places before it reads them, and what it reads of what was there before.
struct Liveness::Uses {
  Places Read;
  Set Written;
  Set Forgotten; ///< written by an unknown function, so that nothing is known of them afterwards
};

void Liveness::addField(std::uint32_t Variable, std::uint32_t Field) {
  if (Fields.try_emplace({Variable, Field}, 2 * Facts.Variables.size() + FieldNames.size()).second)
    FieldNames.push_back({Variable, Field});
}

/// What place a register is the address of, after this fact.
void Liveness::follow(const Fact &F, std::vector<Address> &AddressIn) const {
  if (F.What == Fact::Kind::VariableAddress) {
    AddressIn[F.Result] = {F.Index, Whole, false};
    return;
  }
  if (F.What != Fact::Kind::FieldAddress && F.What != Fact::Kind::ElementAddress)
    return;
  const Address Base = AddressIn[F.Operands[0]];
  if (Base.Variable == Whole)
    return;
  bool IsField = F.What == Fact::Kind::FieldAddress && Base.Field == Whole && !Base.IsPart;
  AddressIn[F.Result] = {Base.Variable, IsField ? F.Index : Base.Field, !IsField};
}

void Liveness::findFields() {
  for (const Block &B : Facts.Blocks) {
    std::vector<Address> AddressIn(B.Registers);
    for (const Fact &F : B.Facts) {
      follow(F, AddressIn);
      if (F.What == Fact::Kind::FieldAddress)
        if (const Address &A = AddressIn[F.Result]; A.Variable != Whole && !A.IsPart)
          addField(A.Variable, A.Field);
    }
  }
  FieldsOf.resize(Facts.Variables.size());
  for (const auto &[Name, Place] : Fields) {
    Set &Of = FieldsOf[Name.first];
    Of.resize(noPlaces().size());
    Of.set(Place);
  }
}

void Liveness::read(const Address &At, Set &Into, const Set &Except) const {
  auto Add = [&](std::uint32_t Place) {
    if (!Except.test(Place))
      Into.set(Place);
  };
  Add(any(At.Variable));
  Add(At.Field == Whole ? all(At.Variable) : Fields.lookup({At.Variable, At.Field}));
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
  Into |= FieldsOf[At.Variable];
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

/// Whether nothing is known of what it does, and whether nothing it does depends on what it is given.
std::pair<bool, bool> Liveness::isForeign(const Callee &C) const {
  if (C.Name.empty())
    return {false, false};
  std::shared_ptr<const Summary> Known = C.HasBody ? nullptr : Lookup(C);
  if (Known)
    return {Known->IsForeign, Known->IsForeign && Known->Declared.isEmpty()};
  return {!C.HasBody, !C.HasBody};
}

Liveness::Uses Liveness::usesOf(const Block &B) {
  Uses Here{{noPlaces(), noPlaces()}, noPlaces(), noPlaces()};
  std::vector<Address> AddressIn(B.Registers);
  // Of a register that was loaded from a place: whether anything depends on its value.
  std::vector<bool> Tested(B.Registers);
  for (const Fact &F : B.Facts) {
    bool Depends = F.What != Fact::Kind::Opaque &&
                   !(F.What == Fact::Kind::Call && isForeign(Facts.Callees[F.Index]).second);
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
  Set ForgottenOrWritten = noPlaces();
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
    case Fact::Kind::FieldAddress:
    case Fact::Kind::ElementAddress:
      follow(F, AddressIn);
      break;
    case Fact::Kind::Load:
      if (const Address *From = AddressOf(F, 0)) {
        bool IsGlobal = Facts.Variables[From->Variable].Where == Variable::Storage::Global;
        Read(*From, Tested[F.Result] || (IsGlobal && isPointer(F.Immediate)));
        if (IsGlobal && isPointer(F.Immediate))
          read(*From, PointersOutside, noPlaces());
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
      const auto [Foreign, Indifferent] = isForeign(C);
      for (std::size_t I = 0; I < F.Operands.size(); ++I)
        if (const Address *Given = AddressOf(F, I))
          Read(*Given, !Indifferent);
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
  Places Live{noPlaces(), noPlaces()};
  for (const Edge &E : Facts.Blocks[Block].Edges)
    if (E.Reachable) {
      Live.Read |= Starts[E.To].Read;
      Live.Tested |= Starts[E.To].Tested;
    }
  return Live;
}

const Liveness::Deaths &Liveness::deathsBetween(BlockId From, BlockId To) const {
  auto [Known, IsNew] = KnownDeaths.try_emplace({From, To});
  Deaths &Found = Known->second;
  if (!IsNew)
    return Found;
  Set Dead = Starts[From].Read;
  Dead.reset(Starts[To].Read);
  Set Untested = Starts[From].Tested;
  Untested.reset(Starts[To].Tested);
  Dead |= Untested;
  const std::uint32_t FirstField = 2 * Facts.Variables.size();
  for (std::uint32_t Place : Dead.set_bits()) {
    if (Place < FirstField) {
      std::uint32_t Variable = Place / 2;
      if (Place == any(Variable) || !Dead.test(any(Variable)))
        Found.emplace_back(Variable, Whole);
    } else if (const auto &[Variable, Field] = FieldNames[Place - FirstField];
               !Dead.test(all(Variable)) && !Dead.test(any(Variable))) {
      Found.emplace_back(Variable, Field);
    }
  }
  return Found;
}

void Liveness::solve(const std::vector<Uses> &Blocks) {
  auto Update = [&](BlockId Id) {
    const Uses &Here = Blocks[Id];
    Places Live = atEnd(Id);
    if (Id == Facts.Exit)
      Live.Tested |= PointersOutside;
    Live.Read.reset(Here.Written);
    Live.Tested.reset(Here.Written);
    Live.Tested.reset(Here.Forgotten);
    Live.Read |= Here.Read.Read;
    Live.Tested |= Here.Read.Tested;
    for (BlockId Landing : Facts.Blocks[Id].Landings) {
      Live.Read |= Starts[Landing].Read;
      Live.Tested |= Starts[Landing].Tested;
    }
    if (Live.Read == Starts[Id].Read && Live.Tested == Starts[Id].Tested)
      return false;
    Starts[Id] = std::move(Live);
    return true;
  };
  // Blocks are in reverse post-order: one round finds all but what comes around a loop. That is followed
  // depth first from the outer loops to the inner ones, so that all of it arrives in each at once.
  std::vector<llvm::SmallVector<BlockId, 2>> Predecessors(Blocks.size());
  std::vector<BlockId> Pending;
  llvm::BitVector IsPending(Blocks.size());
  for (BlockId Id = Blocks.size(); Id-- > 0;) {
    Update(Id);
    for (const Edge &E : Facts.Blocks[Id].Edges)
      if (E.Reachable)
        Predecessors[E.To].push_back(Id);
    for (BlockId Landing : Facts.Blocks[Id].Landings)
      Predecessors[Landing].push_back(Id);
  }
  auto Add = [&](BlockId Id) {
    if (IsPending.test(Id))
      return;
    IsPending.set(Id);
    Pending.push_back(Id);
  };
  for (BlockId Id = 0; Id < Blocks.size(); ++Id)
    if (llvm::any_of(Facts.Blocks[Id].Edges, [&](const Edge &E) { return E.Reachable && E.To <= Id; }) ||
        llvm::any_of(Facts.Blocks[Id].Landings, [&](BlockId Landing) { return Landing <= Id; }))
      Add(Id);
  while (!Pending.empty()) {
    BlockId Id = Pending.back();
    Pending.pop_back();
    IsPending.reset(Id);
    if (Update(Id))
      llvm::for_each(Predecessors[Id], Add);
  }
}

Liveness::Liveness(const FunctionFacts &Facts, const SummaryLookup &Lookup) : Facts(Facts), Lookup(Lookup) {
  findFields();
  Starts.assign(Facts.Blocks.size(), {noPlaces(), noPlaces()});
  Globals = PointersOutside = AlwaysRead = AlwaysTested = EverTested = noPlaces();
  for (std::uint32_t I = 0; I < Facts.Variables.size(); ++I)
    if (Facts.Variables[I].Where == Variable::Storage::Global) {
      write({I, Whole, false}, Globals);
      if (Facts.Variables[I].IsPointer) {
        PointersOutside.set(all(I));
        PointersOutside.set(any(I));
      }
    }
  // What only callees name is for them to ask for.
  Set Named(Facts.Variables.size());
  for (const Block &B : Facts.Blocks)
    for (const Fact &F : B.Facts)
      if (F.What == Fact::Kind::VariableAddress)
        Named.set(F.Index);
  for (std::uint32_t I = 0; I < Facts.Variables.size(); ++I)
    if (Facts.Variables[I].Where == Variable::Storage::Global && !Named.test(I)) {
      AlwaysTested.set(all(I));
      AlwaysTested.set(any(I));
    }
  std::vector<Uses> Blocks;
  for (const Block &B : Facts.Blocks)
    Blocks.push_back(usesOf(B));
  AlwaysRead |= Globals;
  EverTested |= AlwaysTested;
  solve(Blocks);
}

} // namespace connsan
