#pragma once

#include <string_view>

namespace connsan::runtime {

/// Takes the items of which `IsOurs` is true out of the value of LD_PRELOAD, in place; the others keep their
/// order and the separator before them. What becomes free at the end is zeroed. True when something was taken
/// out.
bool removePreloaded(char *List, bool (*IsOurs)(std::string_view Item));

} // namespace connsan::runtime
