#pragma once

#include "FactsLayout.h"
#include "SummaryIndex.h"

/// Which fields the structs of an index have, as in FactsLayout.h.
namespace connsan {

template<> inline constexpr auto LastOf<AccessPath::Root> = AccessPath::Root::Result;
template<> inline constexpr auto LastOf<Effect::Kind> = Effect::Kind::StoreOther;
template<> inline constexpr auto LastOf<Model::Result> = Model::Result::Argument;
template<> inline constexpr auto LastOf<Model::Ending> = Model::Ending::Throws;
template<> inline constexpr auto LastOf<Model::Transaction> = Model::Transaction::Tells;
template<> inline constexpr auto LastOf<When> = When::StatusBad;
template<> inline constexpr auto LastOf<SqlModel::Act> = SqlModel::Act::Receives;
template<> inline constexpr auto LastOf<SessionAct::Kind> = SessionAct::Kind::Forgets;
template<> inline constexpr auto LastOf<SessionAct::Success> = SessionAct::Success::Failed;
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

template<class Io> void layout(Io &To, SqlModel &S) {
  auto &[What, Statement, Name, Succeeds] = S;
  To(What, Statement, Name, Succeeds);
}

template<class Io> void layout(Io &To, TextModel &T) {
  auto &[Of, Then, Into, Field, Appends] = T;
  To(Of, Then, Into, Field, Appends);
}

template<class Io> void layout(Io &To, DeclaredActs &A) {
  auto &[Connection, Statement, Sql, ActsOn, ActsWhen, Text] = A;
  To(Connection, Statement, Sql, ActsOn, ActsWhen, Text);
}

template<class Io> void layout(Io &To, SessionAct &A) {
  auto &[What, On, Statement, Went, Text, Name, From] = A;
  To(What, On, Statement, Went, Text, Name, From);
}

template<class Io> void layout(Io &To, Requirement &R) {
  auto &[Where, Holds, Function] = R;
  To(Where, Holds, Function);
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
  auto &[Requires, RequiresEqual, Returned, Result, ResultPlace, FromEntry, ReturnsAddress, ResultFunction,
         Resource, From, Properties, Ends, Thrown, Why, Effects, Acts, ReturnedText, StatusOf, StatusGood,
         StatusFunction, StatusOk] = O;
  To(Requires, RequiresEqual, Returned, Result, ResultPlace, FromEntry, ReturnsAddress, ResultFunction,
     Resource, From, Properties, Ends, Thrown, Why, Effects, Acts, ReturnedText, StatusOf, StatusGood,
     StatusFunction, StatusOk);
}

template<class Io> void layout(Io &To, Borrow &B) {
  auto &[Where, Resource] = B;
  To(Where, Resource);
}

template<class Io> void layout(Io &To, Summary &S) {
  auto &[IsForeign, Outcomes, Borrows, Pure, StatusOk, Complete, WritesOnlyArguments, PassedOn, Declared] = S;
  To(IsForeign, Outcomes, Borrows, Pure, StatusOk, Complete, WritesOnlyArguments, PassedOn, Declared);
}

template<class Io> void layout(Io &To, IndexedFunction &F) {
  auto &[Name, Type, Effects, IsRelevant, Handles, Throws, MayThrow, CallersEnd, LeavesOpen] = F;
  To(Name, Type, Effects, IsRelevant, Handles, Throws, MayThrow, CallersEnd, LeavesOpen);
}

} // namespace connsan
