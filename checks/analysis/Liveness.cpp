#include "Liveness.h"

#include "llvm/ADT/SetVector.h"

namespace connsan {
namespace {

struct BlockUses {
  llvm::BitVector ReadFirst;
  llvm::BitVector Written;
};

} // namespace

std::vector<llvm::BitVector> liveVariables(const FunctionFacts &Facts) {
  constexpr std::uint32_t NotAnAddress = ~0U;
  std::size_t Count = Facts.Variables.size();
  llvm::BitVector Always(Count);
  for (std::size_t I = 0; I < Count; ++I)
    if (Facts.Variables[I].Where == Variable::Storage::Global)
      Always.set(I);

  std::vector<BlockUses> Uses(Facts.Blocks.size(), {llvm::BitVector(Count), llvm::BitVector(Count)});
  for (BlockId Id = 0; Id < Facts.Blocks.size(); ++Id) {
    BlockUses &Here = Uses[Id];
    std::vector<std::uint32_t> AddressOf(Facts.Blocks[Id].Registers, NotAnAddress);
    for (const Fact &F : Facts.Blocks[Id].Facts) {
      if (F.What == Fact::Kind::VariableAddress)
        AddressOf[F.Result] = F.Index;
      for (std::size_t I = 0; I < F.Operands.size(); ++I) {
        std::uint32_t Variable = AddressOf[F.Operands[I]];
        if (Variable == NotAnAddress)
          continue;
        if (F.What == Fact::Kind::Load) {
          if (!Here.Written.test(Variable))
            Here.ReadFirst.set(Variable);
        } else if (F.What == Fact::Kind::Store && I == 0) {
          Here.Written.set(Variable);
        } else {
          Always.set(Variable);
        }
      }
    }
  }

  std::vector<llvm::BitVector> LiveIn(Facts.Blocks.size(), llvm::BitVector(Count));
  std::vector<std::vector<BlockId>> Predecessors(Facts.Blocks.size());
  for (BlockId Id = 0; Id < Facts.Blocks.size(); ++Id)
    for (const Edge &E : Facts.Blocks[Id].Edges)
      if (E.Reachable)
        Predecessors[E.To].push_back(Id);
  llvm::SetVector<BlockId> Pending;
  for (BlockId Id = 0; Id < Facts.Blocks.size(); ++Id)
    Pending.insert(Id);
  while (!Pending.empty()) {
    BlockId Id = Pending.pop_back_val();
    llvm::BitVector Live(Count);
    for (const Edge &E : Facts.Blocks[Id].Edges)
      if (E.Reachable)
        Live |= LiveIn[E.To];
    Live.reset(Uses[Id].Written);
    Live |= Uses[Id].ReadFirst;
    if (Live == LiveIn[Id])
      continue;
    LiveIn[Id] = std::move(Live);
    for (BlockId Before : Predecessors[Id])
      Pending.insert(Before);
  }
  for (llvm::BitVector &Live : LiveIn)
    Live |= Always;
  return LiveIn;
}

} // namespace connsan
