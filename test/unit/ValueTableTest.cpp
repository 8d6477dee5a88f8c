#include "analysis/Values.h"

#include <gtest/gtest.h>

using namespace connsan;

namespace {

TEST(ValueTable, TheSameThingHasTheSameNumber) {
  ValueTable Values;
  RegionId X = Values.variable(0);
  EXPECT_EQ(X, Values.variable(0));
  EXPECT_NE(X, Values.variable(1));
  SymbolId S = Values.symbol({Symbol::Kind::Initial, X, 0, {}, {}});
  EXPECT_EQ(S, Values.symbol({Symbol::Kind::Initial, X, 0, {}, {}}));
  EXPECT_NE(S, Values.symbol({Symbol::Kind::Result, X, 0, {}, {}}));
}

TEST(ValueTable, RegionsNest) {
  ValueTable Values;
  RegionId X = Values.variable(0);
  RegionId Field = Values.field(X, 3);
  RegionId Element = Values.element(Field, 1);
  EXPECT_EQ(Values.root(Element), X);
  EXPECT_TRUE(Values.isWithin(Element, Field));
  EXPECT_TRUE(Values.isWithin(X, X));
  EXPECT_FALSE(Values.isWithin(Field, Element));
  SymbolId Pointer = Values.symbol({Symbol::Kind::Initial, X, 0, {}, {}});
  EXPECT_EQ(Values.root(Values.field(Values.pointee(Pointer), 3)), Values.pointee(Pointer));
}

TEST(ValueTable, DerivedSymbolsKnowTheirOrigin) {
  ValueTable Values;
  SymbolId Base = Values.symbol({Symbol::Kind::Result, 1, 0, {}, {}});
  SymbolId Status = Values.symbol({Symbol::Kind::Derived, 9, 0, Value::symbol(Base), {}});
  SymbolId Test = Values.symbol({Symbol::Kind::Derived, 2, 0, Value::integer(1), Value::symbol(Status)});
  EXPECT_TRUE(Values.derivations(Base).contains(Test));
  EXPECT_FALSE(Values.derivations(Test).contains(Base));
}

} // namespace
