#pragma once

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <vector>

namespace connsan {

/// What one SQL statement does to the transaction of the session that runs it.
enum class SqlCommand : std::uint8_t {
  Other,    ///< nothing
  Unknown,  ///< not to be told
  Begin,    ///< BEGIN, START TRANSACTION
  Commit,   ///< COMMIT, END, PREPARE TRANSACTION
  RollBack, ///< ROLLBACK, ABORT
  Chain,    ///< COMMIT or ROLLBACK, AND CHAIN: ends it and begins the next one
};

/// The statements of a text, in order. `GoesOn`: it is the beginning of a longer text that is not known.
/// Conversions of printf and placeholders such as {} are unknown pieces of a statement; they hold no
/// semicolon. Any bytes will do.
std::vector<SqlCommand> sqlCommands(llvm::StringRef Text, bool GoesOn = false);

} // namespace connsan
