#include "analysis/Values.h"

#include <gtest/gtest.h>

using namespace connsan;

namespace {

Range range(CompareOp Op, std::int64_t N, bool Truth = true) {
  Range R;
  EXPECT_TRUE(R.restrict(Op, N, Truth));
  return R;
}

TEST(Range, AdmitsEverythingAtFirst) {
  EXPECT_TRUE(Range().isAny());
  EXPECT_TRUE(Range().admits(0));
  EXPECT_FALSE(Range().single());
}

TEST(Range, NarrowsByComparison) {
  EXPECT_EQ(range(CompareOp::Equal, 3).single(), 3);
  EXPECT_FALSE(range(CompareOp::NotEqual, 0).admits(0));
  EXPECT_EQ(range(CompareOp::Less, 0).high(), -1);
  EXPECT_EQ(range(CompareOp::Less, 0, false).low(), 0);
  EXPECT_EQ(range(CompareOp::Greater, 7, false).high(), 7);
}

TEST(Range, RefusesWhatIsImpossible) {
  Range R = range(CompareOp::Equal, 3);
  EXPECT_FALSE(R.restrict(CompareOp::Equal, 4, true));
  Range Smallest;
  EXPECT_FALSE(Smallest.restrict(CompareOp::Less, INT64_MIN, true));
  Range Largest;
  EXPECT_FALSE(Largest.restrict(CompareOp::Greater, INT64_MAX, true));
}

TEST(Range, ExcludedEndsMoveTheEnds) {
  Range R = range(CompareOp::GreaterEqual, 0);
  ASSERT_TRUE(R.restrict(CompareOp::LessEqual, 1, true));
  ASSERT_TRUE(R.restrict(CompareOp::NotEqual, 0, true));
  EXPECT_EQ(R.single(), 1);
  EXPECT_FALSE(R.restrict(CompareOp::NotEqual, 1, true));
}

TEST(Range, DecidesOnlyWhatIsKnown) {
  EXPECT_EQ(range(CompareOp::Less, 0).decide(CompareOp::Equal, 0), false);
  EXPECT_EQ(range(CompareOp::Less, 0).decide(CompareOp::NotEqual, 5), true);
  EXPECT_EQ(range(CompareOp::Less, 0).decide(CompareOp::Equal, -1), std::nullopt);
}

TEST(Range, HullHoldsBothAndRemembersAGapAtZero) {
  Range Hull = Range::hull(range(CompareOp::Less, 0), range(CompareOp::Greater, 0));
  EXPECT_FALSE(Hull.admits(0));
  EXPECT_TRUE(Hull.admits(-5));
  EXPECT_TRUE(Hull.admits(5));
  EXPECT_TRUE(Range::hull(Range(), range(CompareOp::Equal, 1)).isAny());
}

TEST(Range, IntersectionHoldsWhatBothHold) {
  Range R = range(CompareOp::GreaterEqual, 0);
  ASSERT_TRUE(R.intersect(range(CompareOp::LessEqual, 0)));
  EXPECT_EQ(R.single(), 0);
  EXPECT_FALSE(R.intersect(range(CompareOp::NotEqual, 0)));
}

TEST(Range, ForgetsRatherThanGrowing) {
  Range R;
  for (std::int64_t I = 0; I < 100; ++I)
    ASSERT_TRUE(R.restrict(CompareOp::NotEqual, I * 2, true));
  EXPECT_FALSE(R.admits(0));
  EXPECT_TRUE(R.admits(198));
}

} // namespace
