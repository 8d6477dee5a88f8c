#pragma once

#include "FactsLayout.h"
#include "SummaryIndex.h"

/// Which fields the structs of an index have, as in FactsLayout.h.
namespace connsan {

template<> inline constexpr auto LastOf<AccessPath::Root> = AccessPath::Root::Result;
template<> inline constexpr auto LastOf<Effect::Kind> = Effect::Kind::StoreOther;
template<> inline constexpr auto LastOf<Model::Result> = Model::Result::Argument;
template<> inline constexpr auto LastOf<Model::Ending> = Model::Ending::Throws;
template<> inline constexpr auto LastOf<Ground> = Ground::Memory;

template<class Io> void layout(Io &To, AccessPath::Hop &H) {
  auto &[Field] = H;
  To(Field);
}

template<class Io> void layout(Io &To, AccessPath &P) {
  auto &[From, Global, Argument, Hops] = P;
  To(From, Global, Argument, Hops);
}

template<class Io> void layout(Io &To, Origin &O) {
  auto &[Function, At, File] = O;
  To(Function, At, File);
}

template<class Io> void layout(Io &To, Effect &E) {
  auto &[Where, What, Resource, Number, From, Of, Keeps, IsInNew] = E;
  To(Where, What, Resource, Number, From, Of, Keeps, IsInNew);
}

template<class Io> void layout(Io &To, Requirement &R) {
  auto &[Where, Holds] = R;
  To(Where, Holds);
}

template<class Io> void layout(Io &To, Equality &E) {
  auto &[Left, Right, Holds] = E;
  To(Left, Right, Holds);
}

template<class Io> void layout(Io &To, Property &P) {
  auto &[Function, Holds] = P;
  To(Function, Holds);
}

template<class Io> void layout(Io &To, Outcome &O) {
  auto &[Requires, RequiresEqual, Returned, Result, ResultPlace, FromEntry, ReturnsAddress, Resource, From,
         Properties, Ends, Thrown, Why, Effects, StatusOf, StatusGood, StatusFunction, StatusOk] = O;
  To(Requires, RequiresEqual, Returned, Result, ResultPlace, FromEntry, ReturnsAddress, Resource, From,
     Properties, Ends, Thrown, Why, Effects, StatusOf, StatusGood, StatusFunction, StatusOk);
}

template<class Io> void layout(Io &To, Borrow &B) {
  auto &[Where, Resource] = B;
  To(Where, Resource);
}

template<class Io> void layout(Io &To, Summary &S) {
  auto &[IsForeign, Outcomes, Borrows, Pure, StatusOk, Complete, WritesOnlyArguments, PassedOn] = S;
  To(IsForeign, Outcomes, Borrows, Pure, StatusOk, Complete, WritesOnlyArguments, PassedOn);
}

template<class Io> void layout(Io &To, IndexedFunction &F) {
  auto &[Name, Type, Effects, IsRelevant, Handles, Throws, MayThrow] = F;
  To(Name, Type, Effects, IsRelevant, Handles, Throws, MayThrow);
}

} // namespace connsan
