#pragma once

#include "CheckFile.h"

#include "analysis/FactsFile.h"

/// Files of facts: written from a source, and read in the place of one.
namespace connsan::tool {

bool isFactsFile(llvm::StringRef File);

/// Parses a source and writes its facts; what stood in the file before stays when that fails.
FileReport exportFacts(const std::string &Source, const clang::tooling::CompilationDatabase &Commands,
                       const std::string &File);

FileReport checkFactsFile(const std::string &File, const CheckSettings &Settings);
FileReport dumpFactsFile(const std::string &File, const std::string &Stage);

} // namespace connsan::tool
