#pragma once

namespace connsan {

/// Called by a program that links the checks in, so that the linker keeps the registration.
void linkTidyModule();

} // namespace connsan
