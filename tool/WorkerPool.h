#pragma once

#include <functional>
#include <string>
#include <vector>

namespace connsan::tool {

/// How one job ended.
struct JobResult {
  std::string Output;
  std::string Failure; ///< "crashed (signal 11)"; empty when it ended well
};

/// Runs `Job(I)` for I below Count, each in a process of its own and at most Workers at a time; the string
/// that a job returns is its output. A terminal is told how far they are; `Stage` says what they do. Results
/// are in the order of the jobs. The calling process must have one thread only.
std::vector<JobResult> runInProcesses(std::size_t Count, unsigned Workers, const std::string &Stage,
                                      const std::function<std::string(std::size_t)> &Job);

} // namespace connsan::tool
