#pragma once

#include "FileReport.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/raw_ostream.h"

namespace connsan::tool {

/// What `--format=json` prints. For users: docs/json.md
void writeJson(llvm::raw_ostream &Out, llvm::ArrayRef<CheckedFinding> Findings,
               llvm::ArrayRef<std::string> Problems, const CheckStats *Stats);

} // namespace connsan::tool
