#pragma once

#include "Symbolize.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace connsan::report {

/// Names by address, innermost first.
using Names = std::map<uint64_t, std::vector<Name>>;

/// The llvm-symbolizer to use. Why there is none is told in `Problem`.
std::optional<std::filesystem::path> findSymbolizer(const SymbolizeOptions &Options, std::string &Problem);

/// Asks `Program` what is at `Addresses`, as linked, of the file that its option `Of` names.
/// Returns what went wrong, as in "llvm-symbolizer ...", or nothing; what it had answered before is in
/// `Known`.
std::string askSymbolizer(const std::filesystem::path &Program, const std::string &Of,
                          const std::set<uint64_t> &Addresses, const SymbolizeOptions &Options, Names &Known);

} // namespace connsan::report
