#include "stack/ScriptFrames.h"

#include <gtest/gtest.h>

using namespace connsan::runtime;

namespace {

TEST(Script, Frames) {
  std::string Text = "Stack (most recent call first):\n"
                     "  File \"/app/pool.py\", line 12 in check_out\n"
                     "  File \"a \\\"b\\\", line 3 in x.py\", line 7 in <module>\n"
                     "  ...\n";
  auto Frames = scriptFrames(&Text);
  ASSERT_EQ(Frames.size(), 2u);
  EXPECT_EQ(Frames[0].File, "/app/pool.py");
  EXPECT_EQ(Frames[0].Line, 12u);
  EXPECT_EQ(Frames[0].Function, "check_out");
  EXPECT_EQ(Frames[1].Line, 7u);
  EXPECT_EQ(Frames[1].Function, "<module>");
}

TEST(Script, WhatIsCutIsLeftOut) {
  std::string Whole = "  File \"a.py\", line 12 in f\n";
  for (size_t Length = 0; Length + 3 < Whole.size(); ++Length) {
    std::string Cut = Whole.substr(0, Length);
    EXPECT_TRUE(scriptFrames(&Cut).empty()) << Cut;
  }
  EXPECT_TRUE(scriptFrames(nullptr).empty());
}

TEST(Script, Interpreters) {
  EXPECT_STREQ(interpreterOf("python3.11"), "Python");
  EXPECT_STREQ(interpreterOf("libpython3.12.so.1.0"), "Python");
  EXPECT_STREQ(interpreterOf("libperl.so.5.36"), "Perl");
  EXPECT_STREQ(interpreterOf("libruby-3.1.so.3.1"), "Ruby");
  EXPECT_STREQ(interpreterOf("php8.2"), "PHP");
  EXPECT_EQ(interpreterOf("libpq.so.5"), nullptr);
}

} // namespace
