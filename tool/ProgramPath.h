#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace connsan::tool {

/// The program as the shell would find it. What is wrong is told in `Problem`.
std::optional<std::filesystem::path> findProgram(const std::string &Name, std::string &Problem);

} // namespace connsan::tool
