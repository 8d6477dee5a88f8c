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
                         "  - {function: i, arguments: [{release: {when: {status: bad}}}]}\n");
  EXPECT_EQ(File.Exclude, std::vector<std::string>{"third_party/"});
  ASSERT_EQ(File.Types.size(), 1U);
  EXPECT_EQ(File.Types[0].Type, "Lease");
  ASSERT_EQ(File.Models.size(), 5U);
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
}

TEST(ModelFile, AnEmptyFileSaysNothing) {
  EXPECT_TRUE(parse("").Models.empty());
  EXPECT_TRUE(parse("# only a comment\n").Models.empty());
  EXPECT_TRUE(parse("models: []\n").Models.empty());
}

TEST(ModelFile, MistakesAreOneLineWithAPlace) {
  EXPECT_EQ(errorOf("models: yes\n"), "f.yaml:1:9: expected a list of models");
  EXPECT_EQ(errorOf("- a\n"), "f.yaml:1:1: expected 'models', 'resources' or 'exclude'");
  EXPECT_EQ(errorOf("models: [{function: f, noreturn: often}]\n"),
            "f.yaml:1:34: expected exits or unwinds, not 'often'");
  EXPECT_EQ(errorOf("models: [{function: f, returns: {argument: 0}}]\n"),
            "f.yaml:1:44: expected the number of an argument, from 1");
  EXPECT_EQ(errorOf("models: [{function: f, returns: {argument: x}}]\n"),
            "f.yaml:1:44: expected the number of an argument, from 1, not 'x'");
  EXPECT_EQ(errorOf("models: [{function: f, arguments: [{release: {if: 1}}]}]\n"),
            "f.yaml:1:47: unknown key 'if'; expected 'when'");
}

TEST(ModelFile, NoBytesCrashTheReader) {
  for (const char *Text :
       {"{", "models: [", "models: [{", "\xff\xfe", "models:\n\t- x", "? ?", "&a *a", "models: *x",
        "--- !!binary", "models: [{function: \"\\x\"}]", "models:\n- function:\n  - a\n", "|\n"}) {
    std::string Error;
    bool Read = parseModelFile({Text, "f.yaml"}, Error).has_value();
    EXPECT_EQ(Read, Error.empty()) << Text;
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

TEST(ModelFile, ALaterModelReplacesAnEarlierOne) {
  ModelSet Set = builtinModels();
  addTo(Set, parse("models: [{function: PQreset, arguments: [release]}]"));
  EXPECT_EQ(Set.find("PQreset")->Arguments.at(0).What, ArgumentModel::Effect::Release);
}

} // namespace
