#include "Symbolize.h"

#include <gtest/gtest.h>

using namespace connsan::report;

namespace {

TEST(NameFrames, OnlyThoseOfModulesThatHaveNoNames) {
  Report R;
  R.Modules = {{"/nonesuch", ""}};
  R.Frames = {
      {.Language = "Python", .Names = {{"checkout", "/srv/app.py", 12}}},
      {.In = None, .Offset = 0x1234},
      {.In = 7, .Offset = 0x1234},
      {.In = 0, .Offset = 0},
      {.In = 0, .Offset = 0x1234, .Names = {{"known", "", 0}}},
  };
  nameFrames(R, {});
  EXPECT_TRUE(R.Problems.empty());
  EXPECT_EQ(R.Frames[0].Names.at(0).Function, "checkout");
  EXPECT_EQ(R.Frames[4].Names.at(0).Function, "known");
  for (Index F : {1, 2, 3})
    EXPECT_TRUE(R.Frames[F].Names.empty()) << F;
}

TEST(NameFrames, ModulesThatNobodyAsksForAreLeftAlone) {
  Report R;
  R.Modules = {{"/nonesuch", ""}, {"/neither", ""}};
  R.Frames = {{.In = 1, .Offset = 0x1234}};
  nameFrames(R, {});
  ASSERT_EQ(R.Problems.size(), 1u);
  EXPECT_EQ(R.Problems[0], "/neither cannot be read (No such file or directory): its frames are not named");
}

} // namespace
