#pragma once

#include "Report.h"

#include <ostream>

namespace connsan::report {

/// The whole report as one JSON object, as docs/report.schema.json has it.
void writeJson(std::ostream &Out, const Report &R);

} // namespace connsan::report
