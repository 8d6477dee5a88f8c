#pragma once

#include <filesystem>
#include <optional>

/// What belongs to the program `connsan`: beside it in the directory of a build, or where it was installed.
namespace connsan::tool {

/// The library that is preloaded, and where it is looked for last.
std::optional<std::filesystem::path> findRuntime();
extern const char *const RuntimeDirectory;

/// The program of the commands that need LLVM.
std::optional<std::filesystem::path> findChecker();

} // namespace connsan::tool
