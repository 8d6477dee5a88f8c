#pragma once

#include "FactsLayout.h"
#include "PackedFile.h"
#include "PlaceBase.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/DataExtractor.h"
#include "llvm/Support/LEB128.h"
#include "llvm/Support/raw_ostream.h"

#include <cassert>
#include <set>

/// Structs as bytes, by their layout: a `layout` function names the fields of each. Numbers are LEB128, texts
/// stand in a table before the rest.
namespace connsan {

/// Every text and every callee once, by number.
class PackingTable {
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

/// Numbers are written as LEB128, places relative to the one before, the first one to `Base`.
class PackingWriter {
public:
  PackingWriter(PackingTable &Texts, PackingTable &Callees, PlaceBase Base = {})
      : Texts(Texts), Callees(Callees), Base(Base), LastPoint(Base.End.Raw) {}

  template<class... Fields> void operator()(Fields &...Each) { (field(Each), ...); }
  void number(std::uint64_t N) {
    std::uint8_t Encoded[MaxSize];
    Bytes.append(Encoded, Encoded + llvm::encodeULEB128(N, Encoded));
  }
  llvm::StringRef bytes() const { return Bytes; }

private:
  static constexpr std::size_t MaxSize = 10; ///< of a number of 64 bits

  void field(bool &B) { number(B); }
  /// Plus one: the highest number stands for none, and is to be short.
  void field(std::uint32_t &N) { number(std::uint32_t(N + 1)); }
  void field(std::uint64_t &N) { number(N); }
  void field(std::int64_t &N) {
    std::uint8_t Encoded[MaxSize];
    Bytes.append(Encoded, Encoded + llvm::encodeSLEB128(N, Encoded));
  }
  void field(SourcePoint &P) {
    const std::uint32_t Raw = Base.relative(P.Raw);
    const std::int64_t Step = std::int64_t(Raw) - LastPoint;
    const bool IsBack = Step < 0;
    number(Raw == 0 ? 0 : std::uint64_t(IsBack ? -Step : Step) * 2 + IsBack + 1);
    LastPoint = Raw == 0 ? LastPoint : Raw;
  }
  void field(SourcePlace &P) {
    number(P.Stretch - LastPlace.Stretch);
    number(P.Offset - (P.Stretch == LastPlace.Stretch ? LastPlace.Offset : 0));
    LastPlace = P;
  }
  void field(std::string &Text) { number(Texts.add(Text)); }
  /// What is there many times is written once.
  void field(Callee &C) {
    PackingWriter Alone(Texts, Callees);
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
  template<class T, unsigned N> void field(llvm::SmallVector<T, N> &Each) {
    number(Each.size());
    for (T &One : Each)
      field(One);
  }
  void field(std::set<std::string> &Each) {
    number(Each.size());
    for (const std::string &One : Each)
      number(Texts.add(One));
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

  PackingTable &Texts;
  PackingTable &Callees;
  std::string Bytes;
  PlaceBase Base;
  std::int64_t LastPoint;
  SourcePlace LastPlace;
};

/// After a mistake everything that is read is zero or empty.
class PackingReader {
public:
  explicit PackingReader(llvm::StringRef Bytes, PlaceBase Base = {})
      : In(Bytes, /*IsLittleEndian=*/true, /*AddressSize=*/8), Base(Base), LastPoint(Base.End.Raw) {}
  ~PackingReader() { llvm::consumeError(At.takeError()); }

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
    const std::uint64_t Step = number();
    if (Step == 0)
      return;
    const std::uint64_t Distance = (Step - 1) / 2;
    LastPoint += (Step - 1) % 2 == 0 ? Distance : -Distance;
    Wrong |= LastPoint > UINT32_MAX;
    P.Raw = Base.absolute(std::uint32_t(LastPoint));
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
  template<class T> void field(std::vector<T> &Each) { elements(Each); }
  template<class T, unsigned N> void field(llvm::SmallVector<T, N> &Each) { elements(Each); }
  void field(std::set<std::string> &Each) {
    std::uint64_t Size = size();
    for (std::uint64_t I = 0; I < Size && At && !Wrong; ++I) {
      std::string One;
      field(One);
      Each.insert(std::move(One));
    }
  }
  template<class Container> void elements(Container &Each) {
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
  PlaceBase Base;
  std::uint64_t LastPoint;
  SourcePlace LastPlace;
  std::vector<llvm::StringRef> Texts;
  std::vector<Callee> Callees;
};

inline void PackingReader::tables() {
  std::uint64_t Count = size();
  for (std::uint64_t I = 0; I < Count && At && !Wrong; ++I)
    Texts.push_back(In.getBytes(At, size()));
  Count = size();
  for (std::uint64_t I = 0; I < Count && At && !Wrong; ++I)
    layout(*this, Callees.emplace_back());
}

inline std::string withTables(const PackingTable &Texts, const PackingTable &Callees,
                              const PackingWriter &Body) {
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
  return Payload;
}

/// The value and its tables.
template<class T> std::string pack(T &Value, PlaceBase Base = {}) {
  PackingTable Texts;
  PackingTable Callees;
  PackingWriter Body(Texts, Callees, Base);
  layout(Body, Value);
  return withTables(Texts, Callees, Body);
}

/// The first part of a value, as far as the bytes have one. Its numbers may stand for nothing.
template<class T> T unpackStart(llvm::StringRef Bytes) {
  PackingReader From(Bytes);
  From.tables();
  T Value;
  layout(From, Value);
  return Value;
}

/// False when the bytes are not those of such a value. Its numbers may stand for nothing.
template<class T> bool unpack(llvm::StringRef Bytes, T &Value, PlaceBase Base = {}) {
  PackingReader From(Bytes, Base);
  From.tables();
  layout(From, Value);
  return From.isAtEnd();
}

/// The value that is in a file. The error says in one line, without the name of the file, what is wrong.
template<class T> llvm::Expected<T> readPackedValue(const FileFormat &Format, llvm::StringRef Bytes) {
  llvm::Expected<llvm::SmallVector<std::uint8_t, 0>> Payload = readPacked(Format, Bytes);
  if (!Payload)
    return Payload.takeError();
  T Value;
  if (!unpack(llvm::toStringRef(*Payload), Value))
    return damagedFile();
  return Value;
}

} // namespace connsan
