#include "analysis/State.h"

#include <gtest/gtest.h>

using namespace connsan;

namespace {

struct StateTest : testing::Test {
  ValueTable Values;
  RegionId X = Values.variable(0);
  RegionId Conn = Values.variable(1);
  SymbolId Owned = Values.symbol({Symbol::Kind::Result, 1, 0, {}, {}});
};

TEST_F(StateTest, JoinKeepsWhatIsTheSame) {
  State A(Values);
  A.Memory.set(X, Value::integer(1));
  State B = A;
  join(A, B, Values, 3);
  EXPECT_EQ(A, B);
}

TEST_F(StateTest, JoinKeepsTheRangeOfWhatDiffers) {
  State A(Values);
  A.Memory.set(X, Value::integer(0));
  State B(Values);
  B.Memory.set(X, Value::integer(1));
  join(A, B, Values, 3);
  ASSERT_TRUE(A.Memory.find(X)->isSymbol());
  const Range &Known = A.rangeOf(A.Memory.find(X)->Id);
  EXPECT_EQ(Known.low(), 0);
  EXPECT_EQ(Known.high(), 1);
}

TEST_F(StateTest, JoinIsAFixpointInTheEnd) {
  State A(Values);
  A.Memory.set(X, Value::integer(0));
  State B(Values);
  B.Memory.set(X, Value::integer(1));
  join(A, B, Values, 3);
  State Again = A;
  join(Again, B, Values, 3);
  EXPECT_EQ(Again, A);
}

TEST_F(StateTest, ObligationsAreNeverJoinedAway) {
  State Held(Values);
  Held.Memory.set(Conn, Value::symbol(Owned));
  Held.Obligations[Owned] = {};
  State None(Values);
  None.Memory.set(Conn, Value::integer(0));
  EXPECT_FALSE(sameTypestate(Held, None));
  State Moved = Held;
  Moved.Memory.erase(Conn);
  Moved.Memory.set(X, Value::symbol(Owned));
  EXPECT_FALSE(sameTypestate(Held, Moved));
  State Released = Held;
  Released.Obligations[Owned].Now = Obligation::Phase::Released;
  EXPECT_FALSE(sameTypestate(Held, Released));
  State Other = Held;
  Other.Memory.set(X, Value::integer(4));
  EXPECT_TRUE(sameTypestate(Held, Other));
}

TEST_F(StateTest, WhatBecameOfOthersResourcesIsNotThisFunctionsOwn) {
  SymbolId Theirs = Values.symbol({Symbol::Kind::Result, 2, 0, {}, {}});
  State A(Values);
  A.Memory.set(Conn, Value::symbol(Owned));
  A.Obligations[Owned].Acquired = true;
  State B = A;
  A.Obligations[Theirs].Now = Obligation::Phase::Released;
  EXPECT_FALSE(sameTypestate(A, B));
  EXPECT_TRUE(sameOwnTypestate(A, B));
  B.Obligations[Owned].Now = Obligation::Phase::Released;
  EXPECT_FALSE(sameOwnTypestate(A, B));
}

TEST_F(StateTest, TheWayHereIsNoDifference) {
  State A(Values);
  State B(Values);
  Step Way;
  B.Path = &Way;
  EXPECT_EQ(A, B);
}

TEST_F(StateTest, JoinKnowsADecidedTruthValue) {
  State A(Values);
  A.Memory.set(X, Value::integer(0));
  State B(Values);
  B.Memory.set(X, Value::predicate(Owned, CompareOp::Equal, 0));
  B.Ranges[Owned].restrict(CompareOp::NotEqual, 0, true);
  join(A, B, Values, 3);
  EXPECT_EQ(A.rangeOf(A.Memory.find(X)->Id).single(), 0);
}

TEST_F(StateTest, WhatKnowsLessCoversWhatKnowsMore) {
  State Less(Values);
  Less.Memory.set(X, Value{});
  State More(Values);
  More.Memory.set(X, Value::integer(4));
  EXPECT_TRUE(knowsLess(Less, More));
  EXPECT_FALSE(knowsLess(More, Less));
}

TEST_F(StateTest, WhatForgotAnObjectKnowsLessOfItsParts) {
  RegionId Part = Values.field(X, 1);
  State Less(Values);
  Less.Memory.set(X, Value{});
  State More(Values);
  More.Memory.set(Part, Value::integer(4));
  EXPECT_TRUE(knowsLess(Less, More));
  EXPECT_FALSE(knowsLess(More, Less));
  join(More, Less, Values, 3);
  EXPECT_EQ(More, Less);
  Less.Memory.set(Part, Value::integer(5));
  EXPECT_FALSE(knowsLess(Less, More));
}

TEST_F(StateTest, SilencedObligationsCanBeJoined) {
  State Held(Values);
  Held.Memory.set(Conn, Value::symbol(Owned));
  Held.Obligations[Owned].Acquired = true;
  State None(Values);
  None.Memory.set(Conn, Value::integer(0));
  silenceDifferences(Held, None);
  EXPECT_EQ(Held.Obligations[Owned].Now, Obligation::Phase::Transferred);
  EXPECT_EQ(None.Obligations[Owned].Now, Obligation::Phase::Transferred);
}

} // namespace
