#pragma once

namespace connsan::runtime {

/// CONNSAN_OPTIONS, or null. In a process that has cleared its environment, as some servers do for their
/// workers, as it was at the start.
const char *environmentOptions();

} // namespace connsan::runtime
