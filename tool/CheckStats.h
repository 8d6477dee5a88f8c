#pragma once

#include "llvm/Support/raw_ostream.h"

#include <cstdint>
#include <string>
#include <vector>

namespace connsan::tool {

/// What `--stats` says, of one file or summed over several.
struct CheckStats {
  struct GivenUp {
    std::string File;
    unsigned Line = 0;
    std::string Function;
    std::string Limit;       ///< "errors", "blocks", "states", "steps", "time"
    std::uint64_t After = 0; ///< so many of them, or milliseconds
    auto operator<=>(const GivenUp &) const = default;
  };
  unsigned Files = 0;
  unsigned FilesWithResources = 0;
  unsigned Functions = 0;
  unsigned FunctionsWithResources = 0;
  unsigned FunctionsSilenced = 0;
  unsigned FunctionsGivenUp = 0;
  std::vector<GivenUp> Named; ///< sorted, each once: a header's function is given up in every file
  unsigned Indexed = 0;       ///< functions that other files can call and that deal with resources
  unsigned Ambiguous = 0;     ///< of those, defined in several files that differ
  unsigned Followed = 0;      ///< functions whose paths were followed for it; of the others that was kept
  double ParseSeconds = 0;    ///< of CPU time, like the others
  double FactsSeconds = 0;
  double PathsSeconds = 0;
  double LinkSeconds = 0;
  double ReportSeconds = 0;

  unsigned functionsAnalysed() const { return FunctionsWithResources - FunctionsGivenUp; }
  void add(const CheckStats &Other);
};

void writeStats(llvm::raw_ostream &Out, const CheckStats &Stats);
/// The part of it that is about making an index.
void writeIndexStats(llvm::raw_ostream &Out, const CheckStats &Stats);

} // namespace connsan::tool
