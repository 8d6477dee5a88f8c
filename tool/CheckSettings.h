#pragma once

#include <map>
#include <string>

namespace connsan::tool {

/// Options of all checks, by name, that go before what `.clang-tidy` says.
using CheckSettings = std::map<std::string, std::string>;

} // namespace connsan::tool
