#include "analysis/Memory.h"

#include <gtest/gtest.h>

using namespace connsan;

namespace {

struct MemoryTest : testing::Test {
  std::vector<RegionId> regions(const Memory::CellList &Cells) {
    std::vector<RegionId> Found;
    for (const Memory::Cell &Cell : Cells)
      Found.push_back(Cell.Where);
    return Found;
  }

  std::vector<Variable> Variables{{}, {}, {.Where = Variable::Storage::Global}};
  ValueTable Values{Variables};
  Memory Places{Values};
  RegionId X = Values.variable(0);
  RegionId Y = Values.variable(1);
  RegionId Global = Values.variable(2);
  SymbolId S = Values.symbol({Symbol::Kind::Result, 1, 0, {}, {}});
};

TEST_F(MemoryTest, FindsThePartsOfAnObject) {
  RegionId A = Values.field(X, 1);
  RegionId B = Values.field(X, 2);
  RegionId InA = Values.element(A, 4);
  for (RegionId R : {X, A, B, InA, Y})
    Places.set(R, Value::integer(1));
  EXPECT_EQ(regions(Places.within(X)), (std::vector{A, InA, B, X}));
  EXPECT_EQ(regions(Places.within(A)), (std::vector{A, InA}));
  EXPECT_EQ(regions(Places.within(InA)), (std::vector{InA}));
  EXPECT_EQ(regions(Places.inField(X, 2)), (std::vector{B}));
}

TEST_F(MemoryTest, FindsTheElementsOfAnArray) {
  RegionId First = Values.element(X, 0);
  RegionId Second = Values.element(X, 1);
  RegionId Part = Values.field(Second, 3);
  for (RegionId R : {First, Second, Part})
    Places.set(R, Value::integer(1));
  EXPECT_EQ(regions(Places.within(X)), (std::vector{First, Second, Part}));
  EXPECT_EQ(regions(Places.within(Second)), (std::vector{Second, Part}));
}

TEST_F(MemoryTest, KnowsWhatIsOutside) {
  RegionId Behind = Values.pointee(S);
  for (RegionId R : {X, Global, Behind})
    Places.set(R, Value::integer(1));
  EXPECT_EQ(regions(Places.outside()), (std::vector{Global, Behind}));
}

TEST_F(MemoryTest, KnowsWhichPlacesAreAboutASymbol) {
  RegionId Behind = Values.field(Values.pointee(S), 1);
  Places.set(X, Value::address(Behind));
  EXPECT_TRUE(Places.isAnyAbout(S));
  EXPECT_FALSE(Places.isStored(S));
  Places.set(Y, Value::symbol(S));
  EXPECT_TRUE(Places.isStored(S));
  Places.set(Global, Value::predicate(S, CompareOp::Equal, 0));
  EXPECT_EQ(regions(Places.cellsAbout(S)), (std::vector{X, Y, Global}));
  Places.set(Y, Value::integer(0));
  EXPECT_FALSE(Places.isStored(S));
  Places.erase(X);
  Places.erase(Global);
  EXPECT_FALSE(Places.isAnyAbout(S));
}

TEST_F(MemoryTest, NamesTheRegionsInWhichTwoDiffer) {
  Places.set(X, Value::integer(1));
  Memory Other = Places;
  Other.set(Y, Value::integer(2));
  std::vector<RegionId> Different;
  Memory::allDifferences(Places, Other, [&](RegionId R, const Value *Here, const Value *There) {
    EXPECT_EQ(Here, nullptr);
    EXPECT_EQ(There->Number, 2);
    Different.push_back(R);
    return true;
  });
  EXPECT_EQ(Different, std::vector{Y});
  Other.erase(Y);
  EXPECT_EQ(Other, Places);
}

} // namespace
