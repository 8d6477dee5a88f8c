#include "model/ModelFile.h"

#include <gtest/gtest.h>

using namespace connsan;

namespace {

ModelFile parse(llvm::StringRef Text) {
  std::string Error;
  std::optional<ModelFile> File = parseModelFile({Text, "f.yaml"}, Error);
  EXPECT_TRUE(File) << Error;
  return File.value_or(ModelFile{});
}

std::string errorOf(llvm::StringRef Text) {
  std::string Error;
  EXPECT_FALSE(parseModelFile({Text, "f.yaml"}, Error));
  EXPECT_EQ(llvm::StringRef(Error).count('\n'), 0U);
  return Error;
}

TEST(ModelFile, ReadsEveryKey) {
  ModelFile File = parse("exclude: [third_party/]\n"
                         "resources: [{name: lease, type: Lease}]\n"
                         "models:\n"
                         "  - function: Pool::get\n"
                         "    returns: acquire-or-null\n"
                         "    resource: lease\n"
                         "  - {function: f, arguments: [none, borrow, release, transfer, acquire-out]}\n"
                         "  - {function: g, returns: {argument: 2}, noreturn: unwinds, pure: true}\n"
                         "  - {function: h, status-ok: 7}\n"
                         "  - {function: i, arguments: [{release: {when: {status: bad}}}]}\n"
                         "  - {function: j, transaction: rolls-back, sql: 2, throws: never}\n"
                         "  - {function: k, arguments: [{acquire-out: {resource: lease}}]}\n"
                         "  - {function: l, noreturn: {exits: {when: {argument: 3}}}}\n");
  EXPECT_EQ(File.Exclude, std::vector<std::string>{"third_party/"});
  ASSERT_EQ(File.Types.size(), 1U);
  EXPECT_EQ(File.Types[0].Type, "Lease");
  ASSERT_EQ(File.Models.size(), 8U);
  EXPECT_EQ(File.Models[0].Returns, Model::Result::AcquireOrNull);
  EXPECT_EQ(File.Models[0].Resource, "lease");
  ASSERT_EQ(File.Models[1].Arguments.size(), 5U);
  EXPECT_EQ(File.Models[1].Arguments[4].What, ArgumentModel::Effect::AcquireOut);
  EXPECT_EQ(File.Models[2].Returns, Model::Result::Argument);
  EXPECT_EQ(File.Models[2].ReturnedArgument, 1U);
  EXPECT_EQ(File.Models[2].Ends, Model::Ending::Unwinds);
  EXPECT_TRUE(File.Models[2].Pure);
  EXPECT_EQ(File.Models[3].StatusOk, 7);
  EXPECT_EQ(File.Models[4].Arguments[0].Condition, When::StatusBad);
  EXPECT_EQ(File.Models[5].ActsOn, Model::Transaction::RollsBack);
  EXPECT_EQ(File.Models[5].Sql->Statement, 1U);
  EXPECT_EQ(File.Models[5].Throws, Model::Throwing::Never);
  EXPECT_EQ(File.Models[6].resourceOf(File.Models[6].Arguments[0]), "lease");
  EXPECT_EQ(File.Models[7].Ends, Model::Ending::Exits);
  EXPECT_EQ(File.Models[7].EndsIf, 2U);
}

TEST(ModelFile, ReadsEveryCondition) {
  auto ConditionOf = [](const std::string &Text) {
    return parse("models: [{function: f, arguments: [{release: {when: {" + Text + "}}}]}]")
        .Models.at(0)
        .Arguments.at(0)
        .Condition;
  };
  EXPECT_EQ(ConditionOf("returns: zero"), When::Zero);
  EXPECT_EQ(ConditionOf("returns: null"), When::Zero);
  EXPECT_EQ(ConditionOf("returns: nonzero"), When::NonZero);
  EXPECT_EQ(ConditionOf("returns: nonnull"), When::NonZero);
  EXPECT_EQ(ConditionOf("returns: negative"), When::Negative);
  EXPECT_EQ(ConditionOf("returns: positive"), When::Positive);
  EXPECT_EQ(ConditionOf("status: ok"), When::StatusOk);
  EXPECT_EQ(ConditionOf("status: bad"), When::StatusBad);
}

TEST(ModelFile, ReadsWhatHoldsWhereAConditionDoesNot) {
  ModelFile File =
      parse("models:\n"
            "  - {function: a, arguments: [{acquire-out: {when: {returns: zero}, otherwise: null}}]}\n"
            "  - {function: b, arguments: [{acquire-out: {when: {returns: zero}, otherwise: unknown}}]}\n"
            "  - {function: c, noreturn: {unwinds: {when: {argument: 2, at-least: -20}}}}\n");
  ASSERT_EQ(File.Models.size(), 3U);
  EXPECT_TRUE(File.Models[0].Arguments.at(0).NullOtherwise);
  EXPECT_FALSE(File.Models[1].Arguments.at(0).NullOtherwise);
  EXPECT_EQ(File.Models[2].EndsIf, 1U);
  EXPECT_EQ(File.Models[2].EndsFrom, -20);
}

TEST(ModelFile, WhatIsNoPartOfOwnershipLeavesItOpen) {
  ModelFile File = parse("models:\n"
                         "  - {function: a, transaction: begins}\n"
                         "  - {function: b, sql: 1, resource: lease}\n"
                         "  - {function: c, throws: may, arguments: [borrow]}\n"
                         "  - {function: d}\n");
  ASSERT_EQ(File.Models.size(), 4U);
  EXPECT_FALSE(File.Models[0].Ownership);
  EXPECT_FALSE(File.Models[1].Ownership);
  EXPECT_TRUE(File.Models[2].Ownership);
  EXPECT_TRUE(File.Models[3].Ownership);
}

TEST(ModelFile, AnEmptyFileSaysNothing) {
  EXPECT_TRUE(parse("").Models.empty());
  EXPECT_TRUE(parse("# only a comment\n").Models.empty());
  EXPECT_TRUE(parse("models: []\n").Models.empty());
}

TEST(ModelFile, MistakesInTheStructureAreOneLineWithAPlace) {
  EXPECT_EQ(errorOf("models: yes\n"), "f.yaml:1:9: expected a list of models");
  EXPECT_EQ(errorOf("resources: 1\n"), "f.yaml:1:12: expected a list of resources");
  EXPECT_EQ(errorOf("exclude: x\n"), "f.yaml:1:10: expected a list of paths");
  EXPECT_EQ(errorOf("exclude: ['']\n"), "f.yaml:1:11: expected a path");
  EXPECT_EQ(errorOf("- a\n"), "f.yaml:1:1: expected 'models', 'resources' or 'exclude'");
  EXPECT_EQ(errorOf("a\n"), "f.yaml:1:1: expected 'models', 'resources' or 'exclude'");
  EXPECT_EQ(errorOf("model: []\n"), "f.yaml:1:1: unknown key 'model'; expected models, resources or exclude");
  EXPECT_EQ(errorOf("models: []\nmodels: []\n"), "f.yaml:2:1: a second 'models'; expected one");
  EXPECT_EQ(errorOf("models: []\n---\nmodels: []\n"), "f.yaml:3:1: a second document; expected one");
  EXPECT_EQ(errorOf("---\n---\nmodels: []\n"), "f.yaml:3:1: a second document; expected one");
  EXPECT_EQ(errorOf("models: [f]\n"), "f.yaml:1:10: expected a model with the key 'function'");
  EXPECT_EQ(errorOf("resources: [a]\n"), "f.yaml:1:13: expected a resource with the keys 'name' and 'type'");
  EXPECT_EQ(errorOf("resources: [{name: a}]\n"), "f.yaml:1:14: expected the keys 'name' and 'type'");
  EXPECT_EQ(errorOf("resources: [{kind: a}]\n"), "f.yaml:1:14: unknown key 'kind'; expected name or type");
}

std::string errorIn(const std::string &Model) {
  return errorOf("models: [{" + Model + "}]\n");
}

TEST(ModelFile, MistakesInAModelAreOneLineWithAPlace) {
  EXPECT_EQ(errorIn("returns: acquire"), "f.yaml:1:11: expected the key 'function'");
  EXPECT_EQ(errorIn("function: ''"), "f.yaml:1:21: expected a name");
  EXPECT_EQ(errorIn("function: [f]"), "f.yaml:1:22: expected a name");
  EXPECT_EQ(errorIn("function: f, resource: ''"), "f.yaml:1:34: expected a name");
  EXPECT_EQ(
      errorIn("function: f, resources: x"),
      "f.yaml:1:24: unknown key 'resources'; expected function, resource, returns, arguments, noreturn, "
      "transaction, sql, text, throws, pure or status-ok");
  EXPECT_EQ(errorIn("function: f, sql: 1, sql: 2"), "f.yaml:1:32: a second 'sql'; expected one");
  EXPECT_EQ(errorIn("function: f}, {function: g}, {function: f"),
            "f.yaml:1:51: a second model of 'f'; expected one");
  EXPECT_EQ(errorIn("function: f, noreturn: often"), "f.yaml:1:34: expected exits or unwinds, not 'often'");
  EXPECT_EQ(errorIn("function: f, noreturn: {often: {when: {argument: 1}}}"),
            "f.yaml:1:35: expected exits or unwinds, not 'often'");
  EXPECT_EQ(errorIn("function: f, noreturn: {}"),
            "f.yaml:1:35: expected exits or unwinds with 'when: {argument: N}'");
  EXPECT_EQ(errorIn("function: f, noreturn: {exits: {}}"),
            "f.yaml:1:35: expected exits or unwinds with 'when: {argument: N}'");
  EXPECT_EQ(errorIn("function: f, noreturn: {exits: always}"), "f.yaml:1:42: expected 'when: {argument: N}'");
  EXPECT_EQ(errorIn("function: f, noreturn: {exits: {if: 1}}"),
            "f.yaml:1:43: unknown key 'if'; expected 'when'");
  EXPECT_EQ(errorIn("function: f, noreturn: {exits: {when: {returns: zero}}}"),
            "f.yaml:1:50: unknown key 'returns'; expected 'argument' or 'at-least'");
  EXPECT_EQ(errorIn("function: f, noreturn: {exits: {when: {at-least: 2}}}"),
            "f.yaml:1:35: expected exits or unwinds with 'when: {argument: N}'");
  EXPECT_EQ(errorIn("function: f, noreturn: {exits: {when: {argument: 1, at-least: x}}}"),
            "f.yaml:1:73: expected the least value with which it ends, not 'x'");
  EXPECT_EQ(errorIn("function: f, arguments: [{release: {otherwise: null}}]"),
            "f.yaml:1:47: unknown key 'otherwise'; expected 'when' or 'resource'");
  EXPECT_EQ(errorIn("function: f, noreturn: {exits: {when: {argument: 0}}}"),
            "f.yaml:1:60: expected the number of an argument, from 1, not '0'");
  EXPECT_EQ(errorIn("function: f, noreturn: {exits: {when: {argument: 1}}, unwinds: {when: {argument: 2}}}"),
            "f.yaml:1:65: expected exits or unwinds, not both");
  EXPECT_EQ(errorIn("function: f, transaction: open"),
            "f.yaml:1:37: expected begins, ends, rolls-back or tells, not 'open'");
  EXPECT_EQ(errorIn("function: f, throws: always"), "f.yaml:1:32: expected never or may, not 'always'");
  EXPECT_EQ(errorIn("function: f, pure: yes"), "f.yaml:1:30: expected true or false, not 'yes'");
  EXPECT_EQ(errorIn("function: f, status-ok: good"),
            "f.yaml:1:35: expected the value that means a good status, not 'good'");
  EXPECT_EQ(errorIn("function: f, sql: 0"),
            "f.yaml:1:29: expected the number of an argument, from 1, not '0'");
  EXPECT_EQ(errorIn("function: f, sql: -1"),
            "f.yaml:1:29: expected the number of an argument, from 1, not '-1'");
  EXPECT_EQ(errorIn("function: f, sql: 4294967297"),
            "f.yaml:1:29: expected the number of an argument, from 1, not '4294967297'");
  EXPECT_EQ(errorIn("function: f, sql: two"),
            "f.yaml:1:29: expected the number of an argument, from 1, not 'two'");
}

TEST(ModelFile, MistakesInReturnsAreOneLineWithAPlace) {
  EXPECT_EQ(errorIn("function: f, returns: acquired"),
            "f.yaml:1:33: expected acquire, acquire-or-null, borrow or 'argument: N', not 'acquired'");
  EXPECT_EQ(errorIn("function: f, returns: [1]"),
            "f.yaml:1:34: expected acquire, acquire-or-null, borrow or 'argument: N'");
  EXPECT_EQ(errorIn("function: f, returns: {}"), "f.yaml:1:34: expected 'argument: N'");
  EXPECT_EQ(errorIn("function: f, returns: {parameter: 1}"),
            "f.yaml:1:34: unknown key 'parameter'; expected 'argument'");
  EXPECT_EQ(errorIn("function: f, returns: {argument: 0}"),
            "f.yaml:1:44: expected the number of an argument, from 1, not '0'");
  EXPECT_EQ(errorIn("function: f, returns: {argument: x}"),
            "f.yaml:1:44: expected the number of an argument, from 1, not 'x'");
  EXPECT_EQ(errorIn("function: f, returns: {argument: 1, argument: 2}"),
            "f.yaml:1:47: a second 'argument'; expected one");
}

TEST(ModelFile, MistakesInArgumentsAreOneLineWithAPlace) {
  auto ErrorFor = [](const std::string &Argument) {
    return errorIn("function: f, arguments: [" + Argument + "]");
  };
  EXPECT_EQ(errorIn("function: f, arguments: release"),
            "f.yaml:1:35: expected a list of effects, one for each argument");
  EXPECT_EQ(ErrorFor("keep"),
            "f.yaml:1:36: expected borrow, release, transfer, acquire-out or none, not 'keep'");
  EXPECT_EQ(ErrorFor("[release]"), "f.yaml:1:37: expected borrow, release, transfer, acquire-out or none");
  EXPECT_EQ(ErrorFor("{}"), "f.yaml:1:37: expected an effect");
  EXPECT_EQ(ErrorFor("{keep: {when: {returns: zero}}}"),
            "f.yaml:1:37: expected borrow, release, transfer, acquire-out or none, not 'keep'");
  EXPECT_EQ(ErrorFor("{release: {when: {returns: zero}}, transfer: {when: {returns: nonzero}}}"),
            "f.yaml:1:71: expected one effect for each argument");
  EXPECT_EQ(ErrorFor("{borrow: {when: {returns: zero}}}"),
            "f.yaml:1:37: 'borrow' takes no condition; release, transfer and acquire-out do");
  EXPECT_EQ(ErrorFor("{none: {when: {returns: zero}}}"),
            "f.yaml:1:37: 'none' takes no condition; release, transfer and acquire-out do");
  EXPECT_EQ(ErrorFor("{release: always}"), "f.yaml:1:46: expected 'when' or 'resource'");
  EXPECT_EQ(ErrorFor("{release: {}}"), "f.yaml:1:47: expected 'when' or 'resource'");
  EXPECT_EQ(ErrorFor("{release: {if: 1}}"), "f.yaml:1:47: unknown key 'if'; expected 'when' or 'resource'");
  EXPECT_EQ(ErrorFor("{transfer: {resource: lease}}"),
            "f.yaml:1:48: expected 'when': a transfer is of whatever is given");
  EXPECT_EQ(ErrorFor("{release: {when: zero}}"), "f.yaml:1:53: expected 'returns' or 'status'");
  EXPECT_EQ(ErrorFor("{release: {when: {}}}"), "f.yaml:1:54: expected 'returns' or 'status'");
  EXPECT_EQ(ErrorFor("{release: {when: {result: zero}}}"),
            "f.yaml:1:54: unknown key 'result'; expected 'returns' or 'status'");
  EXPECT_EQ(ErrorFor("{release: {when: {returns: often}}}"),
            "f.yaml:1:63: expected zero, nonzero, null, nonnull, negative or positive, not 'often'");
  EXPECT_EQ(ErrorFor("{release: {when: {status: open}}}"), "f.yaml:1:62: expected ok or bad, not 'open'");
  EXPECT_EQ(ErrorFor("{release: {when: {returns: zero, status: ok}}}"),
            "f.yaml:1:69: expected one condition, by 'returns' or by 'status'");
  EXPECT_EQ(ErrorFor("{acquire-out: {when: {status: ok}}}"),
            "f.yaml:1:58: expected 'returns': what is not acquired yet has no status");
  EXPECT_EQ(ErrorFor("{release: {when: {status: ok}}}, {release: {when: {status: bad}}}"),
            "f.yaml:1:70: expected conditions by the status of one argument, not of two");
}

TEST(ModelFile, NoBytesCrashTheReader) {
  for (const char *Text : {"{",
                           "models: [",
                           "models: [{",
                           "\xff\xfe",
                           "models:\n\t- x",
                           "? ?",
                           "&a *a",
                           "models: *x",
                           "--- !!binary",
                           "models: [{function: \"\\x\"}]",
                           "models:\n- function:\n  - a\n",
                           "|\n",
                           "models: []\n}",
                           "models: []\n--- {",
                           "--- a\n--- b",
                           "{a: b}: c",
                           "%models:",
                           "%>",
                           "models: [{function: f, returns: {",
                           "a\n- ? b\n",
                           "models: [{arguments: [?]}]"}) {
    std::string Error;
    bool Read = parseModelFile({Text, "f.yaml"}, Error).has_value();
    EXPECT_EQ(Read, Error.empty()) << Text;
    EXPECT_EQ(Error.find('\n'), std::string::npos) << Text;
  }
}

TEST(ModelFile, TheBuiltInModelsKnowLibpq) {
  const ModelSet &Set = builtinModels();
  ASSERT_TRUE(Set.find("PQconnectdb"));
  EXPECT_TRUE(Set.find("PQconnectdb")->acquires());
  EXPECT_FALSE(Set.find("PQreset")->acquires());
  EXPECT_EQ(Set.find("PQfinish")->Arguments.at(0).What, ArgumentModel::Effect::Release);
  EXPECT_EQ(Set.find("PQcancelCreate")->Resource, "cancel-connection");
  ASSERT_TRUE(Set.statusFunction());
  EXPECT_EQ(Set.statusFunction()->Function, "PQstatus");
  EXPECT_EQ(Set.resourceOfType("pg_conn"), "connection");
  EXPECT_FALSE(Set.find("malloc")->acquires());
}

TEST(ModelFile, TheBuiltInModelsNameAFunctionOnce) {
  llvm::StringSet<> Names;
  for (const ModelFile &File : builtinModelFiles())
    for (const Model &M : File.Models)
      EXPECT_TRUE(Names.insert(M.Function).second) << M.Function;
  EXPECT_GT(Names.size(), 200U);
}

TEST(ModelFile, SaysHowSqlIsGiven) {
  const ModelFile File = parse("models:\n"
                               "  - {function: a, sql: {runs: 2, when: {returns: zero}}}\n"
                               "  - {function: b, sql: {prepares: 3, name: 2}}\n"
                               "  - {function: c, sql: receives}\n"
                               "  - {function: d, transaction: {begins: {when: {returns: nonzero}}}}\n"
                               "  - {function: e, text: {of: 2, then: 3, append-to: 1, field: data}}\n"
                               "  - {function: f, text: {of: nothing}}\n");
  ASSERT_EQ(File.Models.size(), 6U);
  EXPECT_EQ(File.Models[0].Sql, (SqlModel{SqlModel::Act::Runs, 1, 0, When::Zero}));
  EXPECT_EQ(File.Models[1].Sql, (SqlModel{SqlModel::Act::Prepares, 2, 1, When::Always}));
  EXPECT_EQ(File.Models[2].Sql->What, SqlModel::Act::Receives);
  EXPECT_EQ(File.Models[3].ActsWhen, When::NonZero);
  EXPECT_EQ(File.Models[4].Text, (TextModel{1, 2, 0, "data", true}));
  EXPECT_EQ(File.Models[5].Text, TextModel{});
  for (const Model &M : File.Models)
    EXPECT_FALSE(M.Ownership) << M.Function;
}

TEST(ModelFile, MistakesInSqlAndTextsAreOneLine) {
  EXPECT_EQ(errorIn("function: f, sql: {runs: 1, sends: 2}"), "f.yaml:1:39: expected one of runs, sends, "
                                                              "prepares, runs-prepared, sends-prepared or "
                                                              "receives");
  EXPECT_EQ(errorIn("function: f, sql: {when: {returns: zero}}"),
            "f.yaml:1:30: expected runs, sends, prepares, runs-prepared, sends-prepared or receives");
  EXPECT_EQ(errorIn("function: f, sql: {prepares: 1}"),
            "f.yaml:1:30: expected the 'name' of what it prepares");
  EXPECT_EQ(errorIn("function: f, sql: {runs: 1, name: 2}"), "f.yaml:1:30: only 'prepares' has a 'name'");
  EXPECT_EQ(errorIn("function: f, transaction: {}"),
            "f.yaml:1:38: expected begins, ends, rolls-back or tells");
  EXPECT_EQ(errorIn("function: f, transaction: {begins: {when: {}}}"), "f.yaml:1:54: expected 'returns'");
  EXPECT_EQ(errorIn("function: f, text: {into: 1}"), "f.yaml:1:31: expected the key 'of'");
  EXPECT_EQ(errorIn("function: f, text: {of: 1, into: 1, append-to: 2}"),
            "f.yaml:1:47: expected 'into' or 'append-to', not both");
}

TEST(ModelFile, ALaterModelReplacesAnEarlierOne) {
  ModelSet Set = builtinModels();
  addTo(Set, parse("models: [{function: PQreset, arguments: [release]}]"));
  EXPECT_EQ(Set.find("PQreset")->Arguments.at(0).What, ArgumentModel::Effect::Release);
}

TEST(ModelFile, ALaterModelReplacesWhatItSpeaksOf) {
  ModelSet Set = builtinModels();
  addTo(Set, parse("models: [{function: PQexec, throws: never, transaction: ends}, {function: PQlibVersion, "
                   "sql: 1}]"));
  EXPECT_TRUE(Set.find("PQexec")->acquires());
  EXPECT_EQ(Set.find("PQexec")->Sql->Statement, 1U);
  EXPECT_EQ(Set.find("PQexec")->Throws, Model::Throwing::Never);
  EXPECT_EQ(Set.find("PQexec")->ActsOn, Model::Transaction::Ends);
  EXPECT_TRUE(Set.find("PQlibVersion")->Ownership);
  addTo(Set, parse("models: [{function: PQexec, arguments: [release]}]"));
  EXPECT_FALSE(Set.find("PQexec")->acquires());
  EXPECT_EQ(Set.find("PQexec")->Throws, Model::Throwing::Never);
  EXPECT_EQ(Set.findUsers("PQexec")->Arguments.at(0).What, ArgumentModel::Effect::Release);
  EXPECT_FALSE(Set.findUsers("PQreset"));
}

} // namespace
