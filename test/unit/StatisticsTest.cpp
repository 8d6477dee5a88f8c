#include "analysis/Analyzer.h"
#include "analysis/ParsedProgram.h"

#include "clang/Frontend/ASTUnit.h"
#include "clang/Tooling/Tooling.h"

#include <gtest/gtest.h>

using namespace connsan;

namespace {

/// Opens, asks, and leaks in one case.
const char *Source = "typedef struct pg_conn PGconn;\n"
                     "PGconn *PQconnectdb(const char *);\n"
                     "void PQfinish(PGconn *);\n"
                     "int next(void);\n"
                     "int unrelated(int n) { return n; }\n"
                     "int leaks(void) {\n"
                     "  PGconn *c = PQconnectdb(\"\");\n"
                     "  if (next()) return 1;\n"
                     "  PQfinish(c);\n"
                     "  return 0;\n"
                     "}\n";

struct Analyzed {
  std::vector<Finding> Findings;
  Statistics Stats;
};

Analyzed analyze(const Limits &Bounds, const std::string &Code = Source) {
  auto Unit = clang::tooling::buildASTFromCodeWithArgs(Code, {"-w"}, "a.c");
  ParsedProgram Parsed(Unit->getASTContext());
  Analyzer Analysis(Parsed, builtinModels(), Bounds);
  std::vector<Finding> Findings = Analysis.findings();
  return {std::move(Findings), Analysis.statistics()};
}

TEST(Statistics, CountsWhatWasAnalysed) {
  Analyzed All = analyze({});
  EXPECT_EQ(All.Findings.size(), 1U);
  EXPECT_EQ(All.Stats.Bodies, 2U);
  EXPECT_EQ(All.Stats.WithResources, 1U);
  EXPECT_EQ(All.Stats.Silenced, 0U);
  EXPECT_TRUE(All.Stats.GivenUp.empty());
}

void expectGivenUp(const Limits &Bounds, GiveUp Why, std::uint64_t After) {
  Analyzed None = analyze(Bounds);
  EXPECT_TRUE(None.Findings.empty());
  EXPECT_EQ(None.Stats.WithResources, 1U);
  ASSERT_EQ(None.Stats.GivenUp.size(), 1U);
  EXPECT_EQ(None.Stats.GivenUp[0].Name, "leaks");
  EXPECT_EQ(None.Stats.GivenUp[0].Why, Why);
  EXPECT_EQ(None.Stats.GivenUp[0].After, After);
}

TEST(Statistics, ALimitThatIsReachedIsNamed) {
  expectGivenUp({.Blocks = 1}, GiveUp::Blocks, 1);
  expectGivenUp({.MostStatesPerBlock = 0}, GiveUp::States, 0);
  expectGivenUp({.StepsPerBlock = 0}, GiveUp::Steps, 0);
  expectGivenUp({.Time = std::chrono::milliseconds(0)}, GiveUp::Time, 0);
}

TEST(Statistics, AFunctionWithErrorsIsGivenUp) {
  Analyzed Broken =
      analyze({}, std::string(Source) + "void broken(void) { PGconn *c = PQconnectdb(missing); }");
  EXPECT_EQ(Broken.Findings.size(), 1U);
  ASSERT_EQ(Broken.Stats.GivenUp.size(), 1U);
  EXPECT_EQ(Broken.Stats.GivenUp[0].Name, "broken");
  EXPECT_EQ(Broken.Stats.GivenUp[0].Why, GiveUp::Errors);
}

TEST(Statistics, WhereALimitSilencesAnObligationTheFunctionCounts) {
  std::string Code = std::string(Source) + "int flags(void) {\n";
  for (const char *N : {"0", "1", "2"})
    Code += std::string("int f") + N + " = next(); PGconn *c" + N + " = 0; if (f" + N + ") c" + N +
            " = PQconnectdb(\"\");\n";
  for (const char *N : {"0", "1", "2"})
    Code += std::string("if (f") + N + ") PQfinish(c" + N + ");\n";
  Code += "return 0; }";
  EXPECT_EQ(analyze({}, Code).Stats.Silenced, 0U);
  Analyzed Few = analyze({.StatesPerBlock = 1, .MostStatesPerBlock = 2}, Code);
  EXPECT_EQ(Few.Stats.Silenced, 1U);
  EXPECT_EQ(Few.Findings.size(), 1U);
  EXPECT_TRUE(Few.Stats.GivenUp.empty());
}

} // namespace
