#pragma once

#include "CheckFile.h"
#include "LinkedPrograms.h"
#include "SourceList.h"

/// Several sources as one program: the facts of each in a file, and an index made of all.
namespace connsan::tool {

/// A directory that is removed with all that is in it.
class TemporaryDirectory {
public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory &) = delete;
  TemporaryDirectory &operator=(const TemporaryDirectory &) = delete;
  const std::string &path() const { return Path; } ///< empty when it could not be made

private:
  std::string Path;
};

/// The directory in which `connsan index` keeps the facts of the files of an index.
inline std::string unitsBeside(const std::string &IndexFile) {
  return IndexFile + ".units";
}

struct FactsOfSources {
  std::vector<std::string> Files;  ///< in the order of the sources; empty where there are no facts
  std::vector<FileReport> Reports; ///< of those that had to be parsed
};

/// Where facts and what came of them are kept from one run to the next.
struct KeptDirectories {
  std::string Written;
  std::string Read = {}; ///< what is there is used, and left as it is; empty: none
};

/// Parses the sources, `Workers` at a time, and keeps their facts. Files that are there already and whose
/// sources, headers and arguments are the same are not written again.
FactsOfSources provideFacts(const SourceList &All, unsigned Workers, const KeptDirectories &Kept,
                            ProblemList &Problems);

/// What is known of functions. Nothing is known where that cannot be used.
ResultCache readResults(const KeptDirectories &Kept);

struct ProgramFacts {
  const std::vector<std::string> &Files; ///< empty where there are no facts
  const ProgramNumbers &Programs;
};

/// Links files of facts and writes the index, in a process of its own, and keeps what it came to. What stood
/// in the file before stays when that fails, which is a problem.
FileReport writeIndex(const ProgramFacts &Of, llvm::vfs::FileSystem &Files, const CheckSettings &Settings,
                      const std::string &IndexFile, const KeptDirectories &Kept, ProblemList &Problems);

} // namespace connsan::tool
