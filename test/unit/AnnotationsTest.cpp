#include "model/Annotations.h"

#include <gtest/gtest.h>

using namespace connsan;

namespace {

Model parse(const std::vector<std::string> &Texts) {
  AnnotationMistake Mistake;
  std::optional<Model> Said = parseAnnotations("f", Texts, Mistake);
  EXPECT_TRUE(Said) << Mistake.Expected;
  return Said.value_or(Model{});
}

TEST(Annotations, SayWhatAModelCanSay) {
  Model M =
      parse({"returns acquire-or-null pool lease", "argument 2 release when negative",
             "argument 4 acquire-out", "argument 3 transfer when ok", "argument 1 none", "noreturn unwinds",
             "transaction rolls_back", "sql 2", "throws may", "pure", "status-ok -3"});
  EXPECT_EQ(M.Function, "f");
  EXPECT_TRUE(M.Ownership);
  EXPECT_EQ(M.Returns, Model::Result::AcquireOrNull);
  EXPECT_EQ(M.Resource, "pool lease");
  ASSERT_EQ(M.Arguments.size(), 4U);
  EXPECT_EQ(M.Arguments[0].What, ArgumentModel::Effect::None);
  EXPECT_EQ(M.Arguments[1].What, ArgumentModel::Effect::Release);
  EXPECT_EQ(M.Arguments[1].Condition, When::Negative);
  EXPECT_EQ(M.Arguments[2].What, ArgumentModel::Effect::Transfer);
  EXPECT_EQ(M.Arguments[2].Condition, When::StatusOk);
  EXPECT_EQ(M.Arguments[3].What, ArgumentModel::Effect::AcquireOut);
  EXPECT_EQ(M.Arguments[3].Condition, When::Always);
  EXPECT_EQ(M.Ends, Model::Ending::Unwinds);
  EXPECT_EQ(M.ActsOn, Model::Transaction::RollsBack);
  EXPECT_EQ(M.Sql->Statement, 1U);
  EXPECT_EQ(M.Throws, Model::Throwing::May);
  EXPECT_TRUE(M.Pure);
  EXPECT_EQ(M.StatusOk, -3);
}

TEST(Annotations, ReadTheOtherResults) {
  EXPECT_EQ(parse({"returns acquire x"}).Returns, Model::Result::Acquire);
  EXPECT_EQ(parse({"returns borrow"}).Returns, Model::Result::Borrow);
  Model M = parse({"returns argument 3"});
  EXPECT_EQ(M.Returns, Model::Result::Argument);
  EXPECT_EQ(M.ReturnedArgument, 2U);
}

TEST(Annotations, SayOnWhichArgumentTheEndDepends) {
  Model M = parse({"noreturn exits when argument 2"});
  EXPECT_EQ(M.Ends, Model::Ending::Exits);
  EXPECT_EQ(M.EndsIf, 1U);
  EXPECT_FALSE(M.EndsFrom);
  EXPECT_FALSE(parse({"noreturn exits"}).EndsIf);
  EXPECT_EQ(parse({"noreturn unwinds when argument 1 at least 20"}).EndsFrom, 20);
}

TEST(Annotations, NameTheResourceOfResultAndArguments) {
  EXPECT_EQ(parse({"argument 1 release"}).Resource, "connection");
  EXPECT_EQ(parse({"argument 1 release", "resource lease"}).Resource, "lease");
  Model Same = parse({"returns acquire lease", "argument 1 release"});
  EXPECT_EQ(Same.resourceOf(Same.Arguments[0]), "lease");
  Model Other = parse({"resource lease", "returns acquire row", "argument 1 release",
                       "argument 2 acquire-out", "argument 2 resource text"});
  EXPECT_EQ(Other.Resource, "row");
  EXPECT_EQ(Other.resourceOf(Other.Arguments[0]), "lease");
  EXPECT_EQ(Other.resourceOf(Other.Arguments[1]), "text");
}

TEST(Annotations, ThatAreNotAboutOwnershipLeaveItOpen) {
  EXPECT_FALSE(parse({"sql 2"}).Ownership);
  EXPECT_FALSE(parse({"transaction begins", "throws never", "resource lease"}).Ownership);
  EXPECT_TRUE(parse({"sql 2", "argument 1 borrow"}).Ownership);
}

std::string mistake(const std::vector<std::string> &Texts, std::size_t Which = 0) {
  AnnotationMistake Mistake;
  EXPECT_FALSE(parseAnnotations("f", Texts, Mistake));
  EXPECT_EQ(Mistake.Which, Which);
  return Mistake.Expected;
}

TEST(Annotations, MistakesSayWhatWasExpected) {
  const char *Number = "expected the number of an argument, from 1, not ";
  EXPECT_EQ(mistake({"argument 0 release"}), std::string(Number) + "'0'");
  EXPECT_EQ(mistake({"argument -1 release"}), std::string(Number) + "'-1'");
  EXPECT_EQ(mistake({"argument conn release"}), std::string(Number) + "'conn'");
  EXPECT_EQ(mistake({"argument 4294967297 release"}), std::string(Number) + "'4294967297'");
  EXPECT_EQ(mistake({"returns argument 0"}), std::string(Number) + "'0'");
  EXPECT_EQ(mistake({"sql statement"}), std::string(Number) + "'statement'");
  EXPECT_EQ(mistake({"returns acquire "}), "expected a name");
  EXPECT_EQ(mistake({"resource "}), "expected a name");
  EXPECT_EQ(mistake({"argument 1 resource "}), "expected a name");
  EXPECT_EQ(mistake({"returns acquired x"}),
            "expected acquire, acquire-or-null, borrow or 'argument N', not 'acquired'");
  EXPECT_EQ(mistake({"argument 1 keep"}),
            "expected borrow, release, transfer, acquire-out, none or resource, not 'keep'");
  EXPECT_EQ(mistake({"argument 1 release when often"}),
            "expected zero, nonzero, null, nonnull, negative, positive, ok or bad, not 'often'");
  EXPECT_EQ(mistake({"argument 1 borrow when zero"}),
            "'borrow' takes no condition; release, transfer and acquire-out do");
  EXPECT_EQ(mistake({"argument 1 acquire-out when ok"}),
            "expected a condition by what is returned: what is not acquired yet has no status");
  EXPECT_EQ(mistake({"argument 1 release when ok", "argument 2 release when bad"}, 1),
            "expected conditions by the status of one argument, not of two");
  EXPECT_EQ(mistake({"noreturn exits if argument 1"}), "expected 'when argument N', not 'if argument 1'");
  EXPECT_EQ(mistake({"noreturn exits when argument x"}), std::string(Number) + "'x'");
  EXPECT_EQ(mistake({"noreturn exits when argument 1 at least"}),
            "expected 'at least' and a number, not 'at least'");
  EXPECT_EQ(mistake({"noreturn exits when argument 1 below 3"}),
            "expected 'at least' and a number, not 'below 3'");
  EXPECT_EQ(mistake({"noreturn often"}), "expected exits or unwinds, not 'often'");
  EXPECT_EQ(mistake({"transaction opens"}), "expected begins, ends, rolls-back or tells, not 'opens'");
  EXPECT_EQ(mistake({"transaction begins if zero"}), "expected 'when', not 'if zero'");
  EXPECT_EQ(mistake({"sql 1 when maybe"}),
            "expected zero, nonzero, null, nonnull, negative or positive, not 'maybe'");
  EXPECT_EQ(mistake({"text 1"}), "expected 'of N', not '1'");
  EXPECT_EQ(mistake({"text of 1 to 2"}), "expected 'into N', not 'to 2'");
  EXPECT_EQ(mistake({"throws sometimes"}), "expected never or may, not 'sometimes'");
  EXPECT_EQ(mistake({"status-ok fine"}), "expected the value that means a good status, not 'fine'");
  EXPECT_EQ(mistake({"pure nonsense"}), "nothing expected after 'pure'");
  EXPECT_EQ(mistake({"relese 1"}),
            "unknown annotation 'relese'; expected argument, returns, resource, noreturn, transaction, sql, "
            "text, throws, pure or status-ok");
  EXPECT_EQ(mistake({""}), "unknown annotation ''; expected argument, returns, resource, noreturn, "
                           "transaction, sql, text, throws, pure or status-ok");
}

TEST(Annotations, NumbersEndWithTheArguments) {
  AnnotationMistake Mistake;
  EXPECT_TRUE(parseAnnotations("f", {"argument 2 release"}, Mistake, 2));
  EXPECT_FALSE(parseAnnotations("f", {"argument 3 release"}, Mistake, 2));
  EXPECT_EQ(Mistake.Expected, "expected the number of an argument, from 1 to 2, not '3'");
  EXPECT_FALSE(parseAnnotations("f", {"sql 1"}, Mistake, 0));
  EXPECT_EQ(Mistake.Expected, "nothing to say of argument '1' of a function without arguments");
}

TEST(Annotations, SayEachThingOnce) {
  EXPECT_EQ(mistake({"returns borrow", "returns argument 1"}, 1), "a second 'returns'; expected one");
  EXPECT_EQ(mistake({"argument 1 release", "argument 1 borrow"}, 1),
            "a second effect on argument 1; expected one");
  EXPECT_EQ(mistake({"argument 1 resource a", "argument 1 resource b"}, 1),
            "a second resource of argument 1; expected one");
}

} // namespace
