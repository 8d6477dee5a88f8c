#include "report/Json.h"

#include <gtest/gtest.h>

#include <vector>

using namespace connsan::runtime;

namespace {

TEST(Json, Strings) {
  EXPECT_EQ(jsonString("a\"b\\c"), R"("a\"b\\c")");
  EXPECT_EQ(jsonString("a\nb\x1b"), R"("a\u000ab\u001b")");
  EXPECT_EQ(jsonString("ü\xff"), "\"ü\\ufffd\"");
  EXPECT_EQ(jsonString("\xc2\x85"), R"("\u0085")");
}

TEST(Json, Objects) {
  EXPECT_EQ(JsonObject().str(), "{}");
  EXPECT_EQ(JsonObject().text("k", "v").number("n", -3).flag("f", true).raw("a", "[]").str(),
            R"({"k":"v","n":-3,"f":true,"a":[]})");
  EXPECT_EQ(jsonArray(std::vector<std::string>{"1", "{}"}), "[1,{}]");
  EXPECT_EQ(jsonArray(std::vector<std::string>{}), "[]");
}

} // namespace
