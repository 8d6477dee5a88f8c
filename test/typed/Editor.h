#pragma once

#include "analysis/Finding.h"

#include "clang/Frontend/ASTUnit.h"

#include <memory>
#include <set>
#include <tuple>

namespace connsan::typed {

/// What makes two findings the same while the source around them changes.
struct FindingKey {
  FindingKind Kind;
  std::size_t Acquired; ///< the offset in the source
  std::string Function; ///< without its scopes, of which one more may be open
  bool operator==(const FindingKey &) const = default;
  auto operator<=>(const FindingKey &) const = default;
};

struct Checked {
  std::set<FindingKey> Findings; ///< of high confidence
  std::set<FindingKey> Doubtful; ///< the others
  bool HasErrors = false;
};

/// An open file, which is parsed and checked anew after each change. What it includes first is parsed once,
/// as editors do it.
class Editor {
public:
  Editor(std::string Path, std::vector<std::string> Arguments);
  ~Editor();

  bool isOpen() const { return Unit != nullptr; }
  Checked check(llvm::StringRef Text);

private:
  std::string Path;
  std::shared_ptr<clang::PCHContainerOperations> Containers;
  std::unique_ptr<clang::ASTUnit> Unit;
};

} // namespace connsan::typed
