#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

namespace connsan::report {

/// Writes the JSON of a report as one HTML page that needs nothing else. Returns what went wrong, or nothing.
std::string writePage(std::ostream &Out, std::string_view Json);

} // namespace connsan::report
