#pragma once

#include "model/Model.h"

#include "llvm/ADT/ArrayRef.h"

#include <memory>

namespace connsan {

/// What is said of the functions of one translation unit: by the user's file, else by annotations, else by
/// the built-in models.
class DeclaredModels {
public:
  explicit DeclaredModels(const ModelSet &Models) : Models(Models) {}

  /// Everything that is said of a function; null when nothing is.
  const Model *find(llvm::StringRef Function, llvm::ArrayRef<std::string> Annotations);
  /// The same, where it says what the function does with resources. A built-in model does not say how a
  /// function ends whose body is known: the program has one of its own that is called `error` or `err`.
  const Model *findOwnership(llvm::StringRef Function, llvm::ArrayRef<std::string> Annotations, bool HasBody);

private:
  const ModelSet &Models;
  llvm::StringMap<std::unique_ptr<Model>> Annotated; ///< by name and annotations; null where these are wrong
};

} // namespace connsan
