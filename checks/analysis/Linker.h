#pragma once

#include "Analyzer.h"
#include "UnitFacts.h"

namespace connsan {

/// A translation unit and the models that hold in it. Both have to outlive the link.
struct LinkedUnit {
  const UnitFacts *Facts = nullptr;
  const ModelSet *Models = nullptr;
  std::vector<unsigned> Programs; ///< into which it is linked, in order; empty: that is not known
};

/// Everything that a function in one unit has to know of those in others.
struct LinkResult {
  SummaryIndex Index;
  std::string Models;     ///< items of a list of models, one line each; by USR
  unsigned Ambiguous = 0; ///< functions that several units of one program define and that differ
};

/// What the functions of each unit do to their callers in the others, by the bodies of all. With `Results`
/// all functions are looked at, for who checks the units afterwards.
LinkResult linkUnits(llvm::ArrayRef<LinkedUnit> Units, const Limits &Bounds, ResultCache *Results = nullptr);

} // namespace connsan
