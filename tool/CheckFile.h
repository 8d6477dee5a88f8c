#pragma once

#include "CheckSettings.h"
#include "FileReport.h"
#include "SourceList.h"

#include "analysis/ResultCache.h"
#include "analysis/UnitFacts.h"

#include "llvm/Support/Error.h"

#include <string>

namespace connsan::tool {

/// Runs the checks on one file of those, in this process.
FileReport checkFile(const std::string &Source, const SourceList &Of, const CheckSettings &Settings);

/// The same on what `factsOfFile` gave, with what is known already if there is such. The error is one line:
/// the sources are not as they were then.
llvm::Expected<FileReport> checkFacts(const UnitFacts &Unit,
                                      const llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> &Files,
                                      const CheckSettings &Settings, ResultCache *Results = nullptr);

/// The error is one line: the compiler did not get to the end of the file. Adds what it took.
llvm::Expected<UnitFacts> factsOfFile(const std::string &Source, const SourceList &Of, CheckStats &Cost);

/// Of the arguments with which `factsOfFile` has a source compiled.
std::uint64_t argumentsHash(const std::string &Source, const clang::tooling::CompilationDatabase &Commands);

} // namespace connsan::tool
