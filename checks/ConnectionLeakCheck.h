#pragma once

#include "analysis/Analyzer.h"

#include "clang-tidy/ClangTidyCheck.h"

namespace connsan {

struct LeakMessage;

/// Finds connections and pool leases that are not released on some exit, overwritten or discarded.
/// For users: docs/checks/connsan-connection-leak.md
class ConnectionLeakCheck : public clang::tidy::ClangTidyCheck {
public:
  ConnectionLeakCheck(llvm::StringRef Name, clang::tidy::ClangTidyContext *Context);
  ~ConnectionLeakCheck() override;

  void storeOptions(clang::tidy::ClangTidyOptions::OptionMap &Opts) override;
  void registerMatchers(clang::ast_matchers::MatchFinder *Finder) override;
  void check(const clang::ast_matchers::MatchFinder::MatchResult &Result) override;
  void onEndOfTranslationUnit() override;

private:
  void startTranslationUnit(clang::ASTContext &Unit);
  bool isExcluded(SourcePoint At) const;
  void emit(const LeakMessage &M);

  const std::string WantedConfidence;
  clang::ASTContext *Context = nullptr;
  std::optional<ModelSet> Models;
  std::vector<std::string> Excluded;
  std::unique_ptr<Analyzer> Analysis;
};

} // namespace connsan
