#pragma once

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/VirtualFileSystem.h"

#include <memory>

namespace connsan::tool {

/// Finds the line and column of what clang-tidy knows by its offset only.
class SourceLines {
public:
  explicit SourceLines(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> From) : From(std::move(From)) {}
  /// All from 1; 0 in a file that cannot be read.
  struct Position {
    unsigned Line = 0;
    unsigned Column = 0;      ///< in bytes
    unsigned Utf16Column = 0; ///< in UTF-16 code units
  };
  Position find(llvm::StringRef Path, unsigned Offset);

private:
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> From;
  llvm::StringMap<std::unique_ptr<llvm::MemoryBuffer>> Files; ///< null: cannot be read
};

} // namespace connsan::tool
