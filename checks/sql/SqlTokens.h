#pragma once

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <vector>

/// SQL as PostgreSQL's own scanner cuts it.
namespace connsan {

/// The words that say something of transactions, and what has to be known to find the end of a statement.
enum class SqlToken : std::uint8_t {
  Other, ///< anything else, names in double quotes too
  Operator,
  Semicolon,
  Open, ///< a parenthesis
  Close,
  Word, ///< a keyword that says nothing here, or a name
  Abort,
  And,
  Atomic,
  Begin,
  Case,
  Chain,
  Commit,
  Create,
  End,
  No,
  Prepare,
  Prepared,
  Rollback,
  Start,
  To,
  Transaction,
  Work,
};

struct SqlTokens {
  std::vector<SqlToken> Tokens; ///< without comments
  bool IsCut = false;           ///< the text ends in a quote or comment, or nothing can be told of its rest
};

/// Of any bytes; what follows a byte that is zero is cut off.
SqlTokens scanSql(llvm::StringRef Text);

} // namespace connsan
