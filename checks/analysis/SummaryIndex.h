#pragma once

#include "Summary.h"

#include "llvm/ADT/StringMap.h"

#include <memory>

/// What is known of functions whose bodies are in other files.
namespace connsan {

struct IndexedFunction {
  std::string Name;       ///< qualified
  std::uint64_t Type = 0; ///< see `typeHash`
  Summary Effects;
  bool IsRelevant = false; ///< a caller that deals with resources has to know what it does
  bool Handles = false;    ///< and that is for what it does with resources
  bool Throws = false;     ///< it is seen to throw, or to call what does; some of that may be caught
  bool MayThrow = false;   ///< otherwise
  bool operator==(const IndexedFunction &) const = default;
};

/// What holds whichever of several functions of one name is called.
IndexedFunction weakest(llvm::ArrayRef<IndexedFunction> Each);

/// Functions by their USR. What is shared is not changed, so that threads can read it.
class SummaryIndex {
public:
  /// Null where nothing is known, or was found out for a declaration that differs.
  std::shared_ptr<const IndexedFunction> find(llvm::StringRef Usr, std::uint64_t Type) const;
  void add(llvm::StringRef Usr, IndexedFunction Known) {
    Functions[Usr] = std::make_shared<IndexedFunction>(std::move(Known));
  }
  const llvm::StringMap<std::shared_ptr<const IndexedFunction>> &all() const { return Functions; }

private:
  llvm::StringMap<std::shared_ptr<const IndexedFunction>> Functions;
};

} // namespace connsan
