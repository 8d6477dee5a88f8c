#pragma once

#include "SharedMap.h"
#include "Values.h"

/// What places hold, and which places hold a symbol.
namespace connsan {

class Memory {
  using CellMap = SharedMap<Place, Value>;

public:
  /// A place and what it holds; an undefined value is one that nobody has looked at since it was written.
  struct Cell {
    RegionId Where;
    Value Held;
  };
  using CellList = llvm::SmallVector<Cell, 4>;

  explicit Memory(const ValueTable &Values) : Values(&Values) {}

  const ValueTable &values() const { return *Values; }
  const Value *find(RegionId R) const { return Cells.find(Values->placeOf(R)); }
  void set(RegionId R, const Value &V);
  void erase(RegionId R);

  /// Whether R is part of something that nobody has looked at since it was written as a whole.
  bool isPartOfUnknown(RegionId R) const;

  /// Copies of all cells. Like those of the other lists, they may be changed while the list is walked.
  CellList all() const { return from({}); }
  /// Of the cells of R and of its parts.
  CellList within(RegionId R) const;
  /// Of those in one field of an object.
  CellList inField(RegionId Root, std::uint32_t Field) const;
  /// Of those of globals and behind pointers.
  CellList outside() const { return from({Place::Outside, 0, 0}); }

  /// Of those that hold S, what is computed from S and a number, or the address of what S points to.
  CellList cellsAbout(SymbolId S) const;
  /// Whether P is true of one of them; looks no further then.
  template<typename Predicate> bool anyAbout(SymbolId S, Predicate P) const {
    for (auto At = Subjects.lowerBound({S, Place{}}); At != Subjects.end() && At->first.first == S; ++At)
      if (const Place &Where = At->first.second; P(Cell{Where.Region, *Cells.find(Where)}))
        return true;
    return false;
  }
  bool isAnyAbout(SymbolId S) const;
  /// Whether some place holds S itself.
  bool isStored(SymbolId S) const;

  bool operator==(const Memory &Other) const { return Cells == Other.Cells; }
  /// Calls P(symbol) for each symbol that some place holds in one of them and not in the other. False as soon
  /// as P is.
  template<typename Predicate> static bool allStoredElsewhere(const Memory &A, const Memory &B, Predicate P) {
    return SubjectMap::allDifferences(A.Subjects, B.Subjects,
                                      [&](const auto &About, const bool *L, const bool *R) {
                                        return (L && *L) == (R && *R) || P(About.first);
                                      });
  }
  /// See SharedMap; with regions for keys.
  template<typename Predicate> static bool allDifferences(const Memory &A, const Memory &B, Predicate P) {
    return CellMap::allDifferences(A.Cells, B.Cells, [&](const Place &At, const Value *L, const Value *R) {
      return P(At.Region, L, R);
    });
  }

private:
  CellList from(const Place &First) const;
  static constexpr SymbolId NoSubject = ~SymbolId{0};
  /// The symbol that a value is about.
  SymbolId subjectOf(const Value &V) const;
  void changed(const Place &At, const Value *Old, const Value *New);

  const ValueTable *Values;
  CellMap Cells;
  using SubjectMap = SharedMap<std::pair<SymbolId, Place>, bool>;
  SubjectMap Subjects; ///< and whether the place holds the symbol itself
};

} // namespace connsan
