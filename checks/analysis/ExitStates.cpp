#include "ExitStates.h"

#include "llvm/ADT/DenseSet.h"

namespace connsan {
namespace {

bool isHeldHere(const Obligation &Owed) {
  return Owed.Now == Obligation::Phase::Held && Owed.Acquired;
}

/// Follows the facts backwards from an exit to what a variable was last given, in whatever way it got there.
class LastStores {
public:
  LastStores(const FunctionFacts &Facts, std::uint32_t Holder, const ExitStates::Context &Known)
      : Facts(Facts), Numbers(Facts), Holder(Holder), Known(Known), Before(Facts.Blocks.size()) {
    for (BlockId From = 0; From < Facts.Blocks.size(); ++From)
      for (const Edge &E : Facts.Blocks[From].Edges)
        if (E.Reachable)
          Before[E.To].push_back(From);
    for (const Block &B : Facts.Blocks)
      ThrownTo.insert(B.Landings.begin(), B.Landings.end());
  }

  /// Whether all of them are NULL, or a resource to which nothing has happened since.
  bool areUntouched(Site Exit) {
    findAcquires();
    llvm::SmallVector<std::pair<BlockId, std::size_t>, 8> Ends; // facts before this one are still to be seen
    BlockId Last = Numbers.blockOf(Exit);
    Ends.push_back({Last, Exit - Numbers.firstOf(Last)});
    llvm::DenseSet<BlockId> Seen;
    while (!Ends.empty()) {
      auto [Id, End] = Ends.pop_back_val();
      switch (look(Facts.Blocks[Id], End)) {
      case Found::Bad:
        return false;
      case Found::Good:
        break;
      case Found::Nothing:
        if (Id == 0 || ThrownTo.contains(Id)) // which part of the block before ran is not told here
          return false;
        for (BlockId Earlier : Before[Id])
          if (Seen.insert(Earlier).second)
            Ends.push_back({Earlier, Facts.Blocks[Earlier].Facts.size()});
      }
    }
    return true;
  }

private:
  enum class Found : std::uint8_t { Nothing, Good, Bad };

  const Fact *definition(const Block &In, Reg R) const {
    auto It = llvm::find_if(In.Facts, [&](const Fact &F) { return F.Result == R; });
    return It == In.Facts.end() ? nullptr : &*It;
  }
  bool isHolder(const Block &In, Reg R) const {
    const Fact *F = definition(In, R);
    return F && F->What == Fact::Kind::VariableAddress && F->Index == Holder;
  }
  bool stores(const Block &In, const Fact &F) const {
    return F.What == Fact::Kind::Store && isHolder(In, F.Operands[0]);
  }

  void findAcquires() {
    for (BlockId Id = 0; Id < Facts.Blocks.size(); ++Id) {
      const Block &B = Facts.Blocks[Id];
      for (const Fact &F : B.Facts)
        if (const Fact *Stored = stores(B, F) ? definition(B, F.Operands[1]) : nullptr)
          if (Stored->What == Fact::Kind::Call)
            Acquires.insert(Numbers.firstOf(Id) + (Stored - B.Facts.data()));
    }
  }
  bool isDeed(const Witness::DeedMap &Deeds, const Fact &F) const {
    return llvm::any_of(Acquires, [&](Site Acquire) {
      auto Done = Deeds.find({Acquire, false});
      return Done != Deeds.end() &&
             llvm::any_of(Done->second, [&](const auto &Deed) { return Deed.first == F.At; });
    });
  }

  Found look(const Block &In, std::size_t End) const {
    for (std::size_t I = End; I-- > 0;) {
      const Fact &F = In.Facts[I];
      if (stores(In, F))
        return judge(In, F);
      bool Reads = F.What == Fact::Kind::Load;
      bool Elsewhere = !Reads && llvm::any_of(F.Operands, [&](Reg R) { return isHolder(In, R); });
      bool Dies = F.What == Fact::Kind::EndLifetime && F.Index == Holder;
      if (Elsewhere || Dies || isDeed(Known.Releases, F) || isDeed(Known.Transfers, F))
        return Found::Bad;
    }
    return Found::Nothing;
  }

  Found judge(const Block &In, const Fact &Store) const {
    const Fact *Stored = definition(In, Store.Operands[1]);
    if (!Stored)
      return Found::Bad;
    bool IsNull = Stored->What == Fact::Kind::Constant && Stored->Immediate == 0;
    bool IsAcquire = Stored->What == Fact::Kind::Call && Known.AcquiresOrNull(*Stored);
    return IsNull || IsAcquire ? Found::Good : Found::Bad;
  }

  const FunctionFacts &Facts;
  Sites Numbers;
  std::uint32_t Holder;
  const ExitStates::Context &Known;
  std::vector<llvm::SmallVector<BlockId, 2>> Before;
  std::set<BlockId> ThrownTo;
  std::set<Site> Acquires; ///< calls whose result was stored in the variable
};

} // namespace

void ExitStates::add(const Fact &F, Site At, const State &Now) {
  bool Leaves = F.What == Fact::Kind::Return || F.What == Fact::Kind::Leave || F.What == Fact::Kind::Throw;
  bool Ends = F.What == Fact::Kind::EndLifetime && !Now.Leaving && Facts.Variables[F.Index].IsPointer;
  if (Leaves || Ends)
    Arrivals[F.At].push_back({At, Ends ? std::optional(F.Index) : std::nullopt, Now});
}

/// The one local variable that holds a symbol, when nothing else does.
std::optional<std::uint32_t> ExitStates::holderOf(const State &In, SymbolId S) const {
  std::optional<std::uint32_t> Holder;
  for (const Memory::Cell &Cell : In.Memory.cellsAbout(S)) {
    if (Cell.Held != Value::symbol(S))
      continue;
    const Region &Where = Values.regionAt(Cell.Where);
    if (Holder || Where.What != Region::Kind::Variable ||
        Facts.Variables[Where.Parent].Where != Variable::Storage::Local || In.isEscaped(Cell.Where))
      return std::nullopt;
    Holder = Where.Parent;
  }
  return Holder;
}

bool ExitStates::holdsOrNull(const Arrival &A, std::uint32_t Holder, const Violation &Lost,
                             const Context &Known) const {
  bool Holds = false;
  for (const auto &[S, Owed] : A.Now.Obligations) {
    if (!isHeldHere(Owed) || Known.IsMemory(Owed.Resource))
      continue;
    if (holderOf(A.Now, S) != Holder || Owed.Resource != Lost.Owed.Resource ||
        !llvm::all_of(Owed.Handovers, Known.IsBorrow))
      return false;
    Holds = true;
  }
  if (Holds)
    return true;
  const Value *Held = A.Now.Memory.find(Values.variable(Holder));
  if (!Held || Held->What == Value::Kind::Undefined)
    return isNullOnOtherPaths(Holder, A.At, Known); // nobody asks for it any more
  return Held->isNull() || A.Now.rangeOf(*Held).single() == 0;
}

bool ExitStates::isNullOnOtherPaths(std::uint32_t Holder, Site Exit, const Context &Known) const {
  return LastStores(Facts, Holder, Known).areUntouched(Exit);
}

bool ExitStates::mayRelease(const Violation &Lost, const Context &Known) const {
  auto Here = Arrivals.find(Lost.At);
  if (Here == Arrivals.end())
    return false;
  std::optional<std::uint32_t> Holder;
  for (const Arrival &A : Here->second)
    for (const auto &[S, Owed] : A.Now.Obligations)
      if (isHeldHere(Owed) && Owed.At == Lost.Owed.At && !Holder)
        Holder = holderOf(A.Now, S);
  if (!Holder || Facts.Variables[*Holder].Name != Lost.Holder)
    return false;
  return llvm::all_of(Here->second, [&](const Arrival &A) {
    bool IsOfAnother = A.Ends && A.Ends != Holder;
    return IsOfAnother || holdsOrNull(A, *Holder, Lost, Known);
  });
}

} // namespace connsan
