#pragma once

#include "Memory.h"
#include "SharedMap.h"

#include "llvm/ADT/STLExtras.h"

/// What is true at one point of one path.
namespace connsan {

/// A call that was given the resource and about which nothing is known.
struct Handover {
  Site At = 0;
  /// What follows from it when the function never touches the resource again.
  enum class Reading : std::uint8_t { LikelyBorrow, LikelyKeep } Reads = Reading::LikelyBorrow;
  bool operator==(const Handover &) const = default;
};

struct Obligation {
  enum class Phase : std::uint8_t {
    Held,   ///< this function owes the release
    Stored, ///< it acquired it or was given it, and an object that outlives it holds the resource
    Used,   ///< it owes nothing, but has used the resource
    Released,
    Transferred,
  };
  Phase Now = Phase::Held;
  std::uint16_t Resource = 0; ///< a number of `Transfer`
  bool Acquired = false; ///< by this function, at `At`; else it was there before, and `At` is its first use
  Site At = 0;           ///< `AtEntry`: it is known otherwise that it was there
  static constexpr Site AtEntry = ~Site{0};
  static constexpr std::uint16_t Transaction = 0; ///< the number of that resource
  bool isTransaction() const { return Resource == Transaction; }
  llvm::SmallVector<Handover, 1> Handovers;

  void handOver(const Handover &H) {
    if (!llvm::is_contained(Handovers, H))
      Handovers.push_back(H);
  }
  bool operator==(const Obligation &) const = default;
};

/// An exception on its way.
struct Flight {
  std::uint32_t Type = 0; ///< a number of `Transfer`; 0: any
  Ground Why = Ground::Seen;
  bool MayBeCaught = false; ///< by a handler of this function
  Site From = 0;            ///< what threw it
  bool operator==(const Flight &) const = default;
};

/// A persistent list of the decisions on the way here, the last first.
struct Step {
  const Step *Before = nullptr;
  enum class Kind : std::uint8_t { Acquire, Release, Branch, Throw, Jump } What = Kind::Branch;
  std::uint32_t Where = 0; ///< a site, or a block
  std::uint32_t Edge = 0;  ///< that a branch took; of a release its symbol
  unsigned Length = 0;
};

/// What became of a resource that the function did not acquire and can no longer reach.
struct Fate {
  Obligation::Phase Final = Obligation::Phase::Released; ///< or transferred
  std::uint16_t Resource = 0;
  bool operator==(const Fate &) const = default;
};

struct State {
  explicit State(const ValueTable &Values) : Memory(Values) {}

  connsan::Memory Memory;
  SharedMap<SymbolId, Range> Ranges;
  SharedMap<SymbolId, Obligation> Obligations;
  SharedMap<RegionId, Fate> Fates;        ///< of what these places held
  Value Returned;                         ///< once a return was met
  llvm::SmallVector<RegionId, 2> Escaped; ///< sorted: locals whose address is out of hand
  /// The way out that is under way, once a return or jump was met.
  bool Leaving = false;
  ExitKind Exit = ExitKind::ScopeEnd;
  SourcePoint ExitAt;
  Flight Thrown;               ///< on the way out by an exception
  std::uint32_t Caught = 0;    ///< the type of what a handler took, where something may throw it again
  bool AfterFatalName = false; ///< the last call was to a foreign function with a fatal name
  bool Signalled = false;      ///< some process was sent a signal on the way here

  const Step *Path = nullptr; ///< takes no part in comparison

  bool operator==(const State &Other) const;
  /// No way out is under way any more.
  void stay() {
    Leaving = false;
    Exit = ExitKind::ScopeEnd;
    ExitAt = {};
    Thrown = {};
  }
  bool isThrown() const { return Leaving && connsan::isThrown(Exit); }
  bool isEscaped(RegionId Root) const;
  void escape(RegionId Root);
  void endLifetime(RegionId Root) { llvm::erase(Escaped, Root); }
  const Range &rangeOf(SymbolId S) const;
  Range rangeOf(const Value &V) const;
  void setRange(SymbolId S, const Range &Known);
};

/// Whether two states agree on the phase of every obligation and on where its resource is, so that they may
/// be joined.
bool sameTypestate(const State &A, const State &B);

/// The same, wherever the exception comes from that both are about.
bool sameTypestateThrown(const State &A, const State &B);

/// The same of what the function itself acquired alone, and the rest of the program does not hold.
bool sameOwnTypestate(const State &A, const State &B);

/// Of two states with the same typestate: whether everything that can follow from B follows from A. A knows
/// no more than B, and may know less.
bool knowsLess(const State &A, const State &B);

/// Whether both are on their way out of the function by the same exit, or on no such way.
bool sameWayOut(const State &A, const State &B);

/// Gives up the obligations in which two states differ, so that they can be joined and neither says anything
/// wrong.
void silenceDifferences(State &A, State &B);

/// What is true of both; where they differ a region holds a new symbol of `Block`.
void join(State &Into, const State &From, ValueTable &Values, BlockId Block);

} // namespace connsan
