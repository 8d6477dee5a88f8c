#include "options/PreloadList.h"

#include <gtest/gtest.h>
#include <string>

using namespace connsan::runtime;

namespace {

std::string without(std::string List) {
  size_t Size = List.size();
  removePreloaded(List.data(), [](std::string_view Item) { return Item == "us"; });
  std::string Result = List.c_str();
  EXPECT_EQ(List.find_first_not_of('\0', Result.size()), std::string::npos) << "a rest in " << List;
  EXPECT_EQ(List.size(), Size);
  return Result;
}

TEST(PreloadList, OthersStayInOrder) {
  EXPECT_EQ(without("us"), "");
  EXPECT_EQ(without("us:a"), "a");
  EXPECT_EQ(without("a:us"), "a");
  EXPECT_EQ(without("a:us:b"), "a:b");
  EXPECT_EQ(without("a us:b c"), "a:b c");
  EXPECT_EQ(without("us us:us"), "");
  EXPECT_EQ(without("us:a:us b:us"), "a b");
}

TEST(PreloadList, EmptyItems) {
  EXPECT_EQ(without(":us:"), "");
  EXPECT_EQ(without("::us: :a::b:"), "a::b:");
}

TEST(PreloadList, WithoutUsNothingChanges) {
  for (const char *List : {"", ":", " :", ":a", "a: b:", "xus", "usx:us/a"})
    EXPECT_EQ(without(List), List);
}

} // namespace
