#include "CheckSelection.h"

#include "Clangd.h"

#include "clang-tidy/ClangTidyOptions.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

#include <vector>

namespace connsan::editor {

void selectChecks(clang::tidy::ClangTidyOptions &Options) {
  std::string &Checks = Options.Checks ? *Options.Checks : Options.Checks.emplace();
  llvm::SmallVector<llvm::StringRef, 16> Items;
  llvm::StringRef(Checks).split(Items, ',', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  // Most projects begin their list with "-*", to choose among clang-tidy's checks.
  bool IsReset = false;
  bool IsChosen = false;
  std::string Own = "connsan-*";
  for (llvm::StringRef Item : Items) {
    Item = Item.trim();
    IsReset |= Item == "-*";
    if (Item.starts_with("connsan-") || Item.starts_with("-connsan-")) {
      IsChosen |= IsReset && Item.front() != '-';
      Own.append(",").append(Item);
    }
  }
  if (!IsChosen)
    Checks.append(Checks.empty() ? "" : ",").append(Own);
}

void limitTime(clang::tidy::ClangTidyOptions &Options) {
  const bool IsLimited = llvm::any_of(Options.CheckOptions, [](const auto &Option) {
    auto [Check, Name] = Option.getKey().rsplit('.');
    return Option.getKey() == "MaxFunctionTime" ||
           (Check.starts_with("connsan-") && Name == "MaxFunctionTime");
  });
  if (!IsLimited)
    Options.CheckOptions["MaxFunctionTime"] = clang::tidy::ClangTidyOptions::ClangTidyValue("500ms");
}

#define COMBINE                                                                                              \
  "_ZN5clang6clangd7combineESt6vectorIN4llvm15unique_functionIKFvRNS_4tidy16ClangTidyOptionsENS2_9"          \
  "StringRefEEEESaIS9_EE"
using clang::clangd::TidyProvider;
TidyProvider combineAsClangd(std::vector<TidyProvider> Providers) CONNSAN_CLANGDS(COMBINE);
TidyProvider combine(std::vector<TidyProvider> Providers) CONNSAN_OURS(COMBINE);

/// Clangd's providers read what the user says in `.clang-tidy` and `.clangd`, and know its defaults.
TidyProvider combine(std::vector<TidyProvider> Providers) {
  Providers.emplace_back([](clang::tidy::ClangTidyOptions &Options, llvm::StringRef) {
    selectChecks(Options);
    limitTime(Options);
  });
  return combineAsClangd(std::move(Providers));
}

} // namespace connsan::editor
