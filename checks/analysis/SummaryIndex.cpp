#include "SummaryIndex.h"

#include "llvm/ADT/STLExtras.h"

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
    Weak.CallersEnd &= F.CallersEnd;
    Weak.LeavesOpen |= F.LeavesOpen;
  }
  Weak.Effects = weakest(Effects);
  return Weak;
}

std::shared_ptr<const IndexedFunction> IndexedFunctions::find(llvm::StringRef Usr, std::uint64_t Type) const {
  auto Known = Functions.find(Usr);
  if (Known == Functions.end())
    return nullptr;
  const std::uint64_t Other = Known->getValue()->Type;
  return Type == 0 || Other == 0 || Type == Other ? Known->getValue() : nullptr;
}

SummaryIndex::Group &SummaryIndex::addGroup(std::vector<std::string> Files) {
  for (const std::string &File : Files)
    GroupOf[File] = Groups.size();
  return Groups.emplace_back(Group{std::move(Files), {}});
}

const SummaryIndex::Group *SummaryIndex::groupOf(llvm::StringRef File) const {
  auto Known = GroupOf.find(File);
  return Known == GroupOf.end() ? nullptr : &Groups[Known->getValue()];
}

std::shared_ptr<const IndexedFunction> IndexView::find(llvm::StringRef Usr, std::uint64_t Type) const {
  if (Own && Own->Own.contains(Usr))
    return Own->Own.find(Usr, Type);
  return Index ? Index->find(Usr, Type) : nullptr;
}

bool IndexView::any(llvm::function_ref<bool(const IndexedFunction &)> P) const {
  auto OfAll = [&](const auto &Entry) {
    return !(Own && Own->Own.contains(Entry.getKey())) && P(*Entry.getValue());
  };
  auto OfOwn = [&](const auto &Entry) { return P(*Entry.getValue()); };
  return (Own && llvm::any_of(Own->Own.all(), OfOwn)) || (Index && llvm::any_of(Index->all(), OfAll));
}

} // namespace connsan
