#include "Formats.h"
#include "MergedFindings.h"

#include "clang-tidy/ClangTidy.h"

#include <cstdlib>

namespace connsan::tool {
namespace tidy = clang::tidy;

void writeText(const CheckResult &Result) {
  std::vector<tidy::ClangTidyError> Findings = forClangTidy(Result.Findings);
  // It would print all lines that an edit touches.
  for (tidy::ClangTidyError &Finding : Findings)
    Finding.Message.Fix.clear();
  tidy::ClangTidyOptions Options;
  if (const char *NoColor = std::getenv("NO_COLOR"); NoColor && *NoColor)
    Options.UseColor = false;
  tidy::ClangTidyContext Context(
      std::make_unique<tidy::DefaultOptionsProvider>(tidy::ClangTidyGlobalOptions(), Options));
  unsigned AsErrors = 0;
  tidy::handleErrors(Findings, Context, tidy::FB_NoFix, AsErrors, Result.Files);
}

} // namespace connsan::tool
