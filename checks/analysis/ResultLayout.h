#pragma once

#include "Explorer.h"
#include "SummaryLayout.h"

/// Which fields the result of an exploration has, as in FactsLayout.h.
namespace connsan {

template<> inline constexpr auto LastOf<Decision::Outcome> = Decision::Outcome::Throws;
template<> inline constexpr auto LastOf<Finding::Evidence> = Finding::Evidence::Destructor;
template<> inline constexpr auto LastOf<FindingKind> = FindingKind::OwnerCopied;
template<> inline constexpr auto LastOf<Confidence> = Confidence::High;
template<> inline constexpr auto LastOf<GiveUp> = GiveUp::Time;
template<> inline constexpr auto LastOf<HeldMember::Reason> = HeldMember::Reason::Destructor;

template<class Io> void layout(Io &To, Decision &D) {
  auto &[At, Condition, Took, CaseValue] = D;
  To(At, Condition, Took, CaseValue);
}

template<class Io> void layout(Io &To, Finding &F) {
  auto &[Function, File, Resource, Acquirer, AcquirerUsr, AcquiredAt, Source, SourceFile, SourceAt, Acquired,
         KnownBy, Kind, Exit, At, Holder, By, Trust, Awaits, Decisions, ReleasedAt, HandedOnAt, EverReleased,
         MayBeReleased, Fingerprint, Likeness] = F;
  To(Function, File, Resource, Acquirer, AcquirerUsr, AcquiredAt, Source, SourceFile, SourceAt, Acquired,
     KnownBy, Kind, Exit, At, Holder, By, Trust, Awaits, Decisions, ReleasedAt, HandedOnAt, EverReleased,
     MayBeReleased, Fingerprint, Likeness);
}

template<class Io> void layout(Io &To, FunctionResult &R) {
  auto &[Findings, Effects, Borrowers, EndedFor, LeftOpenFor, GaveUp, GaveUpAfter, Silenced] = R;
  To(Findings, Effects, Borrowers, EndedFor, LeftOpenFor, GaveUp, GaveUpAfter, Silenced);
}

template<class Io> void layout(Io &To, HeldMember &M) {
  auto &[Field, Resource, Why, At] = M;
  To(Field, Resource, Why, At);
}

template<class Io> void layout(Io &To, Limits &L) {
  auto &[Blocks, StatesPerBlock, StatesPerLoop, StatesOfOthers, MostStatesPerBlock, StepsPerBlock, Time] = L;
  To(Blocks, StatesPerBlock, StatesPerLoop, StatesOfOthers, MostStatesPerBlock, StepsPerBlock);
}

} // namespace connsan
