#pragma once

#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Error.h"

/// What the files of connsan have in common: a line that says what they are, the number of their format, a
/// checksum, and the rest compressed. The same content gives the same bytes, as long as libzstd is the same.
namespace connsan {

struct FileFormat {
  llvm::StringRef Magic; ///< ends in a newline
  llvm::StringRef What;  ///< "file of facts"
  std::uint32_t Version;
};

std::string writePacked(const FileFormat &Format, llvm::StringRef Payload);

/// The error says in one line, without the name of the file, why the bytes cannot be used.
llvm::Expected<llvm::SmallVector<std::uint8_t, 0>> readPacked(const FileFormat &Format,
                                                              llvm::StringRef Bytes);

llvm::Error damagedFile();

} // namespace connsan
