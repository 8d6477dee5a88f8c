#include "Mutation.h"

#include "clang/Basic/LangOptions.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

namespace connsan::typed {
namespace {

const char *const Unfinished[] = {
    "if (",
    "if (x",
    "if (x) {",
    "while (",
    "for (",
    "for (int i = 0; i <",
    "do {",
    "switch (",
    "switch (x) { case ",
    "case ",
    "return ",
    "else ",
    "goto ",
    "c.",
    "c->",
    "c = ",
    "c(",
    "int x = ",
    "struct s { int",
    "PQfin",
    "PQfinish(",
    "PQconnectdb(\"",
    "PGconn *n = PQconnectdb(",
    "/* ",
    "\"",
    "#if X\n",
    "(",
    "{",
    "sizeof(",
    "x ? ",
    "!",
    "static void f(",
    "__attribute__((",
};
const char *const UnfinishedCxx[] = {
    "auto x = ",
    "auto [a, b] = ",
    "for (auto &r :",
    "for (auto &r : v) ",
    "try {",
    "try { f(); } catch (",
    "template <class T> ",
    "template <class T> void f(T t) { t.",
    "[&",
    "[&]{ ",
    "auto f = [&](auto x) { x.",
    "auto f = [=]() mutable -> ",
    "std::",
    "std::unique_ptr<",
    "new ",
    "delete ",
    "throw ",
    "static_cast<",
    "nullptr->",
    "class c : public ",
    "struct c { ~c() {",
    "using x = ",
    "if constexpr (",
    "co_await ",
    "operator",
    "this->",
    "requires (",
    "namespace n {",
    "decltype(",
    "R\"(",
    "a<b<",
};

class Mutator {
public:
  Mutator(llvm::StringRef Source, bool IsCxx, std::mt19937 &Random);
  Mutant make();

private:
  struct Token {
    std::size_t Begin, End;
    bool IsName = false;
    bool IsInDirective = false;
  };
  struct Piece {
    std::size_t Begin, End;
  };
  std::size_t below(std::size_t Count) { return Count ? Random() % Count : 0; }
  const Token &anyToken() { return Tokens[below(Tokens.size())]; }
  llvm::StringRef textOf(const Token &T) const { return Source.slice(T.Begin, T.End); }
  std::string at(std::size_t Offset) const {
    return " at line " + std::to_string(1 + Source.take_front(Offset).count('\n'));
  }
  Piece anyLine();
  const Token *tokenOf(llvm::StringRef Characters);
  const Token *anyName();

  Mutant prefix(std::size_t End, const char *What);
  Mutant replace(Piece Old, llvm::StringRef New, const char *What);
  Mutant remove(Piece Old, const char *What) { return replace(Old, "", What); }
  Mutant insertUnfinished();
  Mutant swapNeighbours();

  llvm::StringRef Source;
  bool IsCxx;
  std::mt19937 &Random;
  std::vector<Token> Tokens;
};

Mutator::Mutator(llvm::StringRef Source, bool IsCxx, std::mt19937 &Random)
    : Source(Source), IsCxx(IsCxx), Random(Random) {
  clang::LangOptions Language;
  Language.CPlusPlus = Language.CPlusPlus11 = IsCxx;
  Language.LineComment = true;
  clang::SourceLocation Start = clang::SourceLocation::getFromRawEncoding(1);
  // The text of a string is followed by 0, as the lexer wants it.
  clang::Lexer Raw(Start, Language, Source.begin(), Source.begin(), Source.end());
  bool IsInDirective = false;
  for (clang::Token Tok; !Raw.LexFromRawLexer(Tok) && Tok.isNot(clang::tok::eof);) {
    if (Tok.isAtStartOfLine())
      IsInDirective = Tok.is(clang::tok::hash);
    std::size_t Begin = Tok.getLocation().getRawEncoding() - Start.getRawEncoding();
    Tokens.push_back({Begin, Begin + Tok.getLength(), Tok.is(clang::tok::raw_identifier), IsInDirective});
  }
  if (Tokens.empty())
    Tokens.push_back({0, Source.size()});
}

Mutator::Piece Mutator::anyLine() {
  std::size_t In = anyToken().Begin;
  std::size_t Before = Source.rfind('\n', In);
  std::size_t After = Source.find('\n', In);
  return {Before == llvm::StringRef::npos ? 0 : Before + 1,
          After == llvm::StringRef::npos ? Source.size() : After + 1};
}

const Mutator::Token *Mutator::tokenOf(llvm::StringRef Characters) {
  std::vector<const Token *> Fit;
  for (const Token &T : Tokens)
    if (T.End - T.Begin == 1 && Characters.contains(Source[T.Begin]))
      Fit.push_back(&T);
  return Fit.empty() ? &Tokens.front() : Fit[below(Fit.size())];
}

const Mutator::Token *Mutator::anyName() {
  const Token *First = &anyToken();
  for (const Token *T = First; T != Tokens.data() + Tokens.size(); ++T)
    if (T->IsName)
      return T;
  return First;
}

Mutant Mutator::prefix(std::size_t End, const char *What) {
  Mutant M;
  M.Text = Source.take_front(End).str();
  M.What = What + at(End);
  M.IsPrefix = true;
  M.InsertedAt = End;
  return M;
}

Mutant Mutator::replace(Piece Old, llvm::StringRef New, const char *What) {
  Mutant M;
  M.Text = (Source.take_front(Old.Begin) + New + Source.drop_front(Old.End)).str();
  M.What = What + at(Old.Begin);
  return M;
}

Mutant Mutator::insertUnfinished() {
  bool FromCxx = IsCxx && below(2) != 0;
  llvm::ArrayRef<const char *> From = FromCxx ? llvm::ArrayRef(UnfinishedCxx) : llvm::ArrayRef(Unfinished);
  std::string New = From[below(From.size())];
  if (below(2) != 0)
    New = "\n  " + New + "\n";
  else
    New = " " + New + " ";
  // Mostly where a statement may begin.
  const Token &After = below(4) == 0 ? anyToken() : *tokenOf(";{}");
  std::size_t At = After.End;
  Mutant M = replace({At, At}, New, "unfinished statement");
  // What a mistake in a macro took with it cannot be seen where the macro is used.
  M.IsUnfinished = !After.IsInDirective;
  M.InsertedAt = At;
  M.Inserted = New.size();
  return M;
}

Mutant Mutator::swapNeighbours() {
  std::size_t I = below(Tokens.size());
  const Token &A = Tokens[I];
  const Token &B = Tokens[std::min(I + 1, Tokens.size() - 1)];
  if (&A == &B)
    return prefix(A.Begin, "cut");
  llvm::StringRef Between = Source.slice(A.End, B.Begin);
  return replace({A.Begin, B.End}, (textOf(B) + Between + textOf(A)).str(), "swapped tokens");
}

Mutant Mutator::make() {
  switch (below(16)) {
  case 0:
  case 1:
  case 2:
  case 3:
    return prefix(anyToken().End, "cut after a token");
  case 4: {
    const Token &T = anyToken();
    return prefix(T.Begin + below(T.End - T.Begin), "cut in a token");
  }
  case 5:
  case 6:
  case 7:
  case 8:
    return insertUnfinished();
  case 9: {
    const Token &T = anyToken();
    return remove({T.Begin, T.End}, "token removed");
  }
  case 10:
    return remove(anyLine(), "line removed");
  case 11: {
    const Token *T = tokenOf("{}()");
    return remove({T->Begin, T->End}, "brace removed");
  }
  case 12: {
    Piece Line = anyLine();
    return replace({Line.Begin, Line.Begin}, Source.slice(Line.Begin, Line.End), "line twice");
  }
  case 13: {
    const Token *T = anyName();
    return replace({T->Begin, T->End}, textOf(*anyName()), "another name");
  }
  case 14: {
    const Token *T = anyName();
    return replace({T->Begin, T->End}, below(2) != 0 ? "unknown_name" : (textOf(*T) + "x").str(),
                   "unknown name");
  }
  default:
    return swapNeighbours();
  }
}

} // namespace

Mutant mutate(llvm::StringRef Source, bool IsCxx, std::mt19937 &Random) {
  return Mutator(Source, IsCxx, Random).make();
}

} // namespace connsan::typed
