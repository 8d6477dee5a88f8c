#pragma once

#include "CallGraph.h"
#include "ResultCache.h"
#include "Statistics.h"

#include <memory>

namespace connsan {

/// Everything that is known of one translation unit, or of several that are linked. Not thread-safe.
class Analyzer {
public:
  /// All have to outlive the analysis.
  Analyzer(Program &Unit, const ModelSet &Models, const Limits &Bounds = {}, IndexView Index = {});
  Analyzer(llvm::ArrayRef<AnalyzedUnit> Units, const Limits &Bounds, IndexView Index, BodyLookup Elsewhere);
  ~Analyzer();

  /// Looks there first, and keeps there what it finds out. Has to outlive the analysis, and may be null.
  void useResults(ResultCache *Results);
  /// Analyzes every function of the first unit in which something may be found, its callees where their
  /// effects matter.
  std::vector<Finding> findings();
  /// The same for a unit, for what is kept of it alone.
  void analyzeUnit(unsigned Unit);
  /// What callers in other units have to know of a function; nothing where that is nothing.
  std::optional<IndexedFunction> summarizeForOthers(FunctionRef Function);
  /// Of what was done so far.
  Statistics statistics() const;

  /// What the stages hold for the functions that were analyzed, for people.
  std::string dumpFacts();
  std::string dumpStates();
  std::string dumpSummaries();
  /// What was inferred for the functions that other files can call, as items of a list of models.
  std::string dumpModels();
  /// The same of one function on one line, when it acquires, releases or never returns; else nothing.
  std::string modelLines(FunctionRef Function);

private:
  class Implementation;
  std::unique_ptr<Implementation> Impl;
};

} // namespace connsan
