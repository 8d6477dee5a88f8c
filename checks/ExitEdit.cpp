#include "ExitEdit.h"

#include "clang-tidy/utils/BracesAroundStatement.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ParentMap.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace connsan {
namespace {

class ExitSearch : public RecursiveASTVisitor<ExitSearch> {
public:
  explicit ExitSearch(SourceLocation At) : At(At) {}

  WrittenExit Found;

  bool VisitReturnStmt(ReturnStmt *S) { return note(S, S->getReturnLoc()); }
  bool VisitBreakStmt(BreakStmt *S) { return note(S, S->getBeginLoc()); }
  bool VisitContinueStmt(ContinueStmt *S) { return note(S, S->getBeginLoc()); }
  bool VisitCXXThrowExpr(CXXThrowExpr *S) { return note(S, S->getThrowLoc()); }
  bool VisitCompoundStmt(CompoundStmt *S) { return note(S, S->getRBracLoc()); }

private:
  bool note(const Stmt *S, SourceLocation Where) {
    if (Where == At)
      Found = {S, isa<CompoundStmt>(S)};
    return !Found.Statement; // false ends the walk
  }
  SourceLocation At;
};

/// The text of one file, and where its lines begin.
class Text {
public:
  Text(const ASTContext &Context, SourceLocation Within)
      : Sources(Context.getSourceManager()), Options(Context.getLangOpts()),
        Bytes(Sources.getBufferData(Sources.getFileID(Within))) {}

  llvm::StringRef indentation(SourceLocation At) const {
    llvm::StringRef Line = lineBefore(At);
    return Line.take_while([](char C) { return C == ' ' || C == '\t'; });
  }
  bool isFirstOnLine(SourceLocation At) const { return lineBefore(At).trim(" \t").empty(); }
  /// As the first line ends.
  llvm::StringRef newline() const {
    return Bytes.take_until([](char C) { return C == '\n'; }).ends_with("\r") ? "\r\n" : "\n";
  }
  /// The bytes between the token at `Token` and `End`.
  llvm::StringRef between(SourceLocation Token, SourceLocation End) const {
    unsigned From = Sources.getFileOffset(endOf(Token));
    return Bytes.slice(From, Sources.getFileOffset(End));
  }
  SourceLocation endOf(SourceLocation Token) const {
    return Lexer::getLocForEndOfToken(Token, 0, Sources, Options);
  }

private:
  llvm::StringRef lineBefore(SourceLocation At) const {
    llvm::StringRef Before = Bytes.take_front(Sources.getFileOffset(At));
    return Before.substr(Before.find_last_of("\r\n") + 1);
  }
  const SourceManager &Sources;
  const LangOptions &Options;
  llvm::StringRef Bytes;
};

/// What is around an exit: the statement with its labels, and what that is a part of.
struct Surroundings {
  const Stmt *Labelled;
  const Stmt *Parent;
};

std::optional<Surroundings> surroundings(const Stmt &Exit, const ParentMap &Parents) {
  const Stmt *Whole = &Exit;
  const Stmt *Parent = Parents.getParent(Whole);
  while (isa_and_nonnull<ExprWithCleanups, LabelStmt, CaseStmt, DefaultStmt>(Parent)) {
    bool IsCondition = isa<CaseStmt>(Parent) && cast<CaseStmt>(Parent)->getSubStmt() != Whole;
    if (IsCondition)
      return std::nullopt;
    Whole = Parent;
    Parent = Parents.getParent(Whole);
  }
  if (!Parent)
    return std::nullopt;
  return Surroundings{Whole, Parent};
}

/// What an unbraced body belongs to.
struct Body {
  SourceLocation Head;  ///< where the line begins that tells its indentation
  SourceLocation After; ///< the token before the body
  SourceLocation Next;  ///< the `else` after it
};

std::optional<Body> bodyOf(const Stmt &Parent, const Stmt &S) {
  if (const auto *If = dyn_cast<IfStmt>(&Parent)) {
    if (If->getThen() == &S)
      return Body{If->getBeginLoc(), If->getRParenLoc(), If->getElseLoc()};
    if (If->getElse() == &S)
      return Body{If->getElseLoc(), If->getElseLoc(), {}};
  } else if (const auto *For = dyn_cast<ForStmt>(&Parent); For && For->getBody() == &S) {
    return Body{For->getBeginLoc(), For->getRParenLoc(), {}};
  } else if (const auto *While = dyn_cast<WhileStmt>(&Parent); While && While->getBody() == &S) {
    return Body{While->getBeginLoc(), While->getRParenLoc(), {}};
  } else if (const auto *Range = dyn_cast<CXXForRangeStmt>(&Parent); Range && Range->getBody() == &S) {
    return Body{Range->getBeginLoc(), Range->getRParenLoc(), {}};
  }
  return std::nullopt;
}

/// One level more than the function itself has.
std::string indentUnit(const FunctionDecl &In, const Text &Source) {
  const auto *Body = dyn_cast<CompoundStmt>(In.getBody());
  for (const Stmt *S : Body->body()) {
    if (S->getBeginLoc().isMacroID() || !Source.isFirstOnLine(S->getBeginLoc()))
      continue;
    llvm::StringRef Inner = Source.indentation(S->getBeginLoc());
    if (Inner.consume_front(Source.indentation(Body->getRBracLoc())) && !Inner.empty())
      return Inner.str();
  }
  return "  ";
}

std::vector<FixItHint> insertInBlock(SourceLocation At, const Text &Source, const std::string &Statement) {
  std::string Then = Source.isFirstOnLine(At) ? (Source.newline() + Source.indentation(At)).str() : " ";
  return {FixItHint::CreateInsertion(At, Statement + Then)};
}

std::vector<FixItHint> insertAtEnd(const CompoundStmt &Block, const std::string &Unit, const Text &Source,
                                   const std::string &Statement) {
  SourceLocation Brace = Block.getRBracLoc();
  if (!Source.isFirstOnLine(Brace))
    return insertInBlock(Brace, Source, Statement);
  std::string Indent = Unit;
  if (const Stmt *Last = Block.body_empty() ? nullptr : Block.body_back();
      Last && Last->getBeginLoc().isFileID() && Source.isFirstOnLine(Last->getBeginLoc()))
    if (llvm::StringRef Inner = Source.indentation(Last->getBeginLoc());
        Inner.consume_front(Source.indentation(Brace)) && !Inner.empty())
      Indent = Inner.str();
  return {FixItHint::CreateInsertion(Brace, Indent + Statement +
                                                (Source.newline() + Source.indentation(Brace)).str())};
}

std::vector<FixItHint> insertWithBraces(const Stmt &Exit, const Body &Place, const std::string &Unit,
                                        const ASTContext &Context, const std::string &Statement) {
  const SourceManager &Sources = Context.getSourceManager();
  if (Place.After.isInvalid() || Place.Head.isMacroID() || Place.After.isMacroID() || Place.Next.isMacroID())
    return {};
  tidy::utils::BraceInsertionHints Braces =
      tidy::utils::getBraceInsertionsHints(&Exit, Context.getLangOpts(), Sources, Place.After, Place.Next);
  if (!Braces.offersFixIts())
    return {};
  Text Source(Context, Place.After);
  SourceLocation Begin = Exit.getBeginLoc();
  // A directive may take one of the braces away.
  const llvm::StringRef Gap = Source.between(Place.After, Begin);
  if (Gap.contains('#') || (Place.Next.isValid() && Source.between(Begin, Place.Next).contains('#')))
    return {};
  const std::string Outer = Source.indentation(Place.Head).str();
  const std::string Newline = Source.newline().str();
  std::string Inner = Source.isFirstOnLine(Begin) ? Source.indentation(Begin).str() : Outer + Unit;
  std::vector<FixItHint> Edits;
  if (Gap.trim().empty()) {
    Edits.push_back(
        FixItHint::CreateReplacement(CharSourceRange::getCharRange(Source.endOf(Place.After), Begin),
                                     " {" + Newline + Inner + Statement + Newline + Inner));
  } else if (Source.isFirstOnLine(Begin)) { // a comment is in between
    Edits.push_back(Braces.openingBraceFixIt());
    Edits.push_back(FixItHint::CreateInsertion(Begin, Statement + Newline + Inner));
  } else {
    return {};
  }
  FixItHint Closing = Braces.closingBraceFixIt();
  if (llvm::StringRef(Closing.CodeToInsert).trim() != "}")
    return {};
  if (Closing.CodeToInsert.front() == '\n')
    Closing.CodeToInsert = Newline + Outer + "}";
  Edits.push_back(std::move(Closing));
  return Edits;
}

} // namespace

WrittenExit findExit(const FunctionDecl &In, SourceLocation At) {
  ExitSearch Search(At);
  Search.TraverseStmt(In.getBody());
  return Search.Found;
}

std::vector<FixItHint> insertBefore(const WrittenExit &Exit, const FunctionDecl &In,
                                    const std::string &Statement) {
  const ASTContext &Context = In.getASTContext();
  SourceLocation At = Exit.Statement->getBeginLoc();
  if (At.isMacroID() || Exit.Statement->getEndLoc().isInvalid() || !isa<CompoundStmt>(In.getBody()))
    return {};
  Text Source(Context, At);
  const std::string Unit = indentUnit(In, Source);
  if (Exit.IsBlockEnd) {
    const auto &Block = *cast<CompoundStmt>(Exit.Statement);
    if (Block.getRBracLoc().isMacroID())
      return {};
    return insertAtEnd(Block, Unit, Source, Statement);
  }
  ParentMap Parents(In.getBody());
  std::optional<Surroundings> Around = surroundings(*Exit.Statement, Parents);
  if (!Around)
    return {};
  if (isa<CompoundStmt>(Around->Parent) && !isa_and_nonnull<StmtExpr>(Parents.getParent(Around->Parent)))
    return insertInBlock(At, Source, Statement);
  std::optional<Body> Place = bodyOf(*Around->Parent, *Around->Labelled);
  bool HasLabel = !isa<Expr>(Around->Labelled) && Around->Labelled != Exit.Statement;
  if (!Place || HasLabel)
    return {};
  return insertWithBraces(*Around->Labelled, *Place, Unit, Context, Statement);
}

} // namespace connsan
