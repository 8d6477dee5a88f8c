#pragma once

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Compression.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/xxhash.h"
#include "gtest/gtest.h"

/// Files of connsan with another content, whose checksum is right.
namespace connsan {

// What is at the start of a file: a line of text, the format, a checksum of the rest, its size when it is not
// compressed.
inline constexpr std::size_t FormatAt = 14;
inline constexpr std::size_t ChecksumAt = FormatAt + 4;
inline constexpr std::size_t SizeAt = ChecksumAt + 8;
inline constexpr std::size_t PayloadAt = SizeAt + 4;

inline std::string payloadOf(llvm::StringRef Bytes) {
  llvm::SmallVector<std::uint8_t, 0> Payload;
  llvm::cantFail(llvm::compression::zstd::decompress(llvm::arrayRefFromStringRef(Bytes.drop_front(PayloadAt)),
                                                     Payload,
                                                     llvm::support::endian::read32le(Bytes.data() + SizeAt)));
  return llvm::toStringRef(Payload).str();
}

/// The file with another payload, as its writer would have written it.
inline std::string withPayload(std::string Bytes, llvm::StringRef Payload) {
  llvm::SmallVector<std::uint8_t, 0> Compressed;
  llvm::compression::zstd::compress(llvm::arrayRefFromStringRef(Payload), Compressed, /*Level=*/1);
  Bytes.resize(PayloadAt);
  llvm::support::endian::write32le(&Bytes[SizeAt], Payload.size());
  Bytes += llvm::toStringRef(Compressed);
  llvm::support::endian::write64le(&Bytes[ChecksumAt],
                                   llvm::xxh3_64bits(llvm::StringRef(Bytes).drop_front(SizeAt)));
  return Bytes;
}

} // namespace connsan
