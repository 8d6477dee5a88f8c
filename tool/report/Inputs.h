#pragma once

#include "Report.h"

#include <string>
#include <vector>

namespace connsan::report {

/// A file to be read, and what it is called: the two differ of one that is read through /proc.
struct Input {
  std::string Path, Name;
  /// Of a process that lives below another root directory.
  std::string Root = {};
  /// ms since 1970: the state of a process that began earlier is passed over.
  int64_t NotBefore = 0;
};

/// The files that `Arguments` name; of a directory those in it that the runtime writes. What names nothing
/// goes into `Problems`.
std::vector<Input> findInputs(const std::vector<std::string> &Arguments, std::vector<std::string> &Problems);

/// Reads them all: states first, which know more than logs.
void readInputs(const std::vector<Input> &Inputs, Report &R);
} // namespace connsan::report
