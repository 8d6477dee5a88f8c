#include "report/Escape.h"

#include <gtest/gtest.h>

using namespace connsan::runtime;

namespace {

TEST(Escape, OneEventStaysOneLine) {
  EXPECT_EQ(escapeText("a\nb\rc\td"), "a\\x0ab\\x0dc\\x09d");
  EXPECT_EQ(escapeText("\x1b[2J"), "\\x1b[2J");
  EXPECT_EQ(escapeText(std::string_view("a\0b", 3)), "a\\x00b");
  EXPECT_EQ(escapeText("\x7f"), "\\x7f");
}

TEST(Escape, Utf8IsKeptAndNothingElse) {
  EXPECT_EQ(escapeText("Grüße 日本 😀"), "Grüße 日本 😀");
  EXPECT_EQ(escapeText("\xc2\x9b"), "\\xc2\\x9b"); // CSI as a C1 control
  EXPECT_EQ(escapeText("\xff"), "\\xff");
  EXPECT_EQ(escapeText("\xc3"), "\\xc3");                   // cut off
  EXPECT_EQ(escapeText("\xc0\xaf"), "\\xc0\\xaf");          // overlong
  EXPECT_EQ(escapeText("\xed\xa0\x80"), "\\xed\\xa0\\x80"); // surrogate
}

TEST(Escape, ValuesThatCannotStandAlone) {
  EXPECT_EQ(textValue("orders"), "orders");
  EXPECT_EQ(textValue(""), "\"\"");
  EXPECT_EQ(textValue("my app"), "\"my app\"");
  EXPECT_EQ(textValue("a=b"), "\"a=b\"");
  EXPECT_EQ(textValue("say \"hi\""), "\"say \\\"hi\\\"\"");
}

} // namespace
