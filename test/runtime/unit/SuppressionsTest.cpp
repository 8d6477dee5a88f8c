#include "options/Suppressions.h"

#include <gtest/gtest.h>

using namespace connsan::runtime;

namespace {

std::vector<Suppression> parse(std::string_view Text, std::vector<std::string> Expected = {}) {
  std::vector<std::string> Problems;
  std::vector<Suppression> Result = parseSuppressions(Text, Problems);
  EXPECT_EQ(Problems, Expected);
  return Result;
}

TEST(Suppressions, KindAndPattern) {
  auto Rules = parse("held:Pool::grow\nleak:*/libpool.so\nidle_in_transaction:a b\n"
                     "long_query:x\nconnecting:y\ngrowth:z");
  ASSERT_EQ(Rules.size(), 6u);
  EXPECT_EQ(Rules[0].Kind, Suppressible::Held);
  EXPECT_EQ(Rules[0].Pattern, "Pool::grow"); // the first colon ends the kind
  EXPECT_FALSE(Rules[0].Threshold);
  EXPECT_EQ(Rules[1].Kind, Suppressible::Leak);
  EXPECT_EQ(Rules[2].Pattern, "a b");
  EXPECT_EQ(Rules[5].Kind, Suppressible::Growth);
}

TEST(Suppressions, BlanksAndComments) {
  auto Rules = parse("\n  # held:x\n\t held :  x y \t\r\n\n");
  ASSERT_EQ(Rules.size(), 1u);
  EXPECT_EQ(Rules[0].Pattern, "x y");
}

TEST(Suppressions, Threshold) {
  auto Rules = parse("held=10m:x\nlong_query = 1s :y\nheld=0:z");
  ASSERT_EQ(Rules.size(), 3u);
  EXPECT_EQ(Rules[0].Threshold->Nanoseconds, 600'000'000'000);
  EXPECT_EQ(Rules[1].Threshold->Nanoseconds, 1'000'000'000);
  EXPECT_FALSE(Rules[2].Threshold); // as in the options, 0 turns it off
}

TEST(Suppressions, ApplicationName) {
  auto Rules = parse("held:application_name=listen*");
  ASSERT_EQ(Rules.size(), 1u);
  EXPECT_TRUE(Rules[0].OfApplication);
  EXPECT_EQ(Rules[0].Pattern, "listen*");
}

TEST(Suppressions, Problems) {
  EXPECT_EQ(
      parse("held\nhold:x\nheld=-1s:x\nleak=1s:x\nheld: \nheld:application_name=\nheld:good",
            {"line 1: expected KIND:PATTERN",
             "line 2: expected held, idle_in_transaction, long_query, connecting, growth or leak before the "
             "colon",
             "line 3: expected a threshold such as 500ms, 10s or 5m",
             "line 4: growth and leak have no threshold", "line 5: no pattern after the colon",
             "line 6: no pattern after the colon"})
          .size(),
      1u);
}

TEST(Suppressions, ProblemsAreBounded) {
  std::string Text;
  for (int I = 0; I < 1000; ++I)
    Text += "nonsense\n";
  std::vector<std::string> Problems;
  EXPECT_TRUE(parseSuppressions(Text, Problems).empty());
  EXPECT_EQ(Problems.size(), 16u);
}

} // namespace
