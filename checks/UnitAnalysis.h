#pragma once

#include "FindingText.h"
#include "Repairs.h"
#include "StoredSources.h"
#include "analysis/Analyzer.h"

#include <memory>

namespace clang {
class ASTContext;
class Preprocessor;
} // namespace clang

namespace connsan {

class KeptFacts;

/// A diagnostic as a check gave it, and the finding that it speaks of.
struct GivenDiagnostic {
  std::string Check;
  FindingMessage Said;
  Finding Of; ///< one of them, where the message speaks of several exits
};

/// The analysis of one translation unit, shared by all checks that run on it. Not thread-safe; each thread
/// has its own.
class UnitAnalysis {
public:
  /// The analysis of this unit: made by the first check that asks, gone with the last that holds it.
  static std::shared_ptr<UnitAnalysis> of(clang::ASTContext &Context, clang::Preprocessor &Lexer);

  UnitAnalysis(clang::ASTContext &Context, clang::Preprocessor &Lexer);
  /// Of facts that were read; both have to outlive it.
  UnitAnalysis(const UnitFacts &Facts, const StoredSources &Places);

  /// To be called before `findings`; the shortest of all counts.
  void limitFunctionTime(std::chrono::milliseconds Most);
  /// Likewise: an index, or none when the path is empty. Without a path the one above the source is used,
  /// unless another check has chosen one.
  void useIndex(std::optional<llvm::StringRef> Path);
  /// Likewise; it has to outlive this, and may be null.
  void useResults(ResultCache *Known) { Results = Known; }
  /// Likewise: what the last check in this thread came to, and the facts that still hold. Clangd has a thread
  /// for each file.
  void useResultsOfThread();
  const std::vector<Finding> &findings();
  /// Nothing where the unit does not refer to anything that acquires or releases.
  std::optional<Statistics> statistics() const;
  const clang::SourceManager &sources() const { return Sources; }
  clang::SourceLocation locationOf(SourcePoint At) const;
  /// Whether `.connsan.yaml` asks for nothing to be reported there.
  bool isExcluded(SourcePoint At) const;
  /// What was wrong with `.connsan.yaml` and with annotations, each said once for all checks.
  std::vector<std::string> takeProblems();
  /// What can be proposed for the findings; null where there is no syntax tree.
  Repairs *repairs();
  /// What a diagnostic cannot carry is kept for who shows more than its text.
  void keep(GivenDiagnostic Given) { AllGiven.push_back(std::move(Given)); }
  llvm::ArrayRef<GivenDiagnostic> given() const { return AllGiven; }

private:
  explicit UnitAnalysis(const clang::SourceManager &Sources);
  bool refersToResources() const;
  std::optional<Model> readAnnotations(const AnnotatedFunction &Function);

  const clang::SourceManager &Sources;
  clang::ASTContext *Context = nullptr; ///< of what was parsed
  clang::Preprocessor *Lexer = nullptr; ///< likewise
  const UnitFacts *Facts = nullptr;     ///< that were read
  const StoredSources *Places = nullptr;
  std::string MainFile;
  ModelSet Models;
  std::vector<std::string> Excluded;
  std::vector<std::string> Problems; ///< not yet taken
  bool AnyResources = false;         ///< by the models
  std::shared_ptr<const SummaryIndex> Index;
  bool IsIndexChosen = false;
  ResultCache *Results = nullptr;
  KeptFacts *Kept = nullptr;
  std::optional<std::chrono::milliseconds> FunctionTime;
  std::unique_ptr<Program> Unit;      ///< null where there are no resources
  std::unique_ptr<Analyzer> Analysis; ///< likewise
  std::optional<std::vector<Finding>> Found;
  std::optional<Repairs> Proposals;
  std::vector<GivenDiagnostic> AllGiven;
};

} // namespace connsan
