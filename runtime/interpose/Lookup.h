#pragma once

namespace connsan::runtime {

/// The function as seen from `Handle`, unless that leads back to a wrapper of ours.
void *lookUp(void *Handle, const char *Name);

/// A handle of the module that holds `Address`, to be closed by closeHandle; null of the program itself. A
/// library that was opened for local use is not behind us in the global order, but its user's handle leads
/// there.
void *handleOf(const void *Address);

/// The function that a call from `Caller` (a return address) would have reached without us, or null.
void *nextFunction(const char *Name, const void *Caller);

} // namespace connsan::runtime
