#include "LinkCommands.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <gtest/gtest.h>

namespace connsan::tool {
namespace {

std::string describe(const std::vector<LinkCommand> &Commands) {
  std::string Text;
  llvm::raw_string_ostream Out(Text);
  for (const LinkCommand &Each : Commands) {
    Out << Each.Output << ":";
    for (const std::string &Input : Each.Inputs)
      Out << " " << Input;
    for (const std::string &Library : Each.Libraries)
      Out << " -l" << Library;
    Out << "\n";
  }
  return Text;
}

std::string inText(llvm::StringRef Text) {
  return describe(linkCommandsIn(Text, "/b"));
}

std::string inNinja(llvm::StringRef Text) {
  return describe(linkCommandsOfNinja(Text, "/b"));
}

TEST(LinkCommands, KnowsProgramsLibrariesAndArchives) {
  EXPECT_EQ(inText("gcc -g -o app main.o sub/x.o libpool.a -L. -lpq -Wl,-O1\n"),
            "/b/app: /b/main.o /b/sub/x.o /b/libpool.a -lpq\n");
  EXPECT_EQ(inText("c++ -shared -fPIC -o libx.so.1 a.o /usr/lib/libpq.so.5 -l ssl"),
            "/b/libx.so.1: /b/a.o /usr/lib/libpq.so.5 -lssl\n");
  EXPECT_EQ(inText("x86_64-linux-gnu-gcc-ar qc ../libpool.a pool.o more.o"),
            "/libpool.a: /b/pool.o /b/more.o\n");
  EXPECT_EQ(inText("gcc one.c two.c -o both"), "/b/both: /b/one.c /b/two.c\n");
}

TEST(LinkCommands, LeavesOthersAlone) {
  EXPECT_EQ(inText("gcc -c -o main.o main.c\n"
                   "gcc -MM main.c\n"
                   "bison -o gram.c gram.y\n"
                   "ranlib libpool.a\n"
                   "rm -f libpool.a\n"
                   "echo gcc\n"
                   "\n"
                   "gcc -o app\n"
                   "gcc 'unfinished -o app main.o\n"
                   "ar\n"
                   "ar t\n"
                   "-o"),
            "");
}

TEST(LinkCommands, FollowsTheShell) {
  EXPECT_EQ(inText("cd src && gcc -o app main.o; cd lib;ar rc x.a x.o\n"
                   "gcc -o top main.o"),
            "/b/src/app: /b/src/main.o\n/b/src/lib/x.a: /b/src/lib/x.o\n/b/top: /b/main.o\n");
  EXPECT_EQ(inText("gcc -DTEXT='a;b' \"-DMORE=a\\\"&&b\" -o app \\\n  main.o\n"), "/b/app: /b/main.o\n");
  EXPECT_EQ(inText("/bin/bash ../libtool --mode=link gcc -o libx.la a.lo -rpath /usr/lib -lpq\n"),
            "/b/libx.la: /b/a.lo -lpq\n");
}

TEST(LinkCommands, FollowsMake) {
  EXPECT_EQ(inText("make[1]: Entering directory '/b/src'\n"
                   "gcc -o app main.o\n"
                   "make[2]: Entering directory `/b/src/deep'\n"
                   "gcc -o deep main.o\n"
                   "make[2]: Leaving directory `/b/src/deep'\n"
                   "gcc -o other main.o\r\n"
                   "make[1]: Leaving directory '/b/src'\n"
                   "make: Leaving directory '/b'\n"
                   "make: Leaving directory '/b'\n"
                   "gcc -o last main.o\n"),
            "/b/src/app: /b/src/main.o\n/b/src/deep/deep: /b/src/deep/main.o\n"
            "/b/src/other: /b/src/main.o\n/b/last: /b/main.o\n");
}

TEST(LinkCommands, ReadsNinja) {
  EXPECT_EQ(inNinja("ninja_required_version = 1.5\n"
                    "rule C_LINK\n"
                    "  command = gcc -o $out $in\n"
                    "build main.o: C_COMPILE main.c || order\n"
                    "build libpool.a: AR pool.o\n"
                    "build app: C_LINK main.o $\n"
                    "    more.o | libpool.a libx.so || libother.a all\n"
                    "  LINK_LIBRARIES = libpool.a -lpq\n"
                    "build all: phony app libpool.a\n"
                    "build report.txt: CUSTOM_COMMAND libpool.a\n"
                    "build alias: LN | libx.so\n"),
            "/b/libpool.a: /b/pool.o\n/b/app: /b/main.o /b/more.o /b/libpool.a /b/libx.so\n");
}

TEST(LinkCommands, ReadsTheNamesOfNinja) {
  EXPECT_EQ(inNinja("root = /w\n"
                    "sub = $root/sub\n"
                    "build a$ b | second: L ${sub}/x$$y.o $sub/z.o ${none}w.o\n"),
            "/b/a b: /w/sub/x$y.o /w/sub/z.o /b/w.o\n");
}

TEST(LinkCommands, SurvivesAnyNinja) {
  for (const char *Text : {"build", "build ", "build :", "build x", "build x:", "build x: ", "build x: y$",
                           "build $", "build ${", "build x: L ${a", "include", "include ", "subninja nowhere",
                           "=", "= x", "a =", "build x: L | |", "build x: L a.o | || ||", "$\n$\n"})
    inNinja(Text);
  EXPECT_EQ(inNinja("build x: L a.o | || |"), "/b/x: /b/a.o\n");
}

} // namespace
} // namespace connsan::tool
