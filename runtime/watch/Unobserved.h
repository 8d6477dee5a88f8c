#pragma once

/// Modules that reach a libpq without passing us: no connection of theirs is seen, which shall not be taken
/// for none.
namespace connsan::runtime {

/// Whether there are any. Does no I/O, and uses no heap when there are none.
bool haveUnobserved();

/// To be called on any thread before a library is unloaded, after which there may be none to be seen.
void rememberUnobserved();

/// Says of each, once, that it is not observed.
void reportUnobserved();

/// The same, when `Loads`, the number of modules loaded so far, has grown since the last time.
void reportUnobservedAmong(unsigned long long Loads);

/// In the child of a fork: nothing was said yet.
void forgetUnobserved();

} // namespace connsan::runtime
