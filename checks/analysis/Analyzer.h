#pragma once

#include "Program.h"
#include "Statistics.h"

#include <memory>

namespace connsan {

/// Everything that is known of one translation unit. Not thread-safe.
class Analyzer {
public:
  /// Both have to outlive the analysis.
  Analyzer(Program &Unit, const ModelSet &Models, const Limits &Bounds = {});
  ~Analyzer();

  /// Analyzes every function in which something may be found, its callees where their effects matter.
  std::vector<Finding> findings();
  /// Of what was done so far.
  Statistics statistics() const;

  /// What the stages hold for the functions that were analyzed, for people.
  std::string dumpFacts();
  std::string dumpStates();
  std::string dumpSummaries();
  /// What was inferred for the functions that other files can call, as items of a list of models.
  std::string dumpModels();

private:
  class Implementation;
  std::unique_ptr<Implementation> Impl;
};

} // namespace connsan
