#include "analysis/Summary.h"
#include "model/ModelFile.h"

#include <gtest/gtest.h>

using namespace connsan;

namespace {

/// What the analysis makes of the one model of a file.
std::string summaryOf(llvm::StringRef Text) {
  std::string Error;
  std::optional<ModelFile> File = parseModelFile({Text, "f.yaml"}, Error);
  EXPECT_TRUE(File) << Error;
  return File ? dump(summarize(File->Models.at(0), builtinModels(), {}), "f") : "";
}

TEST(Summary, AConditionAndItsOppositeAreOneCase) {
  EXPECT_EQ(summaryOf("models: [{function: f, arguments: [{release: {when: {returns: zero}}},"
                      " {release: {when: {returns: nonzero}}}]}]"),
            "f: returns 0: releases argument 1;\n"
            "f: returns not 0: releases argument 2;\n");
}

TEST(Summary, ConditionsThatCrossAreAllKept) {
  EXPECT_EQ(summaryOf("models: [{function: f, arguments: [{release: {when: {returns: negative}}},"
                      " {release: {when: {returns: nonzero}}}, {release: {when: {returns: positive}}}]}]"),
            "f: returns less than 0: releases argument 1; releases argument 2;\n"
            "f: returns 0:\n"
            "f: returns more than 0: releases argument 2; releases argument 3;\n");
}

TEST(Summary, AStatusAndAResultAreIndependent) {
  EXPECT_EQ(
      summaryOf("models: [{function: f, arguments: [{release: {when: {status: bad}}},"
                " {transfer: {when: {returns: positive}}}]}]"),
      "f: returns more than 0: when the status of argument 1 is good: keeps argument 2;\n"
      "f: returns more than 0: when the status of argument 1 is bad: releases argument 1; keeps argument "
      "2;\n"
      "f: returns at most 0: when the status of argument 1 is good:\n"
      "f: returns at most 0: when the status of argument 1 is bad: releases argument 1;\n");
}

TEST(Summary, AnEndMayDependOnAnArgument) {
  EXPECT_EQ(summaryOf("models: [{function: f, noreturn: {exits: {when: {argument: 2}}}}]"),
            "f: when argument 2 is 0:\n"
            "f: exits when argument 2 is not 0:\n");
  EXPECT_EQ(summaryOf("models: [{function: f, noreturn: {unwinds: {when: {argument: 1, at-least: 1}}}}]"),
            "f: when argument 1 is at most 0:\n"
            "f: unwinds when argument 1 is more than 0:\n");
}

TEST(Summary, NullIsNotAcquired) {
  EXPECT_EQ(summaryOf("models: [{function: f, returns: acquire-or-null, resource: lease,"
                      " arguments: [{acquire-out: {when: {returns: null}, resource: text}}]}]"),
            "f: returns 0: stores an owned text in argument 1->;\n"
            "f: returns not 0: returns an owned lease; writes argument 1->;\n");
}

} // namespace
