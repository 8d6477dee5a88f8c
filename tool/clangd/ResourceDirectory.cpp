#include "Clangd.h"

#include "llvm/Support/FileSystem.h"

#include <string>

namespace connsan::editor {

#define GET_RESOURCES_PATH "_ZN5clang16GetResourcesPathB5cxx11EPKcPv"
std::string resourcesBeside(const char *Program, void *InProgram) CONNSAN_CLANGDS(GET_RESOURCES_PATH);
std::string resourceDirectory(const char *Program, void *InProgram) CONNSAN_OURS(GET_RESOURCES_PATH);

/// Clangd looks for the headers of its compiler beside itself, which is not where Debian has them.
std::string resourceDirectory(const char *Program, void *InProgram) {
  if (llvm::sys::fs::is_directory(CONNSAN_CLANG_RESOURCE_DIR))
    return CONNSAN_CLANG_RESOURCE_DIR;
  return resourcesBeside(Program, InProgram);
}

} // namespace connsan::editor
