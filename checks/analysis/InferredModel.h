#pragma once

#include "Summary.h"

namespace connsan {

/// A model that says what a summary says, or why there is none.
struct InferredModel {
  std::optional<Model> Said;
  std::string WhyNot; ///< empty as well: there is nothing to say about resources
};

/// What the models' form cannot say of a function that deals with resources is never left out silently.
/// `ByAddress` has the parameters that point to pointers.
InferredModel inferModel(const Summary &S, llvm::StringRef Function, const std::vector<bool> &ByAddress);

} // namespace connsan
