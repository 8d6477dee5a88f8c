#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace connsan::tool {

/// Why no leak would be seen of `Program`, were it started with the runtime in `Library` preloaded: one line
/// for each reason, with what to do about it. Of a script it is the interpreter that is looked at. Empty when
/// nothing is known to stand in the way.
std::vector<std::string> obstaclesTo(const std::filesystem::path &Program,
                                     const std::filesystem::path &Library, bool FollowExec);

} // namespace connsan::tool
