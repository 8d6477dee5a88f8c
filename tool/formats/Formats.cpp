#include "Formats.h"

namespace connsan::tool {

void writeAs(llvm::StringRef Format, llvm::raw_ostream &Out, const CheckResult &Result,
             const CheckStats *Stats) {
  if (Format == "json")
    return writeJson(Out, Result, Stats);
  if (Format == "sarif")
    return writeSarif(Out, Result);
  if (Format == "github")
    return writeGithub(Out, Result);
  if (Format == "gitlab")
    return writeGitlab(Out, Result);
  writeText(Result);
}

bool tellsEdits(llvm::StringRef Format) {
  return Format == "json" || Format == "sarif";
}

} // namespace connsan::tool
