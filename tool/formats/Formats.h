#pragma once

#include "CheckResult.h"

#include "llvm/Support/raw_ostream.h"

/// How a check is written for those who read it. Names of files are as in the findings, or where said so
/// relative to the root of the repository.
namespace connsan::tool {

/// By one of the names that --format takes; statistics are in it where the format has a place for them.
/// Text goes to standard output.
void writeAs(llvm::StringRef Format, llvm::raw_ostream &Out, const CheckResult &Result,
             const CheckStats *Stats = nullptr);

/// Whether what is proposed stands in it.
bool tellsEdits(llvm::StringRef Format);

/// As clang prints diagnostics, to standard output; with colours on a terminal.
void writeText(const CheckResult &Result);

/// docs/json.md. Statistics are in it where there are some.
void writeJson(llvm::raw_ostream &Out, const CheckResult &Result, const CheckStats *Stats);

/// SARIF 2.1.0, with one run in it; files are named from the root.
void writeSarif(llvm::raw_ostream &Out, const CheckResult &Result);

/// Workflow commands that GitHub shows beside the lines of a pull request; files are named from the root.
void writeGithub(llvm::raw_ostream &Out, const CheckResult &Result);

/// The code quality report of GitLab; files are named from the root.
void writeGitlab(llvm::raw_ostream &Out, const CheckResult &Result);

} // namespace connsan::tool
