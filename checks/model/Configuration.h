#pragma once

#include "Model.h"

#include "llvm/Support/VirtualFileSystem.h"

namespace connsan {

/// The built-in models and what the nearest `.connsan.yaml` adds.
struct Configuration {
  ModelSet Models;
  std::vector<std::string> Excluded; ///< absolute path prefixes
  std::string Error;                 ///< one line; empty when all was read
};

/// Looks for `.connsan.yaml` in the directory of a source file and upwards. With an error, the built-in
/// models hold.
Configuration configurationFor(llvm::StringRef SourceFile, llvm::vfs::FileSystem &Files);

} // namespace connsan
