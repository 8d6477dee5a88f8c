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

/// The same, when modules have been loaded since the last time.
void reportUnobservedIfLoaded();

/// In the child of a fork: nothing was said yet.
void forgetUnobserved();

} // namespace connsan::runtime
