#pragma once

#include <string>

namespace connsan::tool {

/// How a program ended.
struct Ended {
  /// Of one that could not be run: errno of exec. Nothing else holds then.
  int Error = 0;
  /// As waitpid tells it.
  int Status = 0;
};

/// Runs a program as a child and waits for its end. To whoever started us it looks as if we were the program:
/// signals that we are sent go on to it, we stop when it stops, and should we be killed, so is it.
Ended supervise(const std::string &Path, char **Arguments);

/// Ends this process in the way in which the other one ended.
[[noreturn]] void endLike(int Status);

} // namespace connsan::tool
