#include "analysis/IndexFile.h"
#include "PackedBytes.h"
#include "analysis/FactsCollector.h"
#include "analysis/Linker.h"
#include "analysis/ParsedProgram.h"

#include "clang/Frontend/ASTUnit.h"
#include "clang/Tooling/Tooling.h"

using namespace connsan;

namespace {

constexpr const char *Declarations = R"(
extern "C" {
typedef struct pg_conn PGconn;
PGconn *PQconnectdb(const char *);
void PQfinish(PGconn *);
int PQstatus(const PGconn *);
}
struct Holder { PGconn *conn; PGconn *second; int kind; };
extern PGconn *shared;
bool open_it(Holder *holder, int how);
void close_it(Holder *holder);
PGconn *take(Holder *holder);
void keep(PGconn *conn);
)";

constexpr const char *Helpers = R"(
bool open_it(Holder *holder, int how) {
  PGconn *conn = PQconnectdb("");
  if (how == 6) throw how;
  if (how < -3) { PQfinish(conn); return false; }
  if (PQstatus(conn) != 0) { holder->kind = 5; PQfinish(conn); return false; }
  holder->conn = holder->second = conn;
  return true;
}
void close_it(Holder *holder) { if (holder->conn) PQfinish(holder->conn); holder->conn = nullptr; }
PGconn *take(Holder *holder) { PGconn *was = holder->conn; holder->conn = nullptr; return was; }
void keep(PGconn *conn) { shared = conn; }
)";

constexpr const char *Caller = R"(
int use(int how) {
  Holder holder{};
  if (!open_it(&holder, how)) return 1;
  if (how == 2) { keep(take(&holder)); return 2; }
  if (how == 3) { close_it(&holder); return 3; }
  return PQstatus(holder.conn);
}
)";

SummaryIndex indexOfHelpers() {
  std::unique_ptr<clang::ASTUnit> Parsed =
      clang::tooling::buildASTFromCode(std::string(Declarations) + Helpers);
  UnitFacts Unit = collectFacts(Parsed->getASTContext());
  return linkUnits(LinkedUnit{&Unit, &builtinModels()}, {}).Index;
}

std::vector<Finding> findingsWith(const SummaryIndex &Index) {
  static const std::unique_ptr<clang::ASTUnit> Parsed =
      clang::tooling::buildASTFromCode(std::string(Declarations) + Caller);
  ParsedProgram Program(Parsed->getASTContext());
  return Analyzer(Program, builtinModels(), {}, &Index).findings();
}

std::string whatIsWrong(llvm::StringRef Bytes) {
  llvm::Expected<SummaryIndex> Index = decodeIndex(Bytes);
  return Index ? "" : llvm::toString(Index.takeError());
}

TEST(IndexFile, IsReadAsItWasWritten) {
  SummaryIndex Before = indexOfHelpers();
  llvm::Expected<SummaryIndex> After = decodeIndex(encodeIndex(Before));
  ASSERT_TRUE(bool(After));
  ASSERT_EQ(After->all().size(), 4U);
  for (const auto &Entry : Before.all()) {
    auto Same = After->find(Entry.getKey(), Entry.getValue()->Type);
    ASSERT_TRUE(Same);
    EXPECT_EQ(*Same, *Entry.getValue());
    EXPECT_EQ(dump(Same->Effects, Same->Name), dump(Entry.getValue()->Effects, Same->Name));
  }
  std::vector<Finding> Found = findingsWith(*After);
  ASSERT_EQ(Found.size(), 1U);
  EXPECT_EQ(Found.front().Kind, FindingKind::Exit);
}

TEST(IndexFile, AnotherTypeIsUnknown) {
  SummaryIndex Index = indexOfHelpers();
  const auto &Entry = *Index.all().begin();
  EXPECT_TRUE(Index.find(Entry.getKey(), Entry.getValue()->Type));
  EXPECT_TRUE(Index.find(Entry.getKey(), 0));
  EXPECT_FALSE(Index.find(Entry.getKey(), Entry.getValue()->Type ^ 2));
}

TEST(IndexFile, SameFactsSameBytes) {
  EXPECT_EQ(encodeIndex(indexOfHelpers()), encodeIndex(indexOfHelpers()));
}

TEST(IndexFile, RejectsWhatIsDamaged) {
  expectDamageIsFound(encodeIndex(indexOfHelpers()), whatIsWrong);
}

TEST(IndexFile, SurvivesWhatAnybodyWrote) {
  expectForgeriesAreSurvived(encodeIndex(indexOfHelpers()), [](const std::string &Bytes) {
    llvm::Expected<SummaryIndex> Index = decodeIndex(Bytes);
    if (Index)
      findingsWith(*Index);
    else
      EXPECT_EQ(llvm::toString(Index.takeError()), "is damaged; write it again");
    return bool(Index);
  });
}

} // namespace
