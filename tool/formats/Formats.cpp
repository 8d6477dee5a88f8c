#include "Formats.h"

namespace connsan::tool {

void writeAs(llvm::StringRef Format, const CheckResult &Result, const CheckStats *Stats) {
  if (Format == "json")
    return writeJson(llvm::outs(), Result, Stats);
  if (Format == "sarif")
    return writeSarif(llvm::outs(), Result);
  if (Format == "github")
    return writeGithub(llvm::outs(), Result);
  if (Format == "gitlab")
    return writeGitlab(llvm::outs(), Result);
  writeText(Result);
}

bool tellsEdits(llvm::StringRef Format) {
  return Format == "json" || Format == "sarif";
}

} // namespace connsan::tool
