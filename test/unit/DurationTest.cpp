#include "Duration.h"

#include <gtest/gtest.h>

using namespace connsan;
using namespace std::chrono_literals;

namespace {

TEST(Duration, HasAUnit) {
  EXPECT_EQ(parseDuration("500ms"), 500ms);
  EXPECT_EQ(parseDuration("10s"), 10s);
  EXPECT_EQ(parseDuration("5m"), 5min);
  EXPECT_EQ(parseDuration("0"), 0ms);
  EXPECT_EQ(parseDuration("0s"), 0ms);
}

TEST(Duration, IsNothingElse) {
  for (const char *Text : {"", "10", "s", "-1s", "+1s", "1.5s", "10 s", "10h", "10s ", "0x10s",
                           "9223372036854775807s", "99999999999999999999s"})
    EXPECT_FALSE(parseDuration(Text)) << Text;
}

} // namespace
