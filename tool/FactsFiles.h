#pragma once

#include "CheckFile.h"

#include "analysis/FactsFile.h"

/// Files of facts: written from a source, and read in the place of one.
namespace connsan::tool {

bool isFactsFile(llvm::StringRef File);

/// Replaces a file as a whole; what stood there before stays when that fails.
llvm::Error writeFile(const std::string &File, llvm::StringRef Bytes);

/// The error says in one line which file cannot be used, and why.
llvm::Expected<UnitFacts> readFacts(const std::string &File);

/// Parses a source and writes its facts; what stood in the file before stays when that fails.
FileReport exportFacts(const std::string &Source, const clang::tooling::CompilationDatabase &Commands,
                       const std::string &File);

/// The same, but for a file that holds the facts of these very contents already.
FileReport updateFacts(const std::string &Source, const clang::tooling::CompilationDatabase &Commands,
                       const std::string &File);

FileReport checkFactsFile(const std::string &File, const CheckSettings &Settings,
                          ResultCache *Results = nullptr);
FileReport dumpFactsFile(const std::string &File, const std::string &Stage);

} // namespace connsan::tool
