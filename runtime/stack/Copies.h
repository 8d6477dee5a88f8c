#pragma once

/// The same library can be preloaded a second time, under another name or in another version. The first in
/// the loader's order works; the others do nothing but forward, should they ever be reached.
namespace connsan::runtime {

bool isFirstCopy();

/// True of a function of this library or of a copy of it.
bool isOurs(const void *Function);

} // namespace connsan::runtime
