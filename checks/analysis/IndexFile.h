#pragma once

#include "SummaryIndex.h"

#include "llvm/Support/Error.h"

/// An index as bytes: docs/index.md says what is in it.
namespace connsan {

/// The same index gives the same bytes.
std::string encodeIndex(const SummaryIndex &Index);

/// The error says in one line, without the name of the file, why the bytes cannot be used. What is returned
/// is safe to analyze with, whoever wrote it.
llvm::Expected<SummaryIndex> decodeIndex(llvm::StringRef Bytes);

} // namespace connsan
