#pragma once

#include "Summary.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"

namespace connsan {

/// Which places of a function may still be read. A place is a variable, or a field of one.
class Liveness {
public:
  static constexpr std::uint32_t Whole = ~std::uint32_t{0};
  using Set = llvm::BitVector; ///< of places

  Liveness(const FunctionFacts &Facts, const SummaryLookup &Lookup);

  /// What is live at one point.
  struct Places {
    Set Read;
    /// Read by something that depends on the value: a condition, a copy, a function that is known. What is
    /// only handed to unknown functions is of no account for what it says, but for where it points.
    Set Tested;
  };

  const Places &atStart(BlockId Block) const { return Starts[Block]; }
  /// The places that are read or tested less at the start of one block than at the start of the other:
  /// variables, and fields or `Whole`. Valid until it is asked again.
  using Deaths = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
  const Deaths &deathsBetween(BlockId From, BlockId To) const;

  /// `Field` is the number of a string, or `Whole`.
  bool isRead(const Places &Here, std::uint32_t Variable, std::uint32_t Field) const {
    return isIn(Here.Read, AlwaysRead, Variable, Field);
  }
  bool isTested(const Places &Here, std::uint32_t Variable, std::uint32_t Field) const {
    return isIn(Here.Tested, AlwaysTested, Variable, Field);
  }

  /// Whether anything anywhere depends on what the variable holds.
  bool isEverTested(std::uint32_t Variable) const { return EverTested.test(any(Variable)); }
  /// Whether a place of a global holds a pointer.
  bool isOutsidePointer(std::uint32_t Variable, std::uint32_t Field) const {
    return isIn(PointersOutside, PointersOutside, Variable, Field);
  }

private:
  struct Uses;
  struct Address {
    std::uint32_t Variable = Whole;
    std::uint32_t Field = Whole;
    bool IsPart = false; ///< it is somewhere inside of that place
  };

  /// Every variable has a number for reads of all of it and one for reads of any part of it.
  static std::uint32_t all(std::uint32_t Variable) { return 2 * Variable; }
  static std::uint32_t any(std::uint32_t Variable) { return 2 * Variable + 1; }
  void addField(std::uint32_t Variable, std::uint32_t Field);
  Set noPlaces() const { return Set(2 * Facts.Variables.size() + FieldNames.size()); }
  void follow(const Fact &F, std::vector<Address> &AddressIn) const;
  void findFields();
  void read(const Address &At, Set &Into, const Set &Except) const;
  void write(const Address &At, Set &Into) const;
  bool isIn(const Set &Here, const Set &Always, std::uint32_t Variable, std::uint32_t Field) const;
  std::pair<bool, bool> isForeign(const Callee &C) const;
  Places atEnd(BlockId Block) const;
  Uses usesOf(const Block &B);
  void solve(const std::vector<Uses> &Blocks);

  const FunctionFacts &Facts;
  const SummaryLookup &Lookup;
  llvm::DenseMap<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> Fields;
  std::vector<Set> FieldsOf;                                       ///< variables; empty where there is none
  std::vector<std::pair<std::uint32_t, std::uint32_t>> FieldNames; ///< of the places that are fields
  Set Globals;                                                     ///< their places
  Set PointersOutside; ///< places of globals that hold pointers, which a caller wants to know
  Set AlwaysRead;
  Set AlwaysTested;
  Set EverTested;
  std::vector<Places> Starts;
  mutable llvm::DenseMap<std::pair<BlockId, BlockId>, Deaths> KnownDeaths;
};

} // namespace connsan
