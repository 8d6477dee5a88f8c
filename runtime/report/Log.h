#pragma once

#include <string>
#include <string_view>

/// Where reports go: standard error, or the two files of `log_path`.
namespace connsan::runtime {

/// Opens the files, or notes which file standard error is. Returns what went wrong, or nothing; reports then
/// go to standard error.
std::string openLog(const std::string &Prefix);

/// In the child of a fork: forgets the parent's files.
void forgetLog();

/// One whole text or JSON line; a newline is added to JSON. What cannot be written is dropped: the log never
/// goes to a descriptor that the program has since given another meaning.
void writeText(std::string_view Text);
void writeJson(std::string_view Line);

} // namespace connsan::runtime
