#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace connsan::report {

/// A program that is run for the lines that it prints. It can go wrong in any way.
struct Subprocess {
  std::vector<std::string> Arguments; // the program's path is the first
  std::string Input;
  std::chrono::seconds Patience{}; // until a program that says nothing is ended

  /// Calls `OnLine` for each line until it returns false, which ends the program.
  /// Returns what went wrong, as in "llvm-symbolizer ...", or nothing.
  std::string run(const std::function<bool(std::string_view)> &OnLine) const;
};

} // namespace connsan::report
