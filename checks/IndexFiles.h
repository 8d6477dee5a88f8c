#pragma once

#include "analysis/SummaryIndex.h"

#include "llvm/Support/VirtualFileSystem.h"

/// Index files: where they are looked for, and each read once by a process.
namespace connsan {

/// The index above a source file, in `.connsan` of its directory or of one further up; empty when there is
/// none.
std::string findIndex(llvm::StringRef SourceFile, llvm::vfs::FileSystem &Files);

/// Null with one line in `Problem` when the file cannot be used. What was read is kept until the file
/// changes. Thread-safe.
std::shared_ptr<const SummaryIndex> loadIndex(llvm::StringRef Path, llvm::vfs::FileSystem &Files,
                                              std::string &Problem);

} // namespace connsan
