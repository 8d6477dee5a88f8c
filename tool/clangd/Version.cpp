#include "Clangd.h"

#include <connsan/Version.h>

#include <string>

namespace connsan::editor {

#define VERSION_STRING "_ZN5clang6clangd13versionStringB5cxx11Ev"
std::string clangdVersion() CONNSAN_CLANGDS(VERSION_STRING);
std::string version() CONNSAN_OURS(VERSION_STRING);

/// Editors look for "clangd version".
std::string version() {
  return "connsan-clangd " CONNSAN_VERSION ", " + clangdVersion();
}

} // namespace connsan::editor
