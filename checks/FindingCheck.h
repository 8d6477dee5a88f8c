#pragma once

#include "UnitAnalysis.h"

#include "clang-tidy/ClangTidyCheck.h"

namespace connsan {

/// What all checks have in common: they choose among the findings of the unit and turn them into diagnostics.
class FindingCheck : public clang::tidy::ClangTidyCheck {
public:
  FindingCheck(llvm::StringRef Name, clang::tidy::ClangTidyContext *Context);
  ~FindingCheck() override;

  void storeOptions(clang::tidy::ClangTidyOptions::OptionMap &Opts) override;
  void registerPPCallbacks(const clang::SourceManager &Sources, clang::Preprocessor *Lexer,
                           clang::Preprocessor *ModuleExpander) override;
  void registerMatchers(clang::ast_matchers::MatchFinder *Finder) override;
  void check(const clang::ast_matchers::MatchFinder::MatchResult &Result) override;
  void onEndOfTranslationUnit() override;
  /// What the first match does, without a walk of the matcher over the whole tree.
  void begin(std::shared_ptr<UnitAnalysis> Shared);

protected:
  virtual bool wants(const Finding &F) const = 0;

private:
  std::vector<std::string> mistakesInOptions() const;
  std::vector<Finding> chooseFindings();
  void emit(const FindingMessage &M, const Finding &Of, llvm::ArrayRef<clang::FixItHint> Edits = {});
  void emitLeaks(llvm::ArrayRef<Finding> OfOneAcquire);

  const std::string Name;
  const std::string WantedConfidence;
  const std::optional<std::string> MaxFunctionTime;
  const std::optional<std::string> Index;
  clang::Preprocessor *Lexer = nullptr;
  std::shared_ptr<UnitAnalysis> Unit;
};

} // namespace connsan
