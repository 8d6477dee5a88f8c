#pragma once

#include "Analyzer.h"
#include "UnitFacts.h"

namespace connsan {

/// A translation unit and the models that hold in it. Both have to outlive the link.
struct LinkedUnit {
  const UnitFacts *Facts = nullptr;
  const ModelSet *Models = nullptr;
};

struct LinkResult {
  SummaryIndex Index;
  std::string Models;     ///< items of a list of models, one line each; by USR
  unsigned Ambiguous = 0; ///< functions that several units define and that differ
};

/// What the functions of each unit do to their callers in the others, by the bodies of all.
LinkResult linkUnits(llvm::ArrayRef<LinkedUnit> Units, const Limits &Bounds);

} // namespace connsan
