#pragma once

#include "Transfer.h"

/// What the analysis found in one function, free of wording.
namespace connsan {

enum class Confidence : std::uint8_t { Medium, High };

struct Decision {
  SourcePoint At;
  std::string Condition; ///< as written; of a call that throws the function, empty for a throw-expression
  enum class Outcome : std::uint8_t { True, False, Case, NoCase, Throws } Took = Outcome::True;
  std::int64_t CaseValue = 0;
};

struct Finding {
  std::string Function;
  std::string File; ///< its name without the directory, where other files may have another such function
  std::string Resource;
  std::string Acquirer; ///< the function that was called to acquire
  std::string AcquirerUsr;
  SourcePoint AcquiredAt;
  std::string Source;     ///< the function from which the acquirer, a helper, got it; else empty
  std::string SourceFile; ///< where that is, in another translation unit
  SourcePoint SourceAt;
  bool Acquired =
      true; ///< else the resource was there when the function was entered, first used at `AcquiredAt`
  /// Of what was there: why it is known to be, where it is not for a use.
  enum class Evidence : std::uint8_t { Use, Constructors, Destructor } KnownBy = Evidence::Use;
  FindingKind Kind = FindingKind::Exit;
  ExitKind Exit = ExitKind::Return;
  SourcePoint At;
  std::string Holder; ///< the variable that held it; may be empty
  std::string By;     ///< the function that used or released it wrongly
  Confidence Trust = Confidence::High;
  /// It is of high confidence once each of these callees is known to borrow (their USRs); empty: it stays as
  /// it is.
  std::vector<std::string> Awaits;
  std::vector<Decision> Decisions;     ///< those that matter, in order
  std::vector<SourcePoint> ReleasedAt; ///< of a leak: on other paths; else the release before
  std::vector<SourcePoint> HandedOnAt; ///< of a leak: on other paths
  bool EverReleased = false;           ///< or transferred, on any path
  /// Of an exit: a release of the holder, written right before it, would be right on every path there.
  bool MayBeReleased = false;
  std::string Fingerprint; ///< given by the check
  std::string Likeness;    ///< likewise: what those have in common that only their number or file tells apart

  bool isTransaction() const { return Resource == TransactionResource; }
  bool isNeverReleased() const { return isLeak(Kind) && Acquired && !EverReleased && !isTransaction(); }
};

} // namespace connsan
