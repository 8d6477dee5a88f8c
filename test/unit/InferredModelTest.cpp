#include "analysis/InferredModel.h"
#include "model/ModelFile.h"
#include "model/ModelWriter.h"

#include <gtest/gtest.h>

using namespace connsan;

namespace {

Summary summaryOf(const std::string &Text, Model *Said = nullptr) {
  std::string Error;
  std::optional<ModelFile> File = parseModelFile({Text, "f.yaml"}, Error);
  EXPECT_TRUE(File) << Error;
  if (!File)
    return {};
  if (Said)
    *Said = File->Models.at(0);
  Summary S = summarize(File->Models.at(0), builtinModels(), {});
  S.Complete = true; // as that of a body is
  return S;
}

TEST(InferredModel, WhatAModelSaysIsInferredFromItsSummary) {
  for (const char *Text :
       {"{function: f, arguments: [release]}", "{function: f, arguments: [none, transfer]}",
        "{function: f, arguments: [acquire-out], resource: lease}",
        "{function: f, arguments: [{release: {when: {returns: zero}}}, {acquire-out: {when: {returns: "
        "nonzero}}}]}",
        "{function: f, arguments: [{release: {when: {returns: negative}}}, {transfer: {when: {returns: "
        "positive}}}]}",
        "{function: f, arguments: [{release: {resource: row}}], returns: acquire-or-null, resource: lease}",
        "{function: f, arguments: [{release: {when: {returns: null}}}], returns: {argument: 1}}",
        "{function: f, returns: {argument: 2}}", "{function: f, noreturn: unwinds}"}) {
    Model Said;
    Summary S = summaryOf("models: [" + std::string(Text) + "]", &Said);
    InferredModel Inferred = inferModel(S, "f", {});
    ASSERT_TRUE(Inferred.Said) << Text << ": " << Inferred.WhyNot;
    EXPECT_EQ(*Inferred.Said, Said) << Text << '\n' << write(*Inferred.Said, false);
  }
}

TEST(InferredModel, WhatIsNotAboutResourcesIsNotSaid) {
  for (const char *Text : {"{function: f}", "{function: f, arguments: [release], resource: memory}",
                           "{function: f, returns: acquire, resource: memory}"}) {
    InferredModel Inferred = inferModel(summaryOf("models: [" + std::string(Text) + "]"), "f", {});
    EXPECT_FALSE(Inferred.Said) << Text;
    EXPECT_EQ(Inferred.WhyNot, "") << Text;
  }
}

Outcome outcome(std::vector<Effect> Effects, std::vector<Requirement> Requires = {}) {
  Outcome O;
  O.Effects = std::move(Effects);
  O.Requires = std::move(Requires);
  return O;
}

Requirement requiring(unsigned Argument, CompareOp Op, std::int64_t N) {
  Requirement R;
  R.Where.Argument = Argument;
  R.Holds.restrict(Op, N, true);
  return R;
}

Effect release(std::vector<AccessPath::Hop> Hops = {}, std::string Global = "") {
  Effect E;
  E.Where.Hops = std::move(Hops);
  E.Where.From = Global.empty() ? AccessPath::Root::Argument : AccessPath::Root::Global;
  E.Where.Global = std::move(Global);
  E.Resource = "connection";
  return E;
}

std::string whyNot(std::vector<Outcome> Outcomes, bool Complete = true) {
  Summary S;
  S.Outcomes = std::move(Outcomes);
  S.Complete = Complete;
  InferredModel Inferred = inferModel(S, "f", {});
  EXPECT_FALSE(Inferred.Said);
  return Inferred.WhyNot;
}

TEST(InferredModel, SaysWhatCannotBeSaid) {
  EXPECT_EQ(whyNot({outcome({})}, false), "has too many cases");
  EXPECT_EQ(whyNot({outcome({release({{}, {"conn"}})})}),
            "releases argument 1->conn, which a model cannot name");
  EXPECT_EQ(whyNot({outcome({release({}, "spare")})}), "releases 'spare', which a model cannot name");
  EXPECT_EQ(whyNot({outcome({release({{}})})}), "releases argument 1->, which a model cannot name");
  EXPECT_EQ(whyNot({outcome({release()}), outcome({})}),
            "releases argument 1 on some paths only, and what it returns does not tell which");
  EXPECT_EQ(whyNot({outcome({release()}, {requiring(1, CompareOp::NotEqual, 0)}),
                    outcome({}, {requiring(1, CompareOp::Equal, 0)})}),
            "releases argument 1 for some arguments only");
  Effect Kept = release();
  Kept.What = Effect::Kind::Transfer;
  EXPECT_EQ(whyNot({outcome({release()}), outcome({Kept})}),
            "does different things to argument 1 on different paths");
  EXPECT_EQ(whyNot({outcome({release(), Kept})}), "does two things to argument 1");
  Outcome Owned = outcome({});
  Owned.Result = Model::Result::AcquireOrNull;
  Owned.Resource = "lease";
  EXPECT_EQ(whyNot({Owned, outcome({})}), "returns a lease that is owed on some paths only");
  Outcome Same = outcome({});
  Same.Result = Model::Result::Argument;
  EXPECT_EQ(whyNot({Owned, Same}), "returns different things on different paths");
  EXPECT_EQ(whyNot({Same, outcome({})}), "returns argument 1 on some paths only");
  Outcome Null = outcome({});
  Null.Returned.restrict(CompareOp::Equal, 0, true);
  EXPECT_EQ(whyNot({Same, Null}), "returns argument 1 or null");
  Outcome Jump = outcome({});
  Jump.Ends = Model::Ending::Unwinds;
  EXPECT_EQ(whyNot({outcome({}), Jump}),
            "ends in different ways, and a model needs an argument that tells which");
  Outcome ByStatus = outcome({release()});
  ByStatus.StatusOf = 0;
  EXPECT_EQ(whyNot({ByStatus}), "does something that depends on the status of argument 1");
}

TEST(InferredModel, NullIsNotReleased) {
  Summary S;
  S.Outcomes = {outcome({release()}, {requiring(0, CompareOp::NotEqual, 0)}),
                outcome({}, {requiring(0, CompareOp::Equal, 0)})};
  InferredModel Inferred = inferModel(S, "f", {});
  ASSERT_TRUE(Inferred.Said) << Inferred.WhyNot;
  ASSERT_EQ(Inferred.Said->Arguments.size(), 1U);
  EXPECT_EQ(Inferred.Said->Arguments[0].What, ArgumentModel::Effect::Release);
  EXPECT_EQ(Inferred.Said->Arguments[0].Condition, When::Always);
}

} // namespace
