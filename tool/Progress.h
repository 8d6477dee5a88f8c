#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace connsan::tool {

/// One line on the terminal that says how far a stage has come, once it takes longer than a moment; nothing
/// where standard error is no terminal. The line is gone when this is.
class Progress {
public:
  Progress(std::string What, std::size_t Total);
  ~Progress();
  Progress(const Progress &) = delete;
  Progress &operator=(const Progress &) = delete;
  /// To be called now and then.
  void show(std::size_t Done);

private:
  std::string What; ///< "parsing"
  std::size_t Total;
  bool IsTerminal;
  bool IsShown = false;
  std::chrono::steady_clock::time_point Start = std::chrono::steady_clock::now();
};

} // namespace connsan::tool
