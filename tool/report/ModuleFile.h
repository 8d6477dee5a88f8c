#pragma once

#include "Symbolize.h"

#include <filesystem>
#include <string>
#include <vector>

namespace connsan::report {

/// Where names for a module's addresses can be read.
struct ModuleFile {
  std::filesystem::path Path; // of its program or library, or of its debug information; empty without one
  std::string Missing;        // why there is no such file
};

/// The file of just the build that ran, as far as the build-id tells.
ModuleFile findModuleFile(const Module &M, const SymbolizeOptions &Options);

/// Where debug information is kept by build-id.
std::vector<std::string> debugDirectories(const SymbolizeOptions &Options);

} // namespace connsan::report
