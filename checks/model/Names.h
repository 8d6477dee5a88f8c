#pragma once

#include "llvm/ADT/StringRef.h"

#include <cstdint>

namespace connsan {

/// What the name of a function suggests, when nothing else is known of it.
enum class NameHint : std::uint8_t { None, Release, Store, Fatal, Signal };

/// Judged by whole words: `pool_close`, `closeConnection` and `Pool::close` read as a release, `disclose`
/// does not.
NameHint hintOf(llvm::StringRef QualifiedName);

/// Whether a function of that name may commit or roll back a transaction.
bool mayEndTransaction(llvm::StringRef QualifiedName);

/// Whether it reads as the end of a connection, rather than as its return to a pool.
bool closesConnection(llvm::StringRef QualifiedName);

} // namespace connsan
