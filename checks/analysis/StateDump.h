#pragma once

#include "State.h"

#include "llvm/ADT/ArrayRef.h"

#include <string>

namespace connsan {

/// What the numbers of a state stand for.
struct StateNames {
  const FunctionFacts &Facts;
  const ValueTable &Values;
  llvm::ArrayRef<std::string> Fields;
  llvm::ArrayRef<std::string> Resources;
};

/// One line for each thing that is known, for people.
std::string dump(const State &S, const StateNames &Names);

} // namespace connsan
