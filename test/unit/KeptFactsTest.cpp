#include "analysis/KeptFacts.h"
#include "analysis/Analyzer.h"
#include "analysis/ParsedProgram.h"

#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/ASTUnit.h"
#include "clang/Tooling/Tooling.h"
#include "gtest/gtest.h"

using namespace connsan;

namespace {

constexpr unsigned MaxBlocks = 1000;

using AllFacts = std::map<std::string, std::shared_ptr<const FunctionFacts>>;

/// One file, parsed again and again.
class Source {
public:
  explicit Source(std::string Name) : Name(std::move(Name)) {}

  const AllFacts &parse(const std::string &Text, std::optional<HeadersRead> After = HeadersRead{nullptr, 1}) {
    Tree = clang::tooling::buildASTFromCodeWithArgs(Text, {"-Wno-everything"}, Name);
    if (After)
      KeptFacts::announce(*After);
    ParsedProgram Program(Tree->getASTContext(), &Kept);
    Facts.clear();
    for (FunctionId Function : Program.functionsInScope())
      if (Program.definition(Function))
        Facts[Program.declaration(Function).Name] = Program.facts(Function, MaxBlocks);
    return Facts;
  }
  unsigned lineOf(SourcePoint At) const {
    const clang::SourceManager &Sources = Tree->getSourceManager();
    return Sources.getExpansionLineNumber(clang::SourceLocation::getFromRawEncoding(Kept.inTree(At).Raw));
  }

private:
  const std::string Name;
  KeptFacts Kept;
  std::unique_ptr<clang::ASTUnit> Tree;
  AllFacts Facts;
};

constexpr const char *Two = "int f(int x) {\n  return x;\n}\nint g(int x) {\n  return f(x);\n}\n";

/// Whether the facts of `g` are still the same ones when a source changes.
bool keepsG(const std::string &Before, const std::string &After, const char *Name = "a.c") {
  Source File(Name);
  const auto First = File.parse(Before).at("g");
  return File.parse(After).at("g") == First;
}

TEST(KeptFacts, OfFunctionsThatDoNotChange) {
  Source File("a.c");
  const AllFacts First = File.parse(Two);
  const AllFacts &Next =
      File.parse("int f(int x) {\n  x++;\n  return x;\n}\nint g(int x) {\n  return f(x);\n}\n");
  EXPECT_EQ(Next.at("g"), First.at("g"));
  EXPECT_NE(Next.at("f"), First.at("f"));
}

TEST(KeptFacts, PlacesMoveWithTheFunction) {
  Source File("a.c");
  const AllFacts First = File.parse(Two);
  EXPECT_EQ(File.lineOf(First.at("g")->End), 6);
  const AllFacts &Next = File.parse("// More.\n\n" + std::string(Two));
  EXPECT_EQ(Next.at("g"), First.at("g"));
  EXPECT_EQ(File.lineOf(Next.at("f")->End), 5);
  EXPECT_EQ(File.lineOf(Next.at("g")->End), 8);
}

TEST(KeptFacts, PlacesInMacrosMoveToo) {
  const std::string Macros = "#define TWICE(x) ((x) + (x))\nint f(int x) {\n  return TWICE(x);\n}\n";
  const std::string G =
      "int g(int x) {\n  x = TWICE(TWICE(x));\n  if (x)\n    return TWICE(x);\n  return x;\n}\n";
  Source File("a.c");
  auto LinesOf = [&File](const FunctionFacts &Facts) {
    std::set<unsigned> Lines;
    for (const Block &B : Facts.Blocks)
      for (const Fact &F : B.Facts)
        if (F.At.Raw != 0)
          Lines.insert(File.lineOf(F.At));
    return Lines;
  };
  const auto First = File.parse(Macros + G).at("g");
  const std::set<unsigned> Lines = LinesOf(*First);
  EXPECT_TRUE(Lines.contains(6) && Lines.contains(8)) << Lines.size();
  const auto Next = File.parse("// More.\n" + Macros.substr(0, Macros.rfind("return")) +
                               "x = TWICE(TWICE(x));\n  return x;\n}\n" + G)
                        .at("g");
  EXPECT_EQ(Next, First);
  std::set<unsigned> Moved;
  for (unsigned Line : Lines)
    Moved.insert(Line + 2);
  EXPECT_EQ(LinesOf(*Next), Moved);
}

TEST(KeptFacts, PlacesInMacrosThatGrow) {
  const std::string G =
      "int g(int x) {\n  x = INC(x);\n  return x;\n}\nint h(int x) {\n  return INC(x);\n}\n";
  Source File("a.c");
  File.parse("#define INC(x) x\n" + G);
  const AllFacts &Next =
      File.parse("#define INC(x) ((((x) + (x) + (x) + (x)) > 7) ? (x) + 1 : (x) + 2)\n" + G);
  EXPECT_EQ(File.lineOf(Next.at("g")->End), 5);
  EXPECT_EQ(File.lineOf(Next.at("h")->End), 8);
  EXPECT_TRUE(KeptFacts::stays(Next.at("g")->End) && KeptFacts::stays(Next.at("h")->End));
}

TEST(KeptFacts, NotAfterOtherWordsOutsideOfFunctions) {
  const std::string Text = Two;
  EXPECT_TRUE(keepsG(Text, "// f\n" + Text + "/* g */"));
  EXPECT_FALSE(keepsG(Text, "int h(void);\n" + Text));
  EXPECT_FALSE(keepsG("#define A 1\nint b;\n" + Text, "#define A 1 int b;\n\n" + Text));
  EXPECT_FALSE(keepsG("#define A (b)\n" + Text, "#define A(b)\n" + Text));
}

TEST(KeptFacts, NotAfterOtherHeaders) {
  Source File("a.c");
  const auto First = File.parse(Two, HeadersRead{nullptr, 1}).at("g");
  EXPECT_EQ(File.parse(Two, HeadersRead{nullptr, 1}).at("g"), First);
  EXPECT_NE(File.parse(Two, HeadersRead{nullptr, 2}).at("g"), First);
}

TEST(KeptFacts, NotWithoutWordOfTheHeaders) {
  Source File("a.c");
  const auto First = File.parse(Two).at("g");
  EXPECT_NE(File.parse(Two, std::nullopt).at("g"), First);
}

TEST(KeptFacts, NotAfterDirectivesInBodies) {
  auto With = [](const std::string &Body) {
    return "int f(int x) {\n" + Body + "}\nint g(int x) { return x; }\n";
  };
  EXPECT_TRUE(keepsG(With("x = 1;"), With("x = 2;")));
  EXPECT_FALSE(keepsG(With("\n# define X 1\n"), With("\n# define X 2\n")));
  EXPECT_TRUE(keepsG(With("int y = '#';"), With("int y = '%';")));
}

TEST(KeptFacts, NotAfterFunctionsWhoseBodyIsPartOfTheirType) {
  auto With = [](const std::string &Head, const std::string &Body) {
    return "struct S { int x; };\n" + Head + " {" + Body + "}\nint g(int x) { return x; }\n";
  };
  EXPECT_TRUE(keepsG(With("int f()", "return 1;"), With("int f()", "return 2;"), "a.cpp"));
  EXPECT_FALSE(keepsG(With("auto f()", "return 1;"), With("auto f()", "return 2;"), "a.cpp"));
  EXPECT_FALSE(
      keepsG(With("constexpr int f()", "return 1;"), With("constexpr int f()", "return 2;"), "a.cpp"));
  EXPECT_FALSE(keepsG(With("template<class T> int f()", "return 1;"),
                      With("template<class T> int f()", "return 2;"), "a.cpp"));
  EXPECT_FALSE(keepsG(With("int f()", "return [] { return 1; }();"),
                      With("int f()", "return [] { return 2; }();"), "a.cpp"));
}

TEST(KeptFacts, NotOfFunctionsWithOthersInside) {
  const std::string Text = "int g(int x) { return [x] { return x; }(); }\n";
  EXPECT_FALSE(keepsG(Text, "// More.\n" + Text, "a.cpp"));
  const std::string Typed = "int g(int x) { return [x]() -> int { return x; }(); }\n";
  EXPECT_FALSE(keepsG(Typed, "// More.\n" + Typed, "a.cpp"));
  EXPECT_FALSE(keepsG("int g(int x) { struct S { int y() { return 1; } }; return S().y(); }\n",
                      "int g(int x) { struct S { int y() { return 1; } }; return S().y(); }\n", "a.cpp"));
}

/// How many functions have to be followed anew for the last of some texts.
unsigned followedAtLast(const std::vector<std::string> &Texts) {
  KeptFacts Kept;
  ResultCache Results(0);
  unsigned Followed = 0;
  for (const std::string &Text : Texts) {
    auto Tree = clang::tooling::buildASTFromCodeWithArgs(Text, {"-Wno-everything"}, "a.cpp");
    KeptFacts::announce({nullptr, 1});
    ParsedProgram Program(Tree->getASTContext(), &Kept);
    Analyzer Analysis(Program, builtinModels());
    Results.checkAgain();
    Analysis.useResults(&Results);
    Followed = Results.explored();
    EXPECT_EQ(Analysis.findings().size(), 1);
    Followed = Results.explored() - Followed;
  }
  return Followed;
}

TEST(KeptFacts, CallersAreKnownAgainKeptOrNot) {
  const std::string Helper = "struct pg_conn; extern \"C\" pg_conn *PQconnectdb(const char *);\n"
                             "static pg_conn *openDb() {\n  return PQconnectdb(\"\");\n}\n";
  const std::string Kept = "int leak() {\n  pg_conn *C = openDb();\n  return 1;\n}\n";
  const std::string NotKept = "int leak() {\n  pg_conn *C = openDb();\n#define ONE 1\n  return ONE;\n}\n";
  for (const std::string &Leak : {Kept, NotKept}) {
    EXPECT_EQ(followedAtLast({Helper + Leak, "// More.\n" + Helper + Leak}), 0) << Leak;
    EXPECT_EQ(followedAtLast({Helper + Leak, Helper + "// More.\n" + Leak}), 0) << Leak;
  }
}

TEST(KeptFacts, ResultsAreKnownAgainAfterOtherWordsOutside) {
  const std::string Head = "struct pg_conn; extern \"C\" pg_conn *PQconnectdb(const char *);\n";
  const std::string Helper = "static pg_conn *openDb(const char *Where) {\n  return PQconnectdb(Where);\n}\n";
  const std::string LongerHelper =
      "static pg_conn *openDb(const char *Where) {\n  // Where it is.\n  return PQconnectdb(Where);\n}\n";
  const std::string Leak = "int leak() {\n  pg_conn *C = openDb(\"\");\n  return 1;\n}\n";
  EXPECT_EQ(followedAtLast({Head + Helper + Leak, "int X;\n" + Head + Helper + Leak}), 0);
  EXPECT_EQ(followedAtLast(
                {Head + Helper + Leak, Head + LongerHelper + Leak, Head + LongerHelper + "int X;\n" + Leak}),
            0);
  EXPECT_EQ(followedAtLast({Head + Helper + Leak, Head + "int X;\n" + LongerHelper + Leak}), 2);
}

TEST(KeptFacts, BrokenTextsAndBack) {
  Source File("a.c");
  const auto First = File.parse(Two).at("g");
  File.parse("int f(int x) {\n  return x;\nint g(int x) {\n  return f(x);\n}\n");
  File.parse("");
  const AllFacts &Next = File.parse(Two);
  EXPECT_EQ(File.lineOf(Next.at("g")->End), 6);
  EXPECT_EQ(File.lineOf(Next.at("f")->End), 3);
}

} // namespace
