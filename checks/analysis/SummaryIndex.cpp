#include "SummaryIndex.h"

namespace connsan {

std::shared_ptr<const IndexedFunction> SummaryIndex::find(llvm::StringRef Usr, std::uint64_t Type) const {
  auto Known = Functions.find(Usr);
  if (Known == Functions.end())
    return nullptr;
  const std::uint64_t Other = Known->getValue()->Type;
  return Type == 0 || Other == 0 || Type == Other ? Known->getValue() : nullptr;
}

} // namespace connsan
