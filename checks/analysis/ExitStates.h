#pragma once

#include "Finding.h"
#include "Witness.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace connsan {

/// The states in which a function comes to its ways out. They tell where a release may be written: not what
/// one path does matters there, but what all of them do.
class ExitStates {
public:
  ExitStates(const FunctionFacts &Facts, ValueTable &Values) : Facts(Facts), Values(Values) {}

  /// To be called before the fact is executed.
  void add(const Fact &F, Site At, const State &Now);

  /// What else has to be known of the function.
  struct Context {
    const Witness::DeedMap &Releases;
    const Witness::DeedMap &Transfers;
    llvm::function_ref<bool(std::uint16_t)> IsMemory;      ///< that resource is no more than memory
    llvm::function_ref<bool(const Handover &)> IsBorrow;   ///< the callee has left it behind
    llvm::function_ref<bool(const Fact &)> AcquiresOrNull; ///< a call that returns nothing else
  };

  /// Whether the function may release what `Lost` speaks of right before the exit: on every path that gets
  /// there, its holder, a local variable, has such a resource or NULL, and nothing else is owed.
  bool mayRelease(const Violation &Lost, const Context &Known) const;

  /// Whether P is true of every state that gets to an exit, and some state does.
  bool all(SourcePoint Exit, llvm::function_ref<bool(const State &)> P) const {
    auto Here = Arrivals.find(Exit);
    return Here != Arrivals.end() && llvm::all_of(Here->second, [&](const Arrival &A) { return P(A.Now); });
  }

private:
  struct Arrival {
    Site At;
    std::optional<std::uint32_t> Ends; ///< the variable, where no jump is under way
    State Now;
  };
  std::optional<std::uint32_t> holderOf(const State &In, SymbolId S) const;
  bool holdsOrNull(const Arrival &A, std::uint32_t Holder, const Violation &Lost, const Context &Known) const;
  bool isNullOnOtherPaths(std::uint32_t Holder, Site Exit, const Context &Known) const;

  const FunctionFacts &Facts;
  ValueTable &Values;
  std::map<SourcePoint, std::vector<Arrival>> Arrivals;
};

} // namespace connsan
