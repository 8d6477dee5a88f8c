#pragma once

#include "llvm/ADT/StringRef.h"

/// What an object has that its source does not name. It is kept in fields that no program can have: what is
/// known of a connection moves, is joined and is forgotten as any other part of an object.
namespace connsan::hidden {

inline constexpr char Mark = '#';

/// Of a connection: the transaction that is open, or 0 when none is.
inline constexpr llvm::StringLiteral Transaction = "#transaction";
/// Of a connection: how the transaction was ended that its callers may have begun, a `SessionAct::Kind`.
inline constexpr llvm::StringLiteral Ended = "#ended";
/// Of a connection: a statement of the callers that was run, by how that ended.
inline constexpr llvm::StringLiteral Ran[] = {"#command", "#rows", "#failed"};
/// Of a connection: a statement that was sent, and where.
inline constexpr llvm::StringLiteral Sent = "#sent";
inline constexpr llvm::StringLiteral SentAt = "#sent at";
/// Of a connection: a prepared statement; its name follows.
inline constexpr llvm::StringLiteral Prepared = "#prepared ";
/// A variable of the program: the connection of functions that are given none.
inline constexpr llvm::StringLiteral Connection = "#";
/// Of an object that is a text: what it says.
inline constexpr llvm::StringLiteral Text = "#text";

inline bool isName(llvm::StringRef Field) {
  return Field.starts_with(llvm::StringRef(&Mark, 1));
}

} // namespace connsan::hidden
