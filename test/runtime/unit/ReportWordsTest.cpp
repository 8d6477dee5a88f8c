#include "Words.h"

#include <gtest/gtest.h>

using namespace connsan::report;

TEST(ReportWords, DurationsHaveTheUnitThatTheyAreReadIn) {
  EXPECT_EQ(duration(-5), "0.0 s");
  EXPECT_EQ(duration(61'240), "61.2 s");
  EXPECT_EQ(duration(119'900), "119.9 s");
  EXPECT_EQ(duration(120'000), "2.0 min");
  EXPECT_EQ(duration(7'200'000), "2.0 h");
  EXPECT_EQ(duration(172'800'000), "2.0 d");
}

TEST(ReportWords, MomentsAreUtc) {
  EXPECT_EQ(moment(1'790'000'000'123), "2026-09-21 14:13:20 UTC");
  EXPECT_EQ(moment(0), "-");
}

TEST(ReportWords, CountsHaveTheirPlural) {
  EXPECT_EQ(counted(1, "process"), "1 process");
  EXPECT_EQ(counted(0, "process"), "0 processes");
  EXPECT_EQ(counted(2, "site"), "2 sites");
}

namespace {

/// `Functions` as one stack of a program, innermost first.
Report withStack(std::initializer_list<const char *> Functions) {
  Report R;
  R.Modules.push_back({"/usr/bin/app", ""});
  R.Stacks.emplace_back();
  for (const char *Function : Functions) {
    Frame F;
    F.In = 0;
    F.Offset = 0x100 + R.Frames.size();
    if (*Function)
      F.Names.push_back({Function, "app.c", 7});
    R.Stacks[0].push_back(static_cast<Index>(R.Frames.size()));
    R.Frames.push_back(F);
  }
  return R;
}

using Lines = std::vector<std::string>;

} // namespace

TEST(ReportWords, StacksEndWithMain) {
  EXPECT_EQ(stackLines(withStack({"take", "main", "__libc_start_call_main", "_start"}), 0, "PQconnectdb"),
            (Lines{"take app.c:7", "main app.c:7"}));
}

TEST(ReportWords, StacksEndWhereThreadsBegin) {
  EXPECT_EQ(stackLines(withStack({"take", "start_thread", "clone3"}), 0, "PQconnectdb"),
            (Lines{"take app.c:7"}));
}

TEST(ReportWords, TheCallItselfIsNoFrame) {
  EXPECT_EQ(stackLines(withStack({"connsan_check_out", "take"}), 0, "connsan_check_out"),
            (Lines{"take app.c:7"}));
}

TEST(ReportWords, WithoutNamesThereAreModulesAndOffsets) {
  EXPECT_EQ(stackLines(withStack({"", "main"}), 0, "PQconnectdb"), (Lines{"app+0x100", "main app.c:7"}));
}

TEST(ReportWords, InShortAStackIsItsInnermostNames) {
  EXPECT_EQ(stackInShort(withStack({"", "take", "work", "main"}), 0, "PQconnectdb"),
            "take app.c:7 < work app.c:7");
  EXPECT_EQ(stackInShort(withStack({"", ""}), 0, "PQconnectdb"), "app+0x100 < app+0x101");
  EXPECT_EQ(stackInShort(Report(), None, "PQconnectdb"), "PQconnectdb");
}

TEST(ReportWords, InShortTheFramesOfAnInterpreterSayNothing) {
  Report R = withStack({"", "execute", "main"});
  R.Modules.push_back({"/usr/sbin/php-fpm8.2", ""});
  R.Frames[1].In = R.Frames[2].In = 1;
  EXPECT_EQ(stackInShort(R, 0, "PQconnectdb"), "app+0x100 (PHP)");
  EXPECT_EQ(stackLines(R, 0, "PQconnectdb"), (Lines{"app+0x100", "execute app.c:7", "main app.c:7"}));
}

TEST(ReportWords, WhatAConnectionDoes) {
  Connection C;
  EXPECT_EQ(doing(C, 5000), "");
  C.State = "idle";
  C.Since = 3000;
  EXPECT_EQ(doing(C, 5000), "never used");
  C.LastUse.At = 3000;
  EXPECT_EQ(doing(C, 5000), "idle 2.0 s");
  C.State = "active_in_transaction";
  EXPECT_EQ(doing(C, 5000), "query in flight in a transaction 2.0 s");
  C.State = "failed";
  EXPECT_EQ(doing(C, 5000), "failed to connect");
}
