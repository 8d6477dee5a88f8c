#include "CheckSelection.h"

#include "clang-tidy/ClangTidyOptions.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

namespace connsan::editor {

using clang::clangd::TidyProvider;
using clang::tidy::ClangTidyOptions;

void selectChecks(ClangTidyOptions &Options, const TidyProvider &ClangdsDefaults) {
  const std::string Given = Options.Checks.value_or("");
  llvm::SmallVector<llvm::StringRef, 16> Items;
  llvm::SplitString(Given, Items, ",\n");
  // Most projects begin their list with "-*", to choose among clang-tidy's checks.
  bool IsReset = false;
  bool IsChosen = false;
  bool NamesOthers = false;
  std::string Own = "connsan-*";
  for (llvm::StringRef Item : Items) {
    Item = Item.trim();
    const bool IsOwn = Item.starts_with("connsan-") || Item.starts_with("-connsan-");
    IsReset |= Item == "-*";
    IsChosen |= IsOwn && IsReset && Item.front() != '-';
    NamesOthers |= !IsOwn && !Item.empty();
    if (IsOwn)
      Own.append(",").append(Item);
  }
  if (IsChosen)
    return;
  if (!NamesOthers) {
    Options.Checks.reset();
    ClangdsDefaults(Options, "");
  }
  Options.Checks = Options.Checks ? *Options.Checks + "," + Own : Own;
}

void limitTime(ClangTidyOptions &Options) {
  const bool IsLimited = llvm::any_of(Options.CheckOptions, [](const auto &Option) {
    auto [Check, Name] = Option.getKey().rsplit('.');
    return Check == "MaxFunctionTime" || (Check.starts_with("connsan-") && Name == "MaxFunctionTime");
  });
  if (!IsLimited)
    Options.CheckOptions["MaxFunctionTime"] = ClangTidyOptions::ClangTidyValue("500ms");
}

#define PROVIDE_DEFAULT_CHECKS "_ZN5clang6clangd20provideDefaultChecksEv"
TidyProvider defaultsOfClangd() CONNSAN_CLANGDS(PROVIDE_DEFAULT_CHECKS);
TidyProvider defaults() CONNSAN_OURS(PROVIDE_DEFAULT_CHECKS);

/// Comes after what the user says in `.clang-tidy` and `.clangd`.
TidyProvider defaults() {
  return [Clangds = defaultsOfClangd()](ClangTidyOptions &Options, llvm::StringRef) {
    selectChecks(Options, Clangds);
    limitTime(Options);
  };
}

} // namespace connsan::editor
