#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <string>

/// What there is to say of a check where nobody has the pages at hand.
namespace connsan::tool {

struct Rule {
  llvm::StringRef Id; ///< "connsan-connection-leak"
  llvm::StringRef Finds;
  llvm::StringRef Page; ///< docs/checks/ID.md

  /// The page, with links that are whole.
  std::string help() const;
  std::string helpUri() const;
};

/// Where the pages of docs/ are: what the build was told, else those that are installed with this program.
const std::string &docsUrl();

/// By name. Their number is the index that a result of SARIF refers to.
llvm::ArrayRef<Rule> rules();
std::size_t ruleIndex(llvm::StringRef Id);

} // namespace connsan::tool
