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

/// Every truncation, and every byte with some of its bits changed. `WhatIsWrong` is empty for a good file.
template<class Function> void expectDamageIsFound(llvm::StringRef Bytes, Function WhatIsWrong) {
  for (std::size_t Size = 0; Size < Bytes.size(); ++Size)
    EXPECT_NE(WhatIsWrong(Bytes.take_front(Size)), "") << Size;
  for (std::size_t At = 0; At < Bytes.size(); ++At)
    for (unsigned char Flip : {0x01, 0x80, 0xff}) {
      std::string Damaged = Bytes.str();
      Damaged[At] = char(Damaged[At] ^ Flip);
      EXPECT_NE(WhatIsWrong(Damaged), "") << At;
    }
}

/// Files whose payload anybody may have written, with a checksum that is right: `Accepts` uses a file and
/// tells whether it could be used.
template<class Function> void expectForgeriesAreSurvived(const std::string &Bytes, Function Accepts) {
  const std::string Payload = payloadOf(Bytes);
  ASSERT_TRUE(Accepts(withPayload(Bytes, Payload)));
  unsigned Accepted = 0;
  for (std::size_t At = 0; At < Payload.size(); ++At)
    for (unsigned char Value : {0x00, 0x01, 0x02, 0x05, 0x3f, 0x7f, 0x80, 0xff}) {
      std::string Forged = Payload;
      Forged[At] = char(Value);
      Accepted += Accepts(withPayload(Bytes, Forged));
    }
  EXPECT_GT(Accepted, 0U);
  for (std::size_t Size = 0; Size < Payload.size(); ++Size)
    EXPECT_FALSE(Accepts(withPayload(Bytes, llvm::StringRef(Payload).take_front(Size)))) << Size;
}

} // namespace connsan
