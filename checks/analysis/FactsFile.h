#pragma once

#include "UnitFacts.h"

#include "llvm/Support/Error.h"

/// The facts of a translation unit as bytes: docs/facts.md says what is in them and what makes them stale.
namespace connsan {

/// What the name of a file of facts ends in.
inline constexpr llvm::StringLiteral FactsFileEnding = ".facts";

/// The same facts give the same bytes.
std::string encodeFacts(UnitFacts Unit);

/// The error says in one line, without the name of the file, why the bytes cannot be used. What is returned
/// is safe to analyze, whoever wrote it.
llvm::Expected<UnitFacts> decodeFacts(llvm::StringRef Bytes);

/// The same for a part of it, in a fraction of the time.
llvm::Expected<UnitInputs> decodeInputs(llvm::StringRef Bytes);

} // namespace connsan
