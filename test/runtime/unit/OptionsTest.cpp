#include "options/Options.h"

#include <gtest/gtest.h>

using namespace connsan::runtime;

namespace {

int64_t durationOf(std::string_view Value) {
  Duration D;
  return parseDuration(Value, D) ? D.Nanoseconds : -1;
}

std::vector<std::string> problemsOf(Options &O, std::string_view List) {
  std::vector<std::string> Problems;
  O.parse(List, Problems);
  return Problems;
}

TEST(Options, Durations) {
  EXPECT_EQ(durationOf("200ms"), 200'000'000);
  EXPECT_EQ(durationOf("60s"), 60'000'000'000);
  EXPECT_EQ(durationOf("5m"), 300'000'000'000);
  EXPECT_EQ(durationOf("0"), 0);
  EXPECT_EQ(durationOf("0s"), 0);
  for (const char *Bad : {"", "s", "5", "5h", "-1s", "+1s", "1.5s", "5 s", "5sx", "99999999999999999999s",
                          "9223372036854775807s", "525601000m"})
    EXPECT_EQ(durationOf(Bad), -1) << Bad;
}

TEST(Options, Defaults) {
  Options O;
  EXPECT_EQ(O.Held.Nanoseconds, 60'000'000'000);
  EXPECT_EQ(O.IdleInTransaction.Nanoseconds, 10'000'000'000);
  EXPECT_EQ(O.LongQuery.Nanoseconds, 30'000'000'000);
  EXPECT_EQ(O.Connecting.Nanoseconds, 30'000'000'000);
  EXPECT_EQ(O.OpenAtExit, OpenAtExitMode::Info);
  EXPECT_EQ(O.ExitCode, 0);
  EXPECT_EQ(O.StackFrames, 32);
  EXPECT_EQ(O.Symbolize, SymbolizeMode::Full);
  EXPECT_TRUE(O.LogPath.empty());
}

TEST(Options, LaterWins) {
  Options O;
  EXPECT_TRUE(problemsOf(O, "held=5s:exitcode=23:held=1s:").empty());
  EXPECT_EQ(O.Held.Nanoseconds, 1'000'000'000);
  EXPECT_EQ(O.ExitCode, 23);
}

TEST(Options, QuotesHoldColons) {
  Options O;
  EXPECT_TRUE(problemsOf(O, "log_path=\"/tmp/a:b\":exitcode=1").empty());
  EXPECT_EQ(O.LogPath, "/tmp/a:b");
  EXPECT_EQ(O.ExitCode, 1);
  EXPECT_EQ(problemsOf(O, "log_path='/tmp/a").size(), 1u);
}

TEST(Options, BadKeepsTheDefault) {
  Options O;
  auto Problems = problemsOf(O, "held=-1:stack_depth=65:nonsense=1:flag:symbolize=maybe:exitcode=256");
  ASSERT_EQ(Problems.size(), 6u);
  EXPECT_EQ(Problems[0], "bad value '-1' for option 'held': expected a duration such as 500ms, 10s or 5m");
  EXPECT_EQ(Problems[1], "bad value '65' for option 'stack_depth': expected a number from 1 to 64");
  EXPECT_EQ(Problems[2], "unknown option 'nonsense'");
  EXPECT_EQ(Problems[3], "option 'flag' has no value");
  EXPECT_EQ(Problems[4], "bad value 'maybe' for option 'symbolize': expected full, names or off");
  EXPECT_EQ(Problems[5], "bad value '256' for option 'exitcode': expected a number from 0 to 255");
  EXPECT_EQ(O.Held.Nanoseconds, 60'000'000'000);
  EXPECT_EQ(O.StackFrames, 32);
}

TEST(Options, HostileTextIsShortAndPrintable) {
  Options O;
  std::string Long(100'000, 'x');
  auto Problems = problemsOf(O, "\x1b[31m\n=1:" + Long + "=2");
  ASSERT_EQ(Problems.size(), 2u);
  EXPECT_EQ(Problems[0], "unknown option '?[31m?'");
  EXPECT_LT(Problems[1].size(), 200u);

  std::string Many;
  for (int I = 0; I < 1000; ++I)
    Many += "a=1:";
  EXPECT_LE(problemsOf(O, Many).size(), 16u);
}

TEST(Options, FollowExecIsReadAlone) {
  for (const char *No : {"follow_exec=0", "held=1s:follow_exec=0:", "follow_exec=1:follow_exec='0'",
                         "junk:follow_exec=0:follow_exec=maybe", "log_path='a:b':follow_exec=0"})
    EXPECT_FALSE(switchIn(No, "follow_exec", true)) << No;
  for (const char *Yes :
       {"", "follow_exec=1", "follow_exec=0:follow_exec=1", "follow_exec=2", "log_path='/a:follow_exec=0'",
        "log_path='/a:follow_exec=0", "xfollow_exec=0", "follow_exec"})
    EXPECT_TRUE(switchIn(Yes, "follow_exec", true)) << Yes;
  // The table comes to the same.
  Options O;
  EXPECT_EQ(problemsOf(O, "junk:follow_exec=0:follow_exec=maybe").size(), 2u);
  EXPECT_EQ(O.FollowExec, 0);
}

TEST(Options, HelpNamesEveryOption) {
  std::string Help = optionsHelp();
#define CONNSAN_OPTION(Type, Member, Key, Default, Text)                                                     \
  EXPECT_NE(Help.find(Key "="), std::string::npos) << Key;
#include "options/Options.inc"
#undef CONNSAN_OPTION
}

} // namespace
