#pragma once

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringMap.h"

#include <string>

namespace connsan::tool {

/// The models that were inferred in several files, as one `.connsan.yaml`.
class ModelList {
public:
  /// Items of a list of models, and comments, as one file gave them.
  void add(llvm::StringRef Items);
  std::string text() const;

private:
  void addItem(const std::string &Item);

  llvm::MapVector<std::string, std::string, llvm::StringMap<unsigned>> ByFunction;
};

} // namespace connsan::tool
