#pragma once

#include "llvm/ADT/StringRef.h"

namespace connsan {

/// What the name of a function suggests, when nothing else is known of it.
enum class NameHint { None, Release, Store, Fatal };

/// Judged by whole words: `pool_close`, `closeConnection` and `Pool::close` read as a release, `disclose`
/// does not.
NameHint hintOf(llvm::StringRef QualifiedName);

} // namespace connsan
