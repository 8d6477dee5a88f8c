#include "SummaryIndex.h"

namespace connsan {

IndexedFunction weakest(llvm::ArrayRef<IndexedFunction> Each) {
  IndexedFunction Weak = Each.front();
  llvm::SmallVector<const Summary *, 4> Effects;
  for (const IndexedFunction &F : Each) {
    Effects.push_back(&F.Effects);
    Weak.Type = F.Type == Weak.Type ? Weak.Type : 0;
    Weak.IsRelevant |= F.IsRelevant;
    Weak.Handles |= F.Handles;
    Weak.Throws |= F.Throws;
    Weak.MayThrow |= F.MayThrow;
  }
  Weak.Effects = weakest(Effects);
  return Weak;
}

std::shared_ptr<const IndexedFunction> SummaryIndex::find(llvm::StringRef Usr, std::uint64_t Type) const {
  auto Known = Functions.find(Usr);
  if (Known == Functions.end())
    return nullptr;
  const std::uint64_t Other = Known->getValue()->Type;
  return Type == 0 || Other == 0 || Type == Other ? Known->getValue() : nullptr;
}

} // namespace connsan
