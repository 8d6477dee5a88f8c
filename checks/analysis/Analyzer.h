#pragma once

#include "Explorer.h"

#include <memory>

namespace clang {
class ASTContext;
class FunctionDecl;
} // namespace clang

namespace connsan {

/// Everything that is known of one translation unit. Not thread-safe.
class Analyzer {
public:
  Analyzer(clang::ASTContext &Context, const ModelSet &Models, const Limits &Bounds = {});
  ~Analyzer();

  /// A definition seen in this translation unit.
  void add(const clang::FunctionDecl &Definition);
  /// Analyzes what was added, callees before callers where a caller asks for them.
  std::vector<Finding> findings();

  /// What the stages hold for the functions that were analyzed, for people.
  std::string dumpFacts();
  std::string dumpStates();
  std::string dumpSummaries();

private:
  class Implementation;
  std::unique_ptr<Implementation> Impl;
};

} // namespace connsan
