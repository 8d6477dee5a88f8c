#pragma once

#include "Summary.h"

#include "llvm/ADT/STLFunctionalExtras.h"
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
  /// Its callers, all that are known, end the transactions that it leaves open.
  bool CallersEnd = false;
  bool LeavesOpen = false; ///< a transaction that it should have ended itself
  bool operator==(const IndexedFunction &) const = default;
};

/// What holds whichever of several functions of one name is called.
IndexedFunction weakest(llvm::ArrayRef<IndexedFunction> Each);

/// By USR. What is shared is not changed, so that threads can read it.
class IndexedFunctions {
public:
  /// Null where nothing is known, or was found out for a declaration that differs.
  std::shared_ptr<const IndexedFunction> find(llvm::StringRef Usr, std::uint64_t Type) const;
  void add(llvm::StringRef Usr, IndexedFunction Known) {
    Functions[Usr] = std::make_shared<IndexedFunction>(std::move(Known));
  }
  bool contains(llvm::StringRef Usr) const { return Functions.contains(Usr); }
  const llvm::StringMap<std::shared_ptr<const IndexedFunction>> &all() const { return Functions; }

private:
  llvm::StringMap<std::shared_ptr<const IndexedFunction>> Functions;
};

/// What holds for whoever calls a function.
class SummaryIndex : public IndexedFunctions {
public:
  /// Files that are linked into the same programs, and what they call by names that other programs define in
  /// another way.
  struct Group {
    std::vector<std::string> Files; ///< as the compiler was told
    IndexedFunctions Own;
  };
  /// A file that has a group already leaves it.
  Group &addGroup(std::vector<std::string> Files);
  const std::vector<Group> &groups() const { return Groups; }
  /// Null where the file has no group.
  const Group *groupOf(llvm::StringRef File) const;

private:
  std::vector<Group> Groups;
  llvm::StringMap<std::size_t> GroupOf; ///< by file
};

/// What one file reads in an index, which has to outlive this; null: nothing is known.
class IndexView {
public:
  IndexView(const SummaryIndex *Index = nullptr, llvm::StringRef File = "")
      : Index(Index), Own(Index ? Index->groupOf(File) : nullptr) {}
  std::shared_ptr<const IndexedFunction> find(llvm::StringRef Usr, std::uint64_t Type) const;
  /// Whether P is true of a function that the file may call.
  bool any(llvm::function_ref<bool(const IndexedFunction &)> P) const;

private:
  const SummaryIndex *Index;
  const SummaryIndex::Group *Own;
};

} // namespace connsan
