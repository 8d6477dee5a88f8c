#include "analysis/SharedMap.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

using namespace connsan;

namespace {

using Map = SharedMap<int, int>;
using Entries = std::vector<std::pair<int, int>>;

Entries entriesOf(const Map &M) {
  return {M.begin(), M.end()};
}

TEST(SharedMapTest, AgreesWithAnOrdinaryMap) {
  std::mt19937 Next(1);
  Map M;
  std::map<int, int> Model;
  for (int Turn = 0; Turn < 5000; ++Turn) {
    int K = static_cast<int>(Next() % 300);
    int V = static_cast<int>(Next() % 4);
    if (V == 0) {
      M.erase(K);
      Model.erase(K);
    } else {
      M.set(K, V);
      Model[K] = V;
    }
    auto Known = Model.find(K);
    ASSERT_EQ(M.find(K) != nullptr, Known != Model.end());
    auto At = M.lowerBound(K + 1);
    auto ModelAt = Model.lower_bound(K + 1);
    ASSERT_EQ(At == M.end(), ModelAt == Model.end());
    if (ModelAt != Model.end()) {
      ASSERT_EQ(At->first, ModelAt->first);
    }
  }
  EXPECT_EQ(entriesOf(M), Entries(Model.begin(), Model.end()));
}

TEST(SharedMapTest, CopiesDoNotSeeEachOthersChanges) {
  Map A;
  for (int K = 0; K < 100; ++K)
    A[K] = K;
  Map B = A;
  B[50] = 1;
  B.erase(7);
  *B.change(8) = 2;
  EXPECT_EQ(*A.find(50), 50);
  EXPECT_EQ(*A.find(7), 7);
  EXPECT_EQ(*A.find(8), 8);
}

TEST(SharedMapTest, NamesEveryDifferenceOnce) {
  std::mt19937 Next(2);
  Map A;
  for (int Turn = 0; Turn < 200; ++Turn) {
    Map B = A;
    std::map<int, std::pair<int, int>> Expected; // zero where there is none
    for (int Change = 0; Change < 10; ++Change) {
      int K = static_cast<int>(Next() % 400);
      if (int V = static_cast<int>(Next() % 5))
        B.set(K, V);
      else
        B.erase(K);
      const int *Before = A.find(K);
      const int *After = B.find(K);
      Expected[K] = {Before ? *Before : 0, After ? *After : 0};
    }
    std::erase_if(Expected, [](const auto &E) { return E.second.first == E.second.second; });
    std::map<int, std::pair<int, int>> Seen;
    Map::eachDifference(A, B, [&](int K, const int *L, const int *R) {
      EXPECT_TRUE(Seen.try_emplace(K, L ? *L : 0, R ? *R : 0).second);
    });
    EXPECT_EQ(Seen, Expected);
    EXPECT_EQ(A == B, Expected.empty());
    A = B;
  }
}

TEST(SharedMapTest, ErasesWhatAPredicateNames) {
  Map A;
  for (int K = 0; K < 100; ++K)
    A[K] = K;
  A.eraseIf([](const auto &E) { return E.second % 10 != 0; });
  EXPECT_EQ(entriesOf(A).size(), 10U);
  A.eraseIf([](const auto &) { return true; });
  EXPECT_TRUE(A.empty());
  EXPECT_EQ(A, Map());
}

} // namespace
