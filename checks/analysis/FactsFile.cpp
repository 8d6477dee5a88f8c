#include "FactsFile.h"

#include "FactsLayout.h"
#include "FactsSoundness.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Compression.h"
#include "llvm/Support/DataExtractor.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/LEB128.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

namespace connsan {
namespace {

constexpr llvm::StringLiteral Magic = "connsan facts\n";
/// Raised with every change of FactsLayout.h, and when the same source is lowered to other facts.
constexpr std::uint32_t Version = 5;

struct Header {
  llvm::support::ulittle32_t Format;
  llvm::support::ulittle64_t Checksum; ///< of what follows: a size, and so many bytes compressed
};
using PayloadSize = llvm::support::ulittle32_t;
/// More than any source comes to; what claims to be larger would only take memory.
constexpr std::uint32_t MostBytes = 1U << 30;

/// Every text and every callee once, by number.
class Table {
public:
  std::size_t add(llvm::StringRef Bytes) {
    auto [It, New] = Numbers.try_emplace(Bytes, InOrder.size());
    if (New)
      InOrder.push_back(It->getKey());
    return It->second;
  }
  llvm::ArrayRef<llvm::StringRef> all() const { return InOrder; }

private:
  llvm::StringMap<std::size_t> Numbers;
  std::vector<llvm::StringRef> InOrder;
};

/// Numbers are written as LEB128, places relative to the one before.
class Writer {
public:
  Writer(Table &Texts, Table &Callees) : Texts(Texts), Callees(Callees) {}

  template<class... Fields> void operator()(Fields &...Each) { (field(Each), ...); }
  void number(std::uint64_t N) { llvm::encodeULEB128(N, Out); }
  llvm::StringRef bytes() const { return Bytes; }

private:
  void field(bool &B) { number(B); }
  /// Plus one: the highest number stands for none, and is to be short.
  void field(std::uint32_t &N) { number(std::uint32_t(N + 1)); }
  void field(std::uint64_t &N) { number(N); }
  void field(std::int64_t &N) { llvm::encodeSLEB128(N, Out); }
  void field(SourcePoint &P) {
    llvm::encodeSLEB128(std::int64_t(P.Raw) - LastPoint, Out);
    LastPoint = P.Raw;
  }
  void field(SourcePlace &P) {
    number(P.Stretch - LastPlace.Stretch);
    number(P.Offset - (P.Stretch == LastPlace.Stretch ? LastPlace.Offset : 0));
    LastPlace = P;
  }
  void field(std::string &Text) { number(Texts.add(Text)); }
  void field(Callee &C) {
    Writer Alone(Texts, Callees);
    layout(Alone, C);
    number(Callees.add(Alone.bytes()));
  }
  void field(std::vector<bool> &Bits) {
    number(Bits.size());
    for (bool Bit : Bits)
      number(Bit);
  }
  template<class T> void field(std::vector<T> &Each) {
    number(Each.size());
    for (T &One : Each)
      field(One);
  }
  template<class T> void field(std::optional<T> &Maybe) {
    number(Maybe.has_value());
    if (Maybe)
      field(*Maybe);
  }
  template<class T> void field(std::shared_ptr<T> &Maybe) {
    number(Maybe != nullptr);
    if (Maybe)
      field(*Maybe);
  }
  template<class T> void field(T &Value) {
    if constexpr (std::is_enum_v<T>) {
      assert(Value <= LastOf<T> && "FactsLayout.h does not know this one");
      number(std::uint64_t(Value));
    } else {
      layout(*this, Value);
    }
  }

  Table &Texts;
  Table &Callees;
  std::string Bytes;
  llvm::raw_string_ostream Out{Bytes};
  std::int64_t LastPoint = 0;
  SourcePlace LastPlace;
};

/// After a mistake everything that is read is zero or empty.
class Reader {
public:
  explicit Reader(llvm::StringRef Bytes) : In(Bytes, /*IsLittleEndian=*/true, /*AddressSize=*/8) {}
  ~Reader() { llvm::consumeError(At.takeError()); }

  void tables();
  template<class... Fields> void operator()(Fields &...Each) { (field(Each), ...); }
  /// Whether all was read, and there is no more.
  bool isAtEnd() { return At && !Wrong && In.eof(At); }

private:
  std::uint64_t number() { return Wrong ? 0 : In.getULEB128(At); }
  std::uint64_t numberBelow(std::uint64_t Limit) {
    std::uint64_t N = number();
    Wrong |= N >= Limit;
    return Wrong ? 0 : N;
  }
  /// Everything takes a byte at least, so that a wrong size cannot ask for more than a multiple of the file.
  std::uint64_t size() { return numberBelow(In.size() - At.tell() + 1); }

  void field(bool &B) { B = numberBelow(2) != 0; }
  void field(std::uint32_t &N) { N = std::uint32_t(numberBelow(std::uint64_t(1) << 32)) - 1; }
  void field(std::uint64_t &N) { N = number(); }
  void field(std::int64_t &N) { N = Wrong ? 0 : In.getSLEB128(At); }
  void field(SourcePoint &P) {
    std::int64_t Step = 0;
    field(Step);
    LastPoint += std::uint64_t(Step);
    Wrong |= LastPoint > UINT32_MAX;
    P.Raw = std::uint32_t(LastPoint);
  }
  void field(SourcePlace &P) {
    P.Stretch = LastPlace.Stretch + std::uint32_t(number());
    P.Offset = (P.Stretch == LastPlace.Stretch ? LastPlace.Offset : 0) + std::uint32_t(number());
    LastPlace = P;
  }
  void field(std::string &Text) {
    if (std::uint64_t Which = numberBelow(Texts.size()); !Wrong)
      Text = Texts[Which].str();
  }
  void field(Callee &C) {
    if (std::uint64_t Which = numberBelow(Callees.size()); !Wrong)
      C = Callees[Which];
  }
  void field(std::vector<bool> &Bits) {
    Bits.resize(size());
    for (auto &&Bit : Bits)
      Bit = numberBelow(2) != 0;
  }
  template<class T> void field(std::vector<T> &Each) {
    std::uint64_t Size = size();
    for (std::uint64_t I = 0; I < Size && At && !Wrong; ++I)
      field(Each.emplace_back());
  }
  template<class T> void field(std::optional<T> &Maybe) {
    if (numberBelow(2) != 0)
      field(Maybe.emplace());
  }
  template<class T> void field(std::shared_ptr<T> &Maybe) {
    if (numberBelow(2) != 0)
      field(*(Maybe = std::make_shared<T>()));
  }
  template<class T> void field(T &Value) {
    if constexpr (std::is_enum_v<T>)
      Value = T(numberBelow(std::uint64_t(LastOf<T>) + 1));
    else
      layout(*this, Value);
  }

  llvm::DataExtractor In;
  llvm::DataExtractor::Cursor At{0};
  bool Wrong = false;
  std::uint64_t LastPoint = 0;
  SourcePlace LastPlace;
  std::vector<llvm::StringRef> Texts;
  std::vector<Callee> Callees;
};

void Reader::tables() {
  std::uint64_t Count = size();
  for (std::uint64_t I = 0; I < Count && At && !Wrong; ++I)
    Texts.push_back(In.getBytes(At, size()));
  Count = size();
  for (std::uint64_t I = 0; I < Count && At && !Wrong; ++I)
    layout(*this, Callees.emplace_back());
}

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

llvm::Error damaged() {
  return unusable("is damaged; write it again");
}

} // namespace

std::string encodeFacts(UnitFacts Unit) {
  Table Texts;
  Table Callees;
  Writer Body(Texts, Callees);
  layout(Body, Unit);

  std::string Payload;
  llvm::raw_string_ostream Out(Payload);
  llvm::encodeULEB128(Texts.all().size(), Out);
  for (llvm::StringRef Text : Texts.all()) {
    llvm::encodeULEB128(Text.size(), Out);
    Out << Text;
  }
  llvm::encodeULEB128(Callees.all().size(), Out);
  for (llvm::StringRef Callee : Callees.all())
    Out << Callee;
  Out << Body.bytes();

  llvm::SmallVector<std::uint8_t, 0> Compressed;
  llvm::compression::zstd::compress(llvm::arrayRefFromStringRef(Payload), Compressed);
  PayloadSize Size;
  Size = Payload.size();
  std::string Rest = (bytesOf(Size) + llvm::toStringRef(Compressed)).str();
  Header Head;
  Head.Format = Version;
  Head.Checksum = llvm::xxh3_64bits(Rest);
  return (Magic + bytesOf(Head) + Rest).str();
}

llvm::Expected<UnitFacts> decodeFacts(llvm::StringRef Bytes) {
  if (!Bytes.consume_front(Magic) || Bytes.size() < sizeof(Header))
    return unusable("is no file of facts");
  auto Head = take<Header>(Bytes);
  if (Head.Format != Version)
    return unusable("has format " + llvm::Twine(Head.Format) + " where this connsan has " +
                    llvm::Twine(Version) + "; write it again");
  if (Head.Checksum != llvm::xxh3_64bits(Bytes) || Bytes.size() < sizeof(PayloadSize))
    return damaged();
  auto Size = take<PayloadSize>(Bytes);
  llvm::SmallVector<std::uint8_t, 0> Payload;
  if (Size > MostBytes)
    return damaged();
  llvm::Error Error = llvm::compression::zstd::decompress(llvm::arrayRefFromStringRef(Bytes), Payload, Size);
  bool IsWhole = !Error && Payload.size() == Size;
  llvm::consumeError(std::move(Error));
  if (!IsWhole)
    return damaged();
  UnitFacts Unit;
  Reader From(llvm::toStringRef(Payload));
  From.tables();
  layout(From, Unit);
  if (!From.isAtEnd() || !isSound(Unit))
    return damaged();
  return Unit;
}

} // namespace connsan
