#pragma once

#include "CheckFile.h"

#include "analysis/FactsFile.h"

#include "llvm/ADT/StringMap.h"

/// Files of facts: written from a source, and read in the place of one.
namespace connsan::tool {

bool isFactsFile(llvm::StringRef File);

/// Replaces a file as a whole, unless it holds these bytes already: then its time stays what it was. What
/// stood there before stays when that fails.
llvm::Error writeFile(const std::string &File, llvm::StringRef Bytes);

/// The error says in one line which file cannot be used, and why.
llvm::Expected<UnitFacts> readFacts(const std::string &File);

/// Parses a source and writes its facts; what stood in the file before stays when that fails.
FileReport exportFacts(const std::string &Source, const SourceList &Of, const std::string &File);

/// The same, unless these very facts stand there. Writes the files that they were made from into `DepFile`
/// too, as a rule for make, unless that is empty.
FileReport exportFacts(const std::string &Source, const SourceList &Of, const std::string &File,
                       const std::string &DepFile);

/// The contents of files, each read once.
class InputHashes {
public:
  explicit InputHashes(llvm::vfs::FileSystem &Files) : Files(&Files) {}
  /// Nothing when it cannot be read.
  std::optional<std::uint64_t> of(llvm::StringRef File);

private:
  llvm::vfs::FileSystem *Files;
  llvm::StringMap<std::optional<std::uint64_t>> ByName;
};

/// What a file of facts came to that holds the facts of these very contents; nothing when it has to be
/// written.
std::optional<FileReport> reportOfFacts(const std::string &Source, const SourceList &Of,
                                        const std::string &File, InputHashes &Hashes);

FileReport checkFactsFile(const std::string &File, const SourceList &Of, const CheckSettings &Settings,
                          ResultCache *Results = nullptr);
FileReport dumpFactsFile(const std::string &File, const std::string &Stage);

} // namespace connsan::tool
