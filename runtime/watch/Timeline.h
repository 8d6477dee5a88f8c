#pragma once

#include "report/StateFile.h"
#include "report/StateLine.h"

namespace connsan::runtime {

/// How many connections were in each state, in a bounded number of lines: the longer the process lives, the
/// further they are apart.
class Timeline {
public:
  /// ms between two samples, at first.
  explicit Timeline(int64_t Period) : Period(Period) {}

  /// Adds a sample when it is time for one, and it says something new.
  void add(StateFile &File, const StateSample &S);
  /// In a file that was begun anew.
  void writeAll(StateFile &File);

private:
  void thinOut(StateFile &File);

  int64_t Period;
  std::vector<std::pair<StateSample, StateFile::Place>> Kept;
};

} // namespace connsan::runtime
