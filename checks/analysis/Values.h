#pragma once

#include "Facts.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/SmallVector.h"

#include <compare>
#include <map>
#include <optional>
#include <vector>

/// The values that the analysis computes with: numbers, addresses, and symbols for what it does not know.
namespace connsan {

using SymbolId = std::uint32_t;
using RegionId = std::uint32_t;
/// The position of a fact in its function, counted over all blocks.
using Site = std::uint32_t;

struct Value {
  enum class Kind : std::uint8_t { Undefined, Integer, Symbol, Predicate, Address, Text, Function };
  Kind What = Kind::Undefined;
  CompareOp Op = CompareOp::Equal; ///< of a predicate: symbol Id Op Number
  std::uint32_t Id = 0;
  std::int64_t Number = 0;

  static Value integer(std::int64_t N) { return {Kind::Integer, CompareOp::Equal, 0, N}; }
  static Value symbol(SymbolId S) { return {Kind::Symbol, CompareOp::Equal, S, 0}; }
  static Value predicate(SymbolId S, CompareOp Op, std::int64_t N) { return {Kind::Predicate, Op, S, N}; }
  static Value address(RegionId R) { return {Kind::Address, CompareOp::Equal, R, 0}; }
  /// `GoesOn`: that is how it begins.
  static Value text(std::uint32_t String, bool GoesOn = false) {
    return {Kind::Text, CompareOp::Equal, String, GoesOn};
  }
  static Value function(std::uint32_t Callee) { return {Kind::Function, CompareOp::Equal, Callee, 0}; }

  bool isSymbol() const { return What == Kind::Symbol; }
  bool isAddress() const { return What == Kind::Address; }
  bool isInteger() const { return What == Kind::Integer; }
  bool mentionsSymbol() const { return What == Kind::Symbol || What == Kind::Predicate; }
  bool isNull() const { return isInteger() && Number == 0; }
  bool operator==(const Value &) const = default;
};

/// The comparison that holds when the other does not.
CompareOp opposite(CompareOp Op);

/// What is known of a symbol: an interval, and a few values that it is not.
class Range {
public:
  bool isAny() const;
  std::optional<std::int64_t> single() const;
  bool admits(std::int64_t N) const;
  /// Narrows to the values for which `x Op N` is Truth; false when none is left.
  bool restrict(CompareOp Op, std::int64_t N, bool Truth);
  /// Whether `x Op N` is decided.
  std::optional<bool> decide(CompareOp Op, std::int64_t N) const;
  /// Narrows to what the other holds too; false when nothing is left.
  bool intersect(const Range &Other);
  bool contains(const Range &Other) const;
  /// The smallest range that holds both.
  static Range hull(const Range &A, const Range &B);
  std::int64_t low() const { return Low; }
  std::int64_t high() const { return High; }
  llvm::ArrayRef<std::int64_t> excluded() const { return Not; }
  /// Whether it is as the other members leave one.
  bool isSound() const;
  bool operator==(const Range &) const = default;
  template<class Io> friend void layout(Io &To, Range &R) { To(R.Low, R.High, R.Not); }

private:
  bool normalize();
  std::int64_t Low = INT64_MIN;
  std::int64_t High = INT64_MAX;
  llvm::SmallVector<std::int64_t, 1> Not; ///< sorted
};

struct Symbol {
  enum class Kind : std::uint8_t {
    Initial, ///< what region A held when the function was entered
    Result,  ///< of the fact at site A; B counts results of one site that live at the same time
    Derived, ///< function A of Left and Right
    Written, ///< what region B holds after the fact at site A wrote something unknown to it
    Merged,  ///< what region B holds where paths that differ in it were joined in block A
  };
  Kind What = Kind::Initial;
  std::uint32_t A = 0;
  std::uint32_t B = 0;
  Value Left = {};
  Value Right = {};
  bool operator==(const Symbol &) const = default;
};

/// The functions of derived symbols: comparisons, then what `Fact::Immediate` names, then pure functions by
/// name, then reads of a part of something that was written as a whole, and what says the same as a text of
/// the callers.
namespace derivation {
enum : std::uint32_t {
  LessThan = 1,
  EqualTo,
  FirstArithmetic = 16,
  FirstPure = 1 << 12,
  PartOf = 1 << 30,
  TextOf
};
} // namespace derivation

struct Region {
  enum class Kind : std::uint8_t { Variable, Field, Element, Pointee };
  Kind What = Kind::Variable;
  std::uint32_t Parent = 0; ///< a region; of a variable its number, of a pointee the pointing symbol
  std::int64_t Index = 0;   ///< of an element; of a field its name in `Strings`
  bool operator==(const Region &) const = default;
};

/// Where a region is. Places that belong together are next to each other in their order: those in one field
/// of one object, those in one object, those that the function's callers or others may know.
struct Place {
  std::uint32_t Root = 0; ///< a region; of those outside with the highest bit set
  std::uint32_t Field = 0;
  RegionId Region = 0;

  static constexpr std::uint32_t Outside = 1U << 31;
  auto operator<=>(const Place &) const = default;
};

/// Hash-consed symbols and regions of one function: the same thing always has the same number.
class ValueTable {
public:
  /// The variables have to live as long as the table.
  explicit ValueTable(llvm::ArrayRef<Variable> Variables = {}) : Variables(Variables) {}

  SymbolId symbol(const Symbol &S);
  RegionId region(const Region &R);
  std::size_t symbolCount() const { return Symbols.size(); }
  const Symbol &symbolAt(SymbolId S) const { return Symbols[S]; }
  const Region &regionAt(RegionId R) const { return Regions[R]; }

  RegionId variable(std::uint32_t Variable) { return region({Region::Kind::Variable, Variable, 0}); }
  RegionId field(RegionId Parent, std::uint32_t Name) { return region({Region::Kind::Field, Parent, Name}); }
  RegionId element(RegionId Parent, std::int64_t Index) {
    return region({Region::Kind::Element, Parent, Index});
  }
  RegionId pointee(SymbolId Pointer) { return region({Region::Kind::Pointee, Pointer, 0}); }

  /// The variable or pointee that a region is part of.
  RegionId root(RegionId R) const { return Places[R].Root & ~Place::Outside; }
  /// The field of its root that a region is, or is part of, as a name in `Strings`; `NoField` where it is
  /// none.
  std::uint32_t fieldOf(RegionId R) const { return Places[R].Field; }
  static constexpr std::uint32_t NoField = ~0U;
  const Place &placeOf(RegionId R) const { return Places[R]; }
  bool isWithin(RegionId R, RegionId Outer) const;
  /// Whether it is a global, or in an object that only others lead to: neither a parameter points to it nor
  /// something that was made here.
  bool isOfOthers(RegionId R) const;
  /// The symbols that are computed from this one with nothing in between.
  llvm::ArrayRef<SymbolId> derivedFrom(SymbolId S) const { return DependentsOf[S].Derived; }
  /// S and all symbols that are computed from it, or from what was read where one of them points.
  llvm::SmallSetVector<SymbolId, 8> dependents(SymbolId S) const;
  /// S and all symbols that are computed from it alone.
  llvm::SmallSetVector<SymbolId, 8> derivations(SymbolId S) const;
  /// The symbols for what an object, or one field of it, held at entry, as far as there are any.
  llvm::SmallVector<SymbolId, 4> initialsIn(RegionId Root, std::uint32_t Field = NoField) const;
  std::optional<SymbolId> initialOf(RegionId R) const { return InitialOf[R]; }
  /// What the symbol points to, if that was ever asked for.
  std::optional<RegionId> knownPointee(SymbolId Pointer) const { return DependentsOf[Pointer].Pointee; }
  bool hasDependents(SymbolId S) const { return !derivedFrom(S).empty() || knownPointee(S); }

private:
  std::vector<Symbol> Symbols;
  std::vector<Region> Regions;
  std::vector<Place> Places; ///< of the regions
  llvm::ArrayRef<Variable> Variables;
  struct Dependents {
    llvm::SmallVector<SymbolId, 2> Derived;
    std::optional<RegionId> Pointee;
  };
  std::vector<Dependents> DependentsOf; ///< symbols
  std::map<Place, SymbolId> Initials;
  std::vector<std::optional<SymbolId>> InitialOf; ///< regions
  llvm::DenseMap<std::uint64_t, std::vector<SymbolId>> SymbolIndex;
  llvm::DenseMap<std::uint64_t, std::vector<RegionId>> RegionIndex;
};

} // namespace connsan
