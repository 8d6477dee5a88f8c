#pragma once

#include "Report.h"

#include <ostream>

namespace connsan::report {

struct TextOptions {
  bool Color = false;
  /// Connections listed of each site; 0: all.
  unsigned Connections = 5;
  /// Sites of which nothing is open, held or leaked as well.
  bool AllSites = false;
  /// Before the first line.
  std::string Title;
  /// Tells which options of `connsan report` show more.
  bool Hints = true;
};

/// Whether there is something at the site that somebody should look at.
bool isTold(const Site &S);

/// The report as a person reads it in a terminal.
void writeText(std::ostream &Out, const Report &R, const TextOptions &Options);

} // namespace connsan::report
