#pragma once

#include "analysis/Analyzer.h"

#include <memory>

namespace clang {
class ASTContext;
} // namespace clang

namespace connsan {

/// The analysis of one translation unit, shared by all checks that run on it. Not thread-safe; each thread
/// has its own.
class UnitAnalysis {
public:
  /// The analysis of this unit: made by the first check that asks, gone with the last that holds it.
  static std::shared_ptr<UnitAnalysis> of(clang::ASTContext &Context);

  explicit UnitAnalysis(clang::ASTContext &Context);

  const std::vector<Finding> &findings();
  /// Whether `.connsan.yaml` asks for nothing to be reported there.
  bool isExcluded(SourcePoint At) const;
  /// What was wrong with `.connsan.yaml`, said once for all checks; empty when nothing was.
  std::string takeError();

private:
  clang::ASTContext &Context;
  ModelSet Models;
  std::vector<std::string> Excluded;
  std::string Error;
  std::unique_ptr<Analyzer> Analysis; ///< null where nothing acquires
  std::optional<std::vector<Finding>> Found;
};

} // namespace connsan
