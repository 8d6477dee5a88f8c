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

/// Parses the sources, `Workers` at a time, and keeps their facts in a directory. Files that are there
/// already and whose sources, headers and arguments are the same are not written again.
FactsOfSources provideFacts(const SourceList &All, unsigned Workers, const std::string &Directory,
                            ProblemList &Problems);

/// What is known of functions, kept from one run to the next in the directory of the facts. Nothing is known
/// where that cannot be used.
ResultCache readResults(const std::string &Directory);

/// Links files of facts, as far as there are such, and writes the index, in a process of its own, and what it
/// came to into `Directory`. What stood in the file before stays when that fails, which is a problem.
FileReport writeIndex(const std::vector<std::string> &FactsFiles, const ProgramNumbers &Programs,
                      const CheckSettings &Settings, const std::string &IndexFile,
                      const std::string &Directory, ProblemList &Problems);

} // namespace connsan::tool
