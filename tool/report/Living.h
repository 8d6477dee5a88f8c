#pragma once

#include "Inputs.h"

namespace connsan::report {

/// The state of a live process on this host, as far as it keeps one. What there is to say instead goes into
/// `Problems`.
std::vector<Input> findState(int Pid, std::vector<std::string> &Problems);

/// Of all processes that may be looked into.
std::vector<Input> findStates(std::vector<std::string> &Problems);

} // namespace connsan::report
