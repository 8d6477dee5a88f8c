#include "PackedFile.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Compression.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/xxhash.h"

namespace connsan {
namespace {

struct Header {
  llvm::support::ulittle32_t Format;
  llvm::support::ulittle64_t Checksum; ///< of what follows: a size, and so many bytes compressed
};
using PayloadSize = llvm::support::ulittle32_t;
/// More than any source comes to; what claims to be larger would only take memory.
constexpr std::uint32_t MostBytes = 1U << 30;

template<class T> llvm::StringRef bytesOf(const T &Value) {
  return {reinterpret_cast<const char *>(&Value), sizeof Value};
}

/// Of bytes that are enough.
template<class T> T take(llvm::StringRef &Bytes) {
  T Value;
  std::memcpy(&Value, Bytes.bytes_begin(), sizeof Value);
  Bytes = Bytes.drop_front(sizeof Value);
  return Value;
}

llvm::Error unusable(const llvm::Twine &Why) {
  return llvm::createStringError(Why);
}

} // namespace

llvm::Error damagedFile() {
  return unusable("is damaged; write it again");
}

std::string writePacked(const FileFormat &Format, llvm::StringRef Payload) {
  llvm::SmallVector<std::uint8_t, 0> Compressed;
  llvm::compression::zstd::compress(llvm::arrayRefFromStringRef(Payload), Compressed);
  PayloadSize Size;
  Size = Payload.size();
  std::string Rest = (bytesOf(Size) + llvm::toStringRef(Compressed)).str();
  Header Head;
  Head.Format = Format.Version;
  Head.Checksum = llvm::xxh3_64bits(Rest);
  return (Format.Magic + bytesOf(Head) + Rest).str();
}

llvm::Expected<llvm::SmallVector<std::uint8_t, 0>> readPacked(const FileFormat &Format,
                                                              llvm::StringRef Bytes) {
  if (!Bytes.consume_front(Format.Magic) || Bytes.size() < sizeof(Header))
    return unusable("is no " + Format.What);
  auto Head = take<Header>(Bytes);
  if (Head.Format != Format.Version)
    return unusable("has format " + llvm::Twine(Head.Format) + " where this connsan has " +
                    llvm::Twine(Format.Version) + "; write it again");
  if (Head.Checksum != llvm::xxh3_64bits(Bytes) || Bytes.size() < sizeof(PayloadSize))
    return damagedFile();
  // The plugin has the LLVM of whoever loads it.
  if (!llvm::compression::zstd::isAvailable())
    return unusable("is compressed with zstd, which this LLVM is built without");
  auto Size = take<PayloadSize>(Bytes);
  llvm::SmallVector<std::uint8_t, 0> Payload;
  if (Size > MostBytes)
    return damagedFile();
  llvm::Error Error = llvm::compression::zstd::decompress(llvm::arrayRefFromStringRef(Bytes), Payload, Size);
  bool IsWhole = !Error && Payload.size() == Size;
  llvm::consumeError(std::move(Error));
  if (!IsWhole)
    return damagedFile();
  return Payload;
}

} // namespace connsan
