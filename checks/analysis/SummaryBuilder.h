#pragma once

#include "Sites.h"
#include "Transfer.h"

#include "llvm/ADT/SetVector.h"

#include <map>
#include <set>

namespace connsan {

/// Turns the states at a function's end into what its callers need to know.
class SummaryBuilder {
public:
  SummaryBuilder(const FunctionFacts &Facts, ValueTable &Values, Transfer &Step, const Sites &Numbers)
      : Facts(Facts), Values(Values), Step(Step), Numbers(Numbers) {}

  /// A state in which the function returns.
  void addExit(const State &S);
  /// What the place held at entry was used.
  void addBorrow(RegionId Where, const Obligation &Owed);
  /// What the place holds afterwards is not known.
  void addWrite(RegionId Where) { Written.insert(Where); }
  /// Unknown code was given an argument.
  void addPassedOn(std::uint32_t Argument) { PassedOn.insert(Argument); }
  /// A statement that the callers know was run.
  void addRun(const State &S, RegionId Session, SymbolId Statement);
  /// A function was called that may throw.
  void addThrow() { MayThrow = true; }
  Summary take();

private:
  void addOutcome(Outcome O);
  Origin originOf(const Obligation &Owed) const;
  std::optional<Equality> equality(const Symbol &Question, const Range &Answer) const;
  bool keptIn(const State &In, SymbolId S) const;
  std::optional<AccessPath> placeOf(const State &In, SymbolId S) const;
  void addOneExit(const State &S);
  std::optional<AccessPath> pathOfStatus(SymbolId S) const;
  bool isKnownToCaller(SymbolId S) const;
  bool isOfNewObject(const AccessPath &Path) const;
  using NewObjects = std::map<SymbolId, AccessPath>;
  NewObjects newObjects(const State &S, const Outcome &O) const;
  std::optional<AccessPath> pathIntoNew(RegionId Where, const NewObjects &Objects) const;
  std::optional<AccessPath> pathOfConnection(const State &S, RegionId Session) const;
  void addActs(const State &S, Outcome &O);

  const FunctionFacts &Facts;
  ValueTable &Values;
  Transfer &Step;
  const Sites &Numbers;
  llvm::SmallSetVector<RegionId, 8> Written;
  std::set<std::uint32_t> PassedOn;
  DeclaredActs Runs;
  bool HasSeveral = false; ///< statements, or connections
  bool MayThrow = false;
  Summary Result;
};

} // namespace connsan
