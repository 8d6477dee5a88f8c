#include "analysis/FactsFile.h"
#include "PackedBytes.h"
#include "analysis/Analyzer.h"
#include "analysis/FactsCollector.h"
#include "analysis/StoredProgram.h"

#include "clang/Frontend/ASTUnit.h"
#include "clang/Tooling/Tooling.h"
#include "gtest/gtest.h"

using namespace connsan;

namespace {

constexpr const char *Source = R"(
extern "C" {
typedef struct pg_conn PGconn;
PGconn *PQconnectdb(const char *);
void PQfinish(PGconn *);
int PQstatus(const PGconn *);
}
#define GIVE_UP(value) return value
struct Holder { PGconn *conn; int kind; };
__attribute__((annotate("connsan:argument 1 borrow"))) void look(Holder *holder);
static void drop(PGconn *conn) { if (conn) PQfinish(conn); }
int open_it(Holder *holder, int how, void (*after)(PGconn *)) {
  PGconn *conn = PQconnectdb(how > 2 && how != -1 ? "a" : "b");
  switch (how) {
  case -3: GIVE_UP(1);
  case 4: case 5: drop(conn); return 2;
  default: break;
  }
  while (!PQstatus(conn)) if (how++ > 9) break;
  if (how == 6) throw how;
  if (how == 7) after(conn);
  look(holder);
  return 3;
}
)";

UnitFacts factsOf(const char *Text) {
  std::unique_ptr<clang::ASTUnit> Unit = clang::tooling::buildASTFromCode(Text);
  return collectFacts(Unit->getASTContext());
}

std::string whatIsWrong(llvm::StringRef Bytes) {
  llvm::Expected<UnitFacts> Unit = decodeFacts(Bytes);
  return Unit ? "" : llvm::toString(Unit.takeError());
}

std::vector<Finding> findingsIn(const UnitFacts &Unit) {
  StoredProgram Stored(Unit);
  Limits Small;
  Small.StepsPerBlock = 20; // damaged facts may have loops without end
  return Analyzer(Stored, builtinModels(), Small).findings();
}

TEST(FactsFile, KeepsAll) {
  UnitFacts Before = factsOf(Source);
  std::string Bytes = encodeFacts(Before);
  UnitFacts After = llvm::cantFail(decodeFacts(Bytes));
  EXPECT_EQ(encodeFacts(After), Bytes);

  ASSERT_EQ(After.Functions.size(), Before.Functions.size());
  for (std::size_t I = 0; I < After.Functions.size(); ++I) {
    EXPECT_EQ(After.Functions[I].Declaration.Name, Before.Functions[I].Declaration.Name);
    ASSERT_EQ(After.Functions[I].Body.has_value(), Before.Functions[I].Body.has_value());
    if (After.Functions[I].Body) {
      EXPECT_EQ(dump(*After.Functions[I].Body->Facts), dump(*Before.Functions[I].Body->Facts));
    }
  }
  ASSERT_EQ(After.Annotated.size(), 1U);
  EXPECT_EQ(After.Annotated.front().Texts, std::vector<std::string>{"argument 1 borrow"});

  std::vector<Finding> Found = findingsIn(After);
  ASSERT_EQ(Found.size(), findingsIn(Before).size());
  ASSERT_FALSE(Found.empty());
  for (const Finding &F : Found)
    EXPECT_EQ(F.Function, "open_it");
}

TEST(FactsFile, SameSourceSameBytes) {
  EXPECT_EQ(encodeFacts(factsOf(Source)), encodeFacts(factsOf(Source)));
}

TEST(FactsFile, RejectsWhatIsDamaged) {
  expectDamageIsFound(encodeFacts(factsOf(Source)), whatIsWrong);
}

TEST(FactsFile, SaysWhatIsWrong) {
  EXPECT_EQ(whatIsWrong("int main(void) { return 0; }\n"), "is no file of facts");
  std::string Bytes = encodeFacts(factsOf(Source));
  std::string Newer = Bytes;
  Newer[FormatAt] = 99;
  EXPECT_EQ(whatIsWrong(Newer), "has format 99 where this connsan has 9; write it again");
  Bytes.back() ^= 1;
  EXPECT_EQ(whatIsWrong(Bytes), "is damaged; write it again");
}

TEST(FactsFile, SurvivesWhatAnybodyWrote) {
  expectForgeriesAreSurvived(encodeFacts(factsOf(Source)), [](const std::string &Bytes) {
    llvm::Expected<UnitFacts> Unit = decodeFacts(Bytes);
    if (Unit)
      findingsIn(*Unit);
    else
      EXPECT_EQ(llvm::toString(Unit.takeError()), "is damaged; write it again");
    return bool(Unit);
  });
}

} // namespace
