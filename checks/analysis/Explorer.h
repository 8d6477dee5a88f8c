#pragma once

#include "Finding.h"
#include "Summary.h"

#include <set>

#include <chrono>

/// The paths of one function: its facts executed on states until nothing new arrives anywhere.
namespace connsan {

/// Why a function was not analysed to its end.
enum class GiveUp : std::uint8_t { No, Errors, Blocks, States, Steps, Time };

struct Limits {
  unsigned Blocks = 200000;
  unsigned StatesPerBlock = 6;  ///< kept apart; more are joined where their obligations agree
  unsigned StatesPerLoop = 1;   ///< likewise, of those that come back to the head of a loop
  unsigned StatesOfOthers = 12; ///< kept apart for what becomes of resources that were there before
  unsigned MostStatesPerBlock = 64;
  unsigned StepsPerBlock = 200;           ///< on average: executions of a block
  std::chrono::milliseconds Time{10'000}; ///< of the CPU, for one function
};

/// What a member of its object is known to hold when a member function is entered.
struct HeldMember {
  std::string Field;
  std::string Resource;
  enum class Reason : std::uint8_t { Constructors, Destructor } Why = Reason::Constructors;
  SourcePoint At; ///< where that is to be seen
};

struct FunctionResult {
  std::vector<Finding> Findings;
  Summary Effects;
  std::set<std::string>
      Borrowers; ///< the USRs of unknown callees after which the function used what it had given
  /// The USRs of callees that came back with a transaction open: ended on all ways from there, or not.
  std::set<std::string> EndedFor;
  std::set<std::string> LeftOpenFor;
  GiveUp GaveUp = GiveUp::No;
  std::uint64_t GaveUpAfter = 0; ///< so many of them, or milliseconds
  bool Silenced = false;         ///< a limit made it forget that something is owed
};

FunctionResult explore(const FunctionFacts &Facts, const ModelSet &Models, const SummaryLookup &Lookup,
                       const Limits &Bounds, llvm::ArrayRef<HeldMember> Held = {});

/// The states in which each block is entered; what `connsan check --dump=state` prints.
std::string dumpStates(const FunctionFacts &Facts, const ModelSet &Models, const SummaryLookup &Lookup,
                       const Limits &Bounds);

} // namespace connsan
