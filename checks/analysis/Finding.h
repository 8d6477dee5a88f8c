#pragma once

#include "Transfer.h"

/// What the analysis found in one function, free of wording.
namespace connsan {

enum class Confidence : std::uint8_t { Medium, High };

struct Decision {
  SourcePoint At;
  std::string Condition; ///< as written
  enum class Outcome : std::uint8_t { True, False, Case, NoCase } Took = Outcome::True;
  std::int64_t CaseValue = 0;
};

struct Finding {
  std::string Function;
  std::string Resource;
  std::string Acquirer; ///< the function that was called to acquire
  SourcePoint AcquiredAt;
  bool Acquired =
      true; ///< else the resource was there when the function was entered, first used at `AcquiredAt`
  FindingKind Kind = FindingKind::Exit;
  ExitKind Exit = ExitKind::Return;
  SourcePoint At;
  std::string Holder; ///< the variable that held it; may be empty
  std::string By;     ///< the function that used or released it wrongly
  Confidence Trust = Confidence::High;
  std::vector<Decision> Decisions;     ///< those that matter, in order
  std::vector<SourcePoint> ReleasedAt; ///< of a leak: on other paths; else the release before
  bool EverReleased = false;           ///< or transferred, on any path
};

/// Why a function was not analysed to its end.
enum class GiveUp : std::uint8_t { No, Blocks, States, Steps };

struct FunctionResult {
  std::vector<Finding> Findings;
  Summary Effects;
  GiveUp GaveUp = GiveUp::No;
};

struct Limits {
  unsigned Blocks = 200000;
  unsigned StatesPerBlock = 8; ///< kept apart; more are joined where their obligations agree
  unsigned MostStatesPerBlock = 64;
  unsigned StepsPerBlock = 200; ///< on average: executions of a block
};

/// Explores the paths of a function.
FunctionResult explore(const FunctionFacts &Facts, const ModelSet &Models, const SummaryLookup &Lookup,
                       const Limits &Bounds);

} // namespace connsan
