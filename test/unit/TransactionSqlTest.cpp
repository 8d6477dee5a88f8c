#include "sql/TransactionSql.h"

#include <gtest/gtest.h>

using namespace connsan;

namespace {

/// A letter for each statement.
std::string read(llvm::StringRef Sql, bool GoesOn = false) {
  std::string Letters;
  for (SqlCommand C : sqlCommands(Sql, GoesOn))
    Letters += "o?BCRN"[static_cast<unsigned>(C)];
  return Letters;
}

TEST(TransactionSql, BeginsAndEnds) {
  for (const char *Sql : {"BEGIN", "begin", "BEGIN;", "BEGIN WORK", "BEGIN TRANSACTION",
                          "BEGIN ISOLATION LEVEL SERIALIZABLE", "BEGIN READ ONLY, NOT DEFERRABLE",
                          "START TRANSACTION", "start  transaction read only", "\n\tBeGiN\n"})
    EXPECT_EQ(read(Sql), "B") << Sql;
  for (const char *Sql : {"COMMIT", "COMMIT WORK", "COMMIT TRANSACTION;", "END", "end work",
                          "COMMIT AND NO CHAIN", "PREPARE TRANSACTION 'x'"})
    EXPECT_EQ(read(Sql), "C") << Sql;
  for (const char *Sql : {"ROLLBACK", "ROLLBACK WORK", "ABORT", "abort transaction", "ROLLBACK AND NO CHAIN"})
    EXPECT_EQ(read(Sql), "R") << Sql;
  for (const char *Sql : {"COMMIT AND CHAIN", "END WORK AND CHAIN", "ROLLBACK TRANSACTION AND CHAIN"})
    EXPECT_EQ(read(Sql), "N") << Sql;
}

TEST(TransactionSql, WhatIsNoneOfThem) {
  for (const char *Sql :
       {"SELECT 1", "SAVEPOINT s", "ROLLBACK TO s", "ROLLBACK WORK TO SAVEPOINT s", "RELEASE SAVEPOINT s",
        "COMMIT PREPARED 'x'", "ROLLBACK PREPARED 'x'", "PREPARE p AS SELECT 1", "SET TRANSACTION READ ONLY",
        "SELECT begin_date FROM t", "INSERT INTO log VALUES ('BEGIN')", "\"begin\"", "LOCK TABLE commit",
        "DO $$ BEGIN PERFORM 1; END $$", "DO $a$ BEGIN; $$ COMMIT; $$ END $a$", "start"})
    EXPECT_EQ(read(Sql), "o") << Sql;
  for (const char *Sql : {"", " ", ";", ";;", "-- COMMIT", "/* BEGIN /* nested */ ; */"})
    EXPECT_EQ(read(Sql), "") << Sql;
}

TEST(TransactionSql, StatementsEndAtSemicolonsOfTheirOwn) {
  EXPECT_EQ(read("BEGIN; DELETE FROM t; COMMIT"), "BoC");
  EXPECT_EQ(read("BEGIN;;COMMIT;"), "BC");
  EXPECT_EQ(read("commit;start transaction"), "CB");
  EXPECT_EQ(read("SELECT ';BEGIN;', \";COMMIT;\", E'\\';END;', U&';END', $$;ABORT;$$ -- ;BEGIN\n; COMMIT"),
            "oC");
  EXPECT_EQ(read("/* x */ BEGIN /* ; */ -- ;\n; /* ; */ END"), "BC");
  EXPECT_EQ(read("CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a; DELETE FROM b); COMMIT"), "oC");
  EXPECT_EQ(read("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; "
                 "END; COMMIT"),
            "oC");
  EXPECT_EQ(read("CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN; COMMIT; END;'; ABORT"), "oR");
  EXPECT_EQ(read("SELECT CASE WHEN a THEN 1 END; COMMIT"), "oC");
  EXPECT_EQ(read("SELECT 1); COMMIT"), "oC");
}

TEST(TransactionSql, PiecesThatAreNotKnown) {
  EXPECT_EQ(read("%s"), "?");
  EXPECT_EQ(read("%s; COMMIT"), "?C");
  EXPECT_EQ(read("BEGIN ISOLATION LEVEL %s"), "B");
  EXPECT_EQ(read("BEGIN; LOCK TABLE {}.{}; SELECT %d %% 2"), "Boo");
  EXPECT_EQ(read("{}"), "?");
  EXPECT_EQ(read("$1"), "o");
  EXPECT_EQ(read("\\x"), "?");
  EXPECT_EQ(read(":name"), "?");
}

TEST(TransactionSql, BeginningsOfLongerTexts) {
  EXPECT_EQ(read("", true), "?");
  EXPECT_EQ(read("BEGIN;", true), "B?");
  EXPECT_EQ(read("BEGIN; -- then\n", true), "B?");
  EXPECT_EQ(read("BEGIN ISOLATION LEVEL ", true), "B");
  EXPECT_EQ(read("BEGIN", true), "B");
  EXPECT_EQ(read("COMMIT ", true), "C");
  EXPECT_EQ(read("ROLLBACK ", true), "?");
  EXPECT_EQ(read("ROLLBACK WORK ", true), "?");
  EXPECT_EQ(read("ROLLBACK TO SAVEPOINT ", true), "o");
  EXPECT_EQ(read("BEGIN; INSERT INTO t VALUES ('", true), "Bo");
}

TEST(TransactionSql, TextsThatEndInAQuote) {
  EXPECT_EQ(read("INSERT INTO t VALUES ('"), "o");
  EXPECT_EQ(read("BEGIN; INSERT INTO t VALUES ('abc"), "Bo");
  EXPECT_EQ(read("COMMIT; /* BEGIN;"), "C?");
  EXPECT_EQ(read("SELECT \"a; COMMIT"), "o");
  EXPECT_EQ(read("DO $$ BEGIN"), "o");
  EXPECT_EQ(read("SELECT 'ä' || 'ü; COMMIT"), "o");
}

TEST(TransactionSql, WhatTheScannerRejectsEndsNoStatement) {
  for (const char *Odd : {"%02d", "0x1F", "0b1_0", "1_000", "1a", "1.5e", "$1a", "\"\"", "U&\"\"", "E'\\u12'",
                          "E'\\U99999999'", "'ä', 0xfe"})
    EXPECT_EQ(read("BEGIN; SELECT " + std::string(Odd) + "; COMMIT"), "BoC") << Odd;
  EXPECT_EQ(read("0x1F BEGIN; COMMIT"), "oC");
  EXPECT_EQ(read("SELECT 0x1F, 'abc; COMMIT"), "o");
  EXPECT_EQ(read("BEGIN; SELECT E'\\000'; COMMIT"), "?");
  std::string Many = "BEGIN; SELECT ";
  for (unsigned I = 0; I < 100; ++I)
    Many += "1a, ";
  EXPECT_EQ(read(Many + "1; COMMIT"), "?");
}

TEST(TransactionSql, AnyBytes) {
  EXPECT_EQ(read("SELECT '\xff\xfe'; COMMIT"), "oC");
  EXPECT_EQ(read("SELECT \x01; COMMIT").back(), 'C');
  EXPECT_EQ(read(llvm::StringRef("BEGIN\0; COMMIT", 14)), "B");
  EXPECT_EQ(read(std::string(20000, '(') + "; COMMIT"), "o");
  std::string Comments, Many;
  for (unsigned I = 0; I < 5000; ++I) {
    Comments += "/*";
    Many += "BEGIN; COMMIT;";
  }
  EXPECT_EQ(read("COMMIT; " + Comments), "C?");
  EXPECT_EQ(read(Many).size(), 10000U);
}

} // namespace
