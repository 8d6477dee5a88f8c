#include "model/Names.h"

#include <gtest/gtest.h>

using namespace connsan;

namespace {

TEST(Names, WholeWordsReadAsARelease) {
  for (const char *Name : {"close", "pool_close", "closeConnection", "Pool::close", "PoolCloseAll",
                           "give_back", "Pool::giveBack", "conn_free", "DBDisconnect", "session_destroy"})
    EXPECT_EQ(hintOf(Name), NameHint::Release) << Name;
}

TEST(Names, WordsInsideOfOthersDoNot) {
  for (const char *Name : {"disclose", "freeze", "enclosed", "backgive", "give_it_back", "query"})
    EXPECT_EQ(hintOf(Name), NameHint::None) << Name;
}

TEST(Names, StoresAndFatalEnds) {
  EXPECT_EQ(hintOf("list_append"), NameHint::Store);
  EXPECT_EQ(hintOf("Registry::addConnection"), NameHint::Store);
  EXPECT_EQ(hintOf("address_of"), NameHint::None);
  EXPECT_EQ(hintOf("die"), NameHint::Fatal);
  EXPECT_EQ(hintOf("pg_fatal"), NameHint::Fatal);
  EXPECT_EQ(hintOf("panicRoom"), NameHint::Fatal);
  EXPECT_EQ(hintOf("soldier"), NameHint::None);
}

TEST(Names, AReleaseIsStrongerThanAStore) {
  EXPECT_EQ(hintOf("put_and_close"), NameHint::Release);
}

} // namespace
