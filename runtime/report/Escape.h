#pragma once

#include <string>
#include <string_view>

namespace connsan::runtime {

/// For a line of text: what could end the line or steer a terminal becomes \xNN. UTF-8 stays as it is.
std::string escapeText(std::string_view Raw);

/// A value of `key=value`: escaped, and quoted when it would not stand for itself.
std::string textValue(std::string_view Raw);

/// A JSON string with its quotes. Bytes that are not UTF-8 become U+FFFD.
std::string jsonString(std::string_view Raw);

} // namespace connsan::runtime
