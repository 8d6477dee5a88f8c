// connsan-sql-bytes [COUNT [SEED]]: what is said of SQL holds for any bytes. Statements are mutated and
// strung together, and of each such text:
//
// 1. Nothing crashes.
// 2. In upper case it is the same, where it has no quotes; so it is with comments and blanks between its
// statements.
// 3. A whole text with COMMIT after it is the same, and then a commit.
// 4. What its first bytes begin or end, when they go on, the whole text begins or ends as well.
//
// A failure prints the text. clang++ -fsanitize=fuzzer takes the function at the end.
#include "sql/TransactionSql.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdlib>
#include <random>
#include <string>

using namespace connsan;

namespace {

void require(bool Holds, const char *What, llvm::StringRef Sql) {
  if (Holds)
    return;
  llvm::errs() << "connsan-sql-bytes: " << What << ": \"";
  llvm::errs().write_escaped(Sql, /*UseHexEscapes=*/true) << "\"\n";
  std::abort();
}

/// Whether the text has nothing in it of which one part may reach into another.
bool isPlain(llvm::StringRef Sql) {
  return llvm::all_of(
      Sql, [](char C) { return llvm::isAlpha(C) || C == ' ' || C == ';' || C == ',' || C == '\n'; });
}

void examine(llvm::StringRef Sql) {
  const std::vector<SqlCommand> Commands = sqlCommands(Sql);
  (void)sqlCommands(Sql, true);
  if (!isPlain(Sql))
    return;
  require(sqlCommands(Sql.upper()) == Commands, "another case means something else", Sql);
  std::string Spaced;
  for (char C : Sql)
    Spaced += C == ';' ? std::string(" /* ; BEGIN */ ; -- COMMIT;\n") : std::string(1, C);
  // A function's body has semicolons of its own.
  if (llvm::StringRef(Sql.upper()).contains("ATOMIC"))
    return;
  require(sqlCommands(Spaced) == Commands, "comments mean something", Sql);
  std::vector<SqlCommand> More = Commands;
  More.push_back(SqlCommand::Commit);
  require(sqlCommands(Sql.str() + "; COMMIT") == More, "a commit after it is not seen", Sql);
  for (std::size_t Size = 0; Size < Sql.size(); ++Size) {
    // A word that is cut is another word.
    if (Size > 0 && llvm::isAlnum(Sql[Size - 1]) && llvm::isAlnum(Sql[Size]))
      continue;
    const std::vector<SqlCommand> Beginning = sqlCommands(Sql.take_front(Size), true);
    for (std::size_t I = 0; I < Beginning.size(); ++I)
      if (Beginning[I] == SqlCommand::Begin || Beginning[I] == SqlCommand::RollBack)
        require(I < Commands.size() && (Commands[I] == Beginning[I] || Commands[I] == SqlCommand::Chain),
                "its first part does what the whole does not", Sql);
  }
}

} // namespace

#ifdef CONNSAN_FUZZ
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *Data, std::size_t Size) {
  examine({reinterpret_cast<const char *>(Data), Size});
  return 0;
}
#else
int main(int Count, char **Arguments) {
  const unsigned long Rounds = Count > 1 ? std::strtoul(Arguments[1], nullptr, 10) : 10000;
  std::mt19937 Random(Count > 2 ? std::strtoul(Arguments[2], nullptr, 10) : 1);
  constexpr const char *Pieces[] = {
      "BEGIN", "COMMIT", "ROLLBACK", "ABORT",  "END",    "START", "TRANSACTION", "WORK",   "AND",      "NO",
      "CHAIN", "TO",     "PREPARE",  "ATOMIC", "CREATE", "CASE",  "SAVEPOINT s", "SELECT", "a",        ";",
      ";",     ";",      "'",        "''",     "\"",     "$$",    "$a$",         "/*",     "*/",       "--",
      "\n",    "(",      ")",        "%s",     "{}",     "E'\\'", "U&\"",        "1.5e",   "0x",       "::",
      "\xc3",  "\xff",   "\x01",     "\\",     "$1",     ":v",    "B'01",        "x'",     "\xf0\x9f", "@@"};
  auto Any = [&](std::size_t Below) {
    return std::uniform_int_distribution<std::size_t>(0, Below - 1)(Random);
  };
  for (unsigned long Round = 0; Round < Rounds; ++Round) {
    std::string Sql;
    const bool IsPlainRound = Round % 2 == 0;
    for (std::size_t Size = Any(12); Size-- > 0;)
      Sql += std::string(Pieces[Any(IsPlainRound ? 22 : std::size(Pieces))]) +
             (Any(4) == 0 && !IsPlainRound ? "" : " ");
    for (std::size_t Changes = IsPlainRound ? 0 : Any(3); Changes-- > 0 && !Sql.empty();)
      Sql[Any(Sql.size())] = static_cast<char>(Any(256));
    examine(Sql);
  }
  llvm::outs() << Rounds << " texts\n";
  return 0;
}
#endif
