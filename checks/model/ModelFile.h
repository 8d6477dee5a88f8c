#pragma once

#include "Model.h"

#include "llvm/Support/MemoryBufferRef.h"

namespace connsan {

/// The contents of a `.connsan.yaml`.
struct ModelFile {
  struct ResourceType {
    std::string Resource;
    std::string Type;
  };
  std::vector<ResourceType> Types;
  std::vector<Model> Models;
  std::vector<std::string> Exclude; ///< path prefixes, relative to the file
};

/// Reads the form of `.connsan.yaml`. On a mistake returns nothing, and in `Error` one line of the form
/// "FILE:LINE:COLUMN: what was expected".
std::optional<ModelFile> parseModelFile(llvm::MemoryBufferRef Text, std::string &Error);

/// The built-in models, file by file.
std::vector<ModelFile> builtinModelFiles();

/// Adds what a file says to what is known already.
void addTo(ModelSet &Set, const ModelFile &File);

} // namespace connsan
