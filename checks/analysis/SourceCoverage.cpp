#include "SourceCoverage.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace connsan {
namespace {

Lexer lexerAt(SourceLocation At, const ASTContext &Context) {
  const SourceManager &Sources = Context.getSourceManager();
  auto [File, Offset] = Sources.getDecomposedLoc(At);
  llvm::StringRef Text = Sources.getBufferData(File);
  return {Sources.getLocForStartOfFile(File), Context.getLangOpts(), Text.begin(), Text.begin() + Offset,
          Text.end()};
}

/// The tokens of a body as they are written, and which of them the tree accounts for.
class BodyTokens {
public:
  BodyTokens(SourceRange Body, ASTContext &Context);

  /// Only what is written in the file of the body itself counts; a macro is where it was expanded.
  void cover(SourceRange Range) { mark(Range, true, 0); }
  /// What stands between a member that ends there and its semicolon or body: `const override`, `= 0`.
  void coverTail(SourceLocation LastToken);
  /// A statement inside of an expression is looked at for itself.
  void uncoverInside(SourceRange Braces) { mark(Braces, false, 1); }
  /// Whether the statement that ends with the token there is followed by its semicolon, as far as one can
  /// tell.
  bool endsThere(SourceLocation LastToken) const;
  /// Null when it is not written in the body.
  const Token *tokenAt(SourceLocation At) const;
  bool areAllCovered() const;
  /// Clang puts a parenthesis that is missing where it likes.
  bool areBalanced() const {
    auto Count = [&](tok::TokenKind Kind) {
      return llvm::count_if(Tokens, [&](const Written &W) { return W.Tok.is(Kind); });
    };
    return Count(tok::l_paren) == Count(tok::r_paren) && Count(tok::l_square) == Count(tok::r_square);
  }

private:
  struct Written {
    Token Tok;
    bool IsCovered = false;
    bool EndsRegion = false; ///< a directive before it begins or ends a conditional region
  };
  void mark(SourceRange Range, bool Value, std::size_t Inset);
  std::size_t indexOf(SourceLocation At) const; ///< of the first token that does not begin before
  llvm::StringRef word(const Token &Tok) const {
    return Tok.is(tok::raw_identifier) ? Tok.getRawIdentifier() : "";
  }
  std::size_t endOfGroup(std::size_t Name) const;
  bool isFree(const Token &Tok) const {
    return Tok.isOneOf(tok::l_brace, tok::r_brace, tok::l_paren, tok::r_paren, tok::semi, tok::colon,
                       tok::comma);
  }
  bool needsNoCover(std::size_t &At) const;

  ASTContext &Context;
  const SourceManager &Sources;
  std::vector<Written> Tokens;
};

/// Skips the rest of a directive; whether it begins or ends a conditional region. Tok becomes the next token.
bool skipDirective(Lexer &Raw, Token &Tok) {
  bool AtEnd = Raw.LexFromRawLexer(Tok);
  bool IsConditional =
      Tok.is(tok::raw_identifier) && !Tok.isAtStartOfLine() &&
      llvm::is_contained({"if", "ifdef", "ifndef", "elif", "elifdef", "elifndef", "else", "endif"},
                         Tok.getRawIdentifier());
  while (!AtEnd && Tok.isNot(tok::eof) && !Tok.isAtStartOfLine())
    AtEnd = Raw.LexFromRawLexer(Tok);
  return IsConditional;
}

BodyTokens::BodyTokens(SourceRange Body, ASTContext &Context)
    : Context(Context), Sources(Context.getSourceManager()) {
  Lexer Raw = lexerAt(Body.getBegin(), Context);
  Token Tok;
  Raw.LexFromRawLexer(Tok);
  bool EndsRegion = false;
  while (Tok.isNot(tok::eof) && Tok.getLocation() <= Body.getEnd()) {
    if (Tok.is(tok::hash) && Tok.isAtStartOfLine()) {
      EndsRegion |= skipDirective(Raw, Tok);
      continue;
    }
    Tokens.push_back({Tok, false, EndsRegion});
    EndsRegion = false;
    Raw.LexFromRawLexer(Tok);
  }
}

std::size_t BodyTokens::indexOf(SourceLocation At) const {
  return llvm::partition_point(Tokens, [&](const Written &W) { return W.Tok.getLocation() < At; }) -
         Tokens.begin();
}

void BodyTokens::mark(SourceRange Range, bool Value, std::size_t Inset) {
  if (Range.isInvalid())
    return;
  SourceRange Written = Sources.getExpansionRange(Range).getAsRange();
  std::size_t First = indexOf(Written.getBegin()) + Inset;
  std::size_t End = indexOf(Written.getEnd());
  End += End < Tokens.size() && Tokens[End].Tok.getLocation() == Written.getEnd() && Inset == 0;
  // What is around it was marked before; so this costs no more than the source is long.
  if (First >= End || (Tokens[First].IsCovered == Value && Tokens[End - 1].IsCovered == Value))
    return;
  for (std::size_t I = First; I < End; ++I)
    Tokens[I].IsCovered = Value;
}

const Token *BodyTokens::tokenAt(SourceLocation At) const {
  std::size_t I = indexOf(At);
  return At.isFileID() && I < Tokens.size() && Tokens[I].Tok.getLocation() == At ? &Tokens[I].Tok : nullptr;
}

bool BodyTokens::endsThere(SourceLocation LastToken) const {
  std::size_t I = indexOf(LastToken);
  return !tokenAt(LastToken) || I + 1 == Tokens.size() || Tokens[I + 1].Tok.is(tok::semi);
}

void BodyTokens::coverTail(SourceLocation LastToken) {
  if (!tokenAt(LastToken))
    return;
  bool IsDefinition = false; // of what it is: `= default`
  for (std::size_t I = indexOf(LastToken) + 1; I < Tokens.size(); ++I) {
    const Token &Tok = Tokens[I].Tok;
    IsDefinition |= Tok.is(tok::equal);
    bool IsQualifier = Tok.isOneOf(tok::amp, tok::ampamp) ||
                       llvm::is_contained({"const", "volatile", "noexcept", "override", "final"}, word(Tok));
    if (Tok.is(tok::semi) || !(IsQualifier || IsDefinition))
      return;
    Tokens[I].IsCovered = true;
  }
}

/// The last token of a name and the parentheses after it.
std::size_t BodyTokens::endOfGroup(std::size_t Name) const {
  std::size_t Depth = 0;
  for (std::size_t I = Name + 1; I < Tokens.size(); ++I) {
    Depth += Tokens[I].Tok.is(tok::l_paren);
    if (Depth == 0)
      return Name;
    Depth -= Tokens[I].Tok.is(tok::r_paren);
    if (Depth == 0)
      return I;
  }
  return Name;
}

/// Attributes are not in the range of what they belong to, and a macro may expand to nothing that the tree
/// has. At becomes the last token of such a group.
bool BodyTokens::needsNoCover(std::size_t &At) const {
  const Token &Tok = Tokens[At].Tok;
  if (isFree(Tok))
    return true;
  llvm::StringRef Word = word(Tok);
  bool IsAttribute = llvm::is_contained(
      {"__attribute__", "__attribute", "__extension__", "__asm__", "__asm", "asm", "alignas", "_Alignas"},
      Word);
  if (IsAttribute || (!Word.empty() && Context.Idents.get(Word).hadMacroDefinition())) {
    At = endOfGroup(At);
    return true;
  }
  // A declaration begins with the first bracket of its attributes, which is all that it covers of them.
  bool BeginsGroup = At + 1 < Tokens.size() && Tokens[At + 1].Tok.is(tok::l_square);
  bool IsInGroup = At > 0 && Tokens[At - 1].Tok.is(tok::l_square);
  if (Tok.isNot(tok::l_square) || !(BeginsGroup || IsInGroup))
    return false;
  while (At + 1 < Tokens.size() &&
         !(Tokens[At].Tok.is(tok::r_square) && Tokens[At + 1].Tok.is(tok::r_square)))
    ++At;
  ++At;
  return At < Tokens.size();
}

bool BodyTokens::areAllCovered() const {
  // What lies between two conditional directives may have been left out by the preprocessor, all of it.
  bool AnyCovered = false;
  bool AnyMissing = false;
  bool BordersDirective = false;
  for (std::size_t I = 0; I < Tokens.size(); ++I) {
    if (Tokens[I].EndsRegion) {
      if (AnyMissing && AnyCovered)
        return false;
      AnyCovered = AnyMissing = false;
      BordersDirective = true;
    }
    AnyCovered |= Tokens[I].IsCovered;
    AnyMissing |= !Tokens[I].IsCovered && !needsNoCover(I);
  }
  return !AnyMissing || (BordersDirective && !AnyCovered);
}

/// Covers what the statements and declarations of a body are written with, each as little as it owns itself.
class Visitor : public RecursiveASTVisitor<Visitor> {
public:
  Visitor(BodyTokens &Tokens, ASTContext &Context) : Tokens(Tokens), Context(Context) {}

  bool IsWhole = true;

  bool VisitStmt(Stmt *S) {
    if (const auto *Compound = dyn_cast<CompoundStmt>(S))
      compound(*Compound);
    else if (const auto *E = dyn_cast<Expr>(S))
      expression(*E);
    else if (isa<AsmStmt>(S))
      Tokens.cover(S->getSourceRange());
    else
      ownWords(*S);
    return IsWhole;
  }
  bool VisitDecl(Decl *D) {
    IsWhole &= !D->isInvalidDecl();
    if (!D->isImplicit())
      Tokens.cover(D->getSourceRange());
    return IsWhole;
  }

private:
  /// A statement that ends with a semicolon, if it is such a one.
  void simple(const Stmt *S) {
    if (isa_and_nonnull<Expr, ReturnStmt, BreakStmt, ContinueStmt, GotoStmt>(S))
      IsWhole &= Tokens.endsThere(S->getEndLoc());
  }

  void compound(const CompoundStmt &S) {
    for (const Stmt *Child : S.body())
      simple(Child);
    Tokens.cover(S.getLBracLoc());
    Tokens.cover(S.getRBracLoc());
    if (S.getLBracLoc().isMacroID() || S.getRBracLoc().isMacroID())
      return;
    const Token *Close = Tokens.tokenAt(S.getRBracLoc());
    IsWhole &= Close && Close->is(tok::r_brace);
    Tokens.uncoverInside({S.getLBracLoc(), S.getRBracLoc()});
  }

  void expression(const Expr &E) {
    IsWhole &= !E.containsErrors();
    Tokens.cover(E.getSourceRange());
    if (const auto *Ref = dyn_cast<DeclRefExpr>(&E))
      reference(*Ref->getDecl(), Ref->getLocation());
    else if (const auto *Member = dyn_cast<MemberExpr>(&E))
      reference(*Member->getMemberDecl(), Member->getMemberLoc());
  }

  /// A name that clang guessed for another one, and a function of which nothing is known but a call.
  void reference(const ValueDecl &To, SourceLocation At) {
    if (const auto *Function = dyn_cast<FunctionDecl>(&To))
      IsWhole &= Context.getLangOpts().CPlusPlus || !Function->isImplicit() || Function->getBuiltinID();
    const Token *Name = To.isImplicit() ? nullptr : Tokens.tokenAt(At);
    if (Name && Name->is(tok::raw_identifier) && !Name->needsCleaning() && To.getDeclName().isIdentifier())
      IsWhole &= Name->getRawIdentifier() == To.getName();
  }

  void ownWords(const Stmt &S) {
    Tokens.cover(S.getBeginLoc());
    if (const auto *If = dyn_cast<IfStmt>(&S)) {
      Tokens.cover({If->getIfLoc(), If->getLParenLoc()}); // `if constexpr`
      Tokens.cover(If->getElseLoc());
      simple(If->getThen());
      simple(If->getElse());
    } else if (const auto *Do = dyn_cast<DoStmt>(&S)) {
      Tokens.cover(Do->getWhileLoc());
      simple(Do->getBody());
    } else if (const auto *While = dyn_cast<WhileStmt>(&S)) {
      simple(While->getBody());
    } else if (const auto *For = dyn_cast<ForStmt>(&S)) {
      simple(For->getBody());
    } else if (const auto *Range = dyn_cast<CXXForRangeStmt>(&S)) {
      simple(Range->getBody());
    } else if (const auto *Label = dyn_cast<LabelStmt>(&S)) {
      simple(Label->getSubStmt());
    } else if (const auto *Default = dyn_cast<DefaultStmt>(&S)) {
      simple(Default->getSubStmt());
    } else if (const auto *Goto = dyn_cast<GotoStmt>(&S)) {
      Tokens.cover(Goto->getLabelLoc());
      IsWhole &= Goto->getLabel()->getStmt() != nullptr;
    } else if (const auto *Catch = dyn_cast<CXXCatchStmt>(&S)) {
      Tokens.cover({Catch->getCatchLoc(), Catch->getHandlerBlock()->getBeginLoc()});
    } else if (const auto *Indirect = dyn_cast<IndirectGotoStmt>(&S)) {
      Tokens.cover({Indirect->getGotoLoc(), Indirect->getStarLoc()});
    } else if (const auto *Case = dyn_cast<CaseStmt>(&S)) {
      Tokens.cover(Case->getEllipsisLoc());
      simple(Case->getSubStmt());
    } else if (const auto *Attributed = dyn_cast<AttributedStmt>(&S)) {
      Tokens.cover({Attributed->getBeginLoc(), Attributed->getSubStmt()->getBeginLoc()});
    } else if (const auto *Null = dyn_cast<NullStmt>(&S)) {
      // Put where a statement is missing; a label may be the last of its block.
      const Token *Semicolon = Tokens.tokenAt(Null->getSemiLoc());
      IsWhole &= !Semicolon || Semicolon->is(tok::semi) || Semicolon->is(tok::r_brace);
    }
  }

  BodyTokens &Tokens;
  ASTContext &Context;
};

/// A brace that is missing inside of the body lets it end early: the rest stands where declarations belong.
bool isCutShort(const FunctionDecl &Function, SourceLocation End, const ASTContext &Context) {
  if (!Function.getLexicalDeclContext()->isFileContext())
    return false;
  Lexer Raw = lexerAt(End, Context);
  Token Tok;
  Raw.LexFromRawLexer(Tok); // the brace itself
  for (bool AtEnd = Raw.LexFromRawLexer(Tok); !AtEnd && Tok.isNot(tok::l_brace);) {
    if (Tok.is(tok::hash) && Tok.isAtStartOfLine()) {
      skipDirective(Raw, Tok);
      AtEnd = Tok.is(tok::eof);
      continue;
    }
    if (Tok.is(tok::r_brace))
      return Function.getLexicalDeclContext()->isTranslationUnit();
    if (Tok.is(tok::raw_identifier) &&
        llvm::is_contained({"if", "else", "for", "while", "do", "switch", "case", "return", "break",
                            "continue", "goto", "catch"},
                           Tok.getRawIdentifier()))
      return true;
    AtEnd = Raw.LexFromRawLexer(Tok);
  }
  return false;
}

/// What follows a class or a lambda that nothing closes became part of it.
bool isSwallowed(const FunctionDecl &Function, const ASTContext &Context) {
  const SourceManager &Sources = Context.getSourceManager();
  bool IsMain = Function.getDeclName().isIdentifier() && Function.getName() == "main";
  for (const DeclContext *Scope = Function.getLexicalDeclContext(); Scope;
       Scope = Scope->getLexicalParent()) {
    SourceLocation Close;
    if (const auto *Class = dyn_cast<TagDecl>(Scope)) {
      Close = Class->getBraceRange().getEnd();
      const auto *Record = dyn_cast<CXXRecordDecl>(Class);
      if (Close.isInvalid() && !(Record && Record->isLambda()))
        return true;
    } else if (const auto *Around = dyn_cast<FunctionDecl>(Scope)) {
      Close = Around->getBody() ? Around->getBody()->getEndLoc() : SourceLocation();
    } else if (const auto *Namespace = dyn_cast<NamespaceDecl>(Scope); Namespace && IsMain) {
      Close = Namespace->getRBraceLoc();
    } else {
      continue;
    }
    if (Close.isValid() && Close.isFileID() && *Sources.getCharacterData(Close) != '}')
      return true;
  }
  return false;
}

} // namespace

bool isWholeInTree(const FunctionDecl &Function, ASTContext &Context) {
  // Of a template all is in the pattern; an instance lacks the branches that were not taken.
  const FunctionDecl *Pattern = Function.getTemplateInstantiationPattern();
  const FunctionDecl &Written = Pattern ? *Pattern : Function;
  if (Function.isInvalidDecl() || Written.isInvalidDecl())
    return false;
  Stmt *Body = Written.getBody();
  if (!Body || Written.isImplicit() || Written.isDefaulted())
    return true;
  const SourceManager &Sources = Context.getSourceManager();
  SourceRange Range = Body->getSourceRange();
  if (Range.isInvalid() || Range.getBegin().isMacroID() || Range.getEnd().isMacroID())
    return true;
  if (Sources.getFileID(Range.getBegin()) != Sources.getFileID(Range.getEnd()))
    return false;
  BodyTokens Tokens(Range, Context);
  Visitor Cover(Tokens, Context);
  Cover.TraverseStmt(Body);
  return Cover.IsWhole && Tokens.areAllCovered() && Tokens.areBalanced() && !isSwallowed(Written, Context) &&
         !isCutShort(Written, Range.getEnd(), Context);
}

bool isWholeInTree(const CXXRecordDecl &Class, ASTContext &Context) {
  const CXXRecordDecl *Pattern = Class.getTemplateInstantiationPattern();
  const CXXRecordDecl *Written = (Pattern ? *Pattern : Class).getDefinition();
  if (!Written || Written->isLambda() || Written->isImplicit())
    return true;
  SourceRange Braces = Written->getBraceRange();
  if (Written->isInvalidDecl() || Braces.isInvalid())
    return false;
  if (Braces.getBegin().isMacroID() || Braces.getEnd().isMacroID())
    return true;
  BodyTokens Tokens(Braces, Context);
  const Token *Close = Tokens.tokenAt(Braces.getEnd());
  if (!Close || Close->isNot(tok::r_brace))
    return false;
  for (const Decl *Member : Written->decls()) {
    if (Member->isInvalidDecl())
      return false;
    if (Member->isImplicit())
      continue;
    Tokens.cover(Member->getSourceRange());
    Tokens.coverTail(Context.getSourceManager().getExpansionRange(Member->getSourceRange()).getEnd());
  }
  return Tokens.areAllCovered() && Tokens.areBalanced();
}

} // namespace connsan
