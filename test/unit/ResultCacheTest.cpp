#include "analysis/ResultCache.h"
#include "PackedBytes.h"
#include "analysis/Analyzer.h"
#include "analysis/FactsCollector.h"
#include "analysis/Packing.h"
#include "analysis/ParsedProgram.h"
#include "analysis/ResultLayout.h"
#include "analysis/StoredProgram.h"

#include "clang/Frontend/ASTUnit.h"
#include "clang/Tooling/Tooling.h"

using namespace connsan;

namespace {

constexpr const char *Code = R"(
extern "C" {
typedef struct pg_conn PGconn;
PGconn *PQconnectdb(const char *);
void PQfinish(PGconn *);
int PQstatus(const PGconn *);
}
struct Holder { PGconn *conn; int kind; };
bool open_it(Holder *holder, int how) {
  PGconn *conn = PQconnectdb("");
  if (how < -3) { PQfinish(conn); return false; }
  if (PQstatus(conn) != 0) { holder->kind = 5; PQfinish(conn); return false; }
  holder->conn = conn;
  return true;
}
int leak(int how) {
  Holder holder{};
  if (!open_it(&holder, how)) return 1;
  if (how == 2) return 2;
  PQfinish(holder.conn);
  return 0;
}
)";

const UnitFacts &unit() {
  static const UnitFacts Unit = collectFacts(clang::tooling::buildASTFromCode(Code)->getASTContext());
  return Unit;
}

std::vector<std::string> findings(ResultCache *Results, const Limits &Bounds = {}) {
  StoredProgram Program(unit());
  Analyzer Analysis(Program, builtinModels(), Bounds);
  Analysis.useResults(Results);
  std::vector<std::string> Each;
  for (Finding &F : Analysis.findings())
    Each.push_back(pack(F));
  return Each;
}

ResultCache filled() {
  ResultCache Results(1);
  findings(&Results);
  return Results;
}

std::string whatIsWrong(llvm::StringRef Bytes) {
  return llvm::toString(ResultCache(1).decode(Bytes));
}

TEST(ResultCache, FindsWhatIsFoundWithoutIt) {
  const std::vector<std::string> Plain = findings(nullptr);
  ASSERT_EQ(Plain.size(), 1U);
  ResultCache Results = filled();
  EXPECT_EQ(Results.explored(), 2U);
  EXPECT_TRUE(Results.isChanged());

  ResultCache Read(1);
  ASSERT_EQ(llvm::toString(Read.decode(Results.encode())), "");
  EXPECT_EQ(findings(&Read), Plain);
  EXPECT_EQ(Read.explored(), 0U);
  EXPECT_FALSE(Read.isChanged());
  EXPECT_EQ(Read.encode(), Results.encode());
}

TEST(ResultCache, KeepsOnlyWhatIsAskedFor) {
  ResultCache Read(1);
  ASSERT_EQ(llvm::toString(Read.decode(filled().encode())), "");
  EXPECT_TRUE(Read.isChanged());
  EXPECT_NE(Read.encode(), filled().encode());
}

TEST(ResultCache, OtherLimitsAreAnotherQuestion) {
  ResultCache Results = filled();
  Limits Fewer;
  Fewer.StatesPerBlock = 2;
  findings(&Results, Fewer);
  EXPECT_EQ(Results.explored(), 4U);
}

TEST(ResultCache, KeepsNothingThatTookTooLong) {
  ResultCache Results(1);
  Limits None;
  None.Time = std::chrono::milliseconds(0);
  findings(&Results, None);
  findings(&Results, None);
  EXPECT_EQ(Results.explored(), 4U);
}

TEST(ResultCache, KeepsWhatTookTooLongForTheNextCheck) {
  ResultCache Results(1);
  Limits None;
  None.Time = std::chrono::milliseconds(0);
  Results.checkAgain();
  findings(&Results, None);
  Results.checkAgain();
  findings(&Results, None);
  EXPECT_EQ(Results.explored(), 2U);
}

TEST(ResultCache, ForgetsWhatTheLastCheckDidNotAskFor) {
  ResultCache Results = filled();
  Results.checkAgain();
  Results.checkAgain();
  findings(&Results);
  EXPECT_EQ(Results.explored(), 4U);
}

/// The lines of the findings in a source that was just parsed.
std::vector<unsigned> lines(const std::string &Text, ResultCache &Results) {
  std::unique_ptr<clang::ASTUnit> Parsed = clang::tooling::buildASTFromCode(Text);
  ParsedProgram Program(Parsed->getASTContext());
  Analyzer Analysis(Program, builtinModels(), {});
  Results.checkAgain();
  Analysis.useResults(&Results);
  std::vector<unsigned> Lines;
  for (const Finding &F : Analysis.findings())
    Lines.push_back(Parsed->getSourceManager().getExpansionLineNumber(
        clang::SourceLocation::getFromRawEncoding(F.At.Raw)));
  return Lines;
}

TEST(ResultCache, FunctionsMayMoveInTheirFile) {
  std::string Text = Code;
  const std::string Macro = "#define LEAVE_WITH(N) return N\n";
  Text.insert(Text.find("int leak"), Macro);
  Text.replace(Text.find("return 2"), 8, "LEAVE_WITH(2)");
  ResultCache Results(1);
  const std::vector<unsigned> Before = lines(Text, Results);
  ASSERT_EQ(Before.size(), 1U);
  EXPECT_EQ(lines(Text + "// more\n", Results), Before);
  EXPECT_EQ(lines("\n" + Text, Results), std::vector<unsigned>{Before[0] + 1});
  EXPECT_EQ(Results.explored(), 2U);
}

TEST(ResultCache, AnotherProgramIsNotBelieved) {
  EXPECT_EQ(llvm::toString(ResultCache(2).decode(filled().encode())), "is of another connsan");
}

TEST(ResultCache, RejectsWhatIsDamaged) {
  expectDamageIsFound(filled().encode(), whatIsWrong);
}

TEST(ResultCache, SurvivesWhatAnybodyWrote) {
  expectForgeriesAreSurvived(filled().encode(), [](const std::string &Bytes) {
    ResultCache Results(1);
    if (llvm::Error Error = Results.decode(Bytes)) {
      llvm::consumeError(std::move(Error));
      return false;
    }
    findings(&Results);
    return true;
  });
}

} // namespace
