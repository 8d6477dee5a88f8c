#pragma once

#include "nlohmann/json.hpp"

namespace connsan::report {

/// Puts a report into the form that the page has of it, which compresses to half: the connections become
/// columns
/// ({"size": N, "columns": {"acquired.at": [...]}}, null where a connection has no such member), and times
/// the differences to others that are near. page/report.js undoes it.
void pack(nlohmann::json &Report);

} // namespace connsan::report
