#include "SplitSource.h"

#include "PlaceBase.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Stmt.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace connsan {

static bool hasDirective(llvm::StringRef Body) {
  for (std::size_t At = Body.find('#'); At != llvm::StringRef::npos; At = Body.find('#', At + 1))
    if (llvm::StringRef Before = Body.take_front(At).rtrim(" \t"); Before.empty() || Before.ends_with("\n"))
      return true;
  return false;
}

SplitSource::SplitSource(ASTContext &Context, llvm::ArrayRef<const FunctionDecl *> Definitions)
    : Context(Context) {
  const SourceManager &Sources = Context.getSourceManager();
  Text = Sources.getBufferData(Sources.getMainFileID());
  for (const FunctionDecl *Definition : Definitions)
    if (std::optional<SeparateFunction> Found = separate(*Definition))
      Functions.push_back(*Found);
  llvm::sort(Functions, [](const auto &A, const auto &B) { return A.Begin < B.Begin; });
  // The names of what is defined in a function tell where it stands.
  std::vector<bool> HasOthers(Functions.size());
  for (const FunctionDecl *Definition : Definitions) {
    auto [File, Offset] = Sources.getDecomposedExpansionLoc(Definition->getLocation());
    std::optional<std::size_t> I = File == Sources.getMainFileID() ? around(Offset) : std::nullopt;
    if (I && Functions[*I].Definition != Definition)
      HasOthers[*I] = true;
  }
  std::size_t Which = 0;
  llvm::erase_if(Functions, [&](const SeparateFunction &) { return HasOthers[Which++]; });
  lookAtEntries();
}

std::optional<SeparateFunction> SplitSource::separate(const FunctionDecl &Definition) const {
  if (Definition.getTemplatedKind() != FunctionDecl::TK_NonTemplate || Definition.isDependentContext() ||
      Definition.getParentFunctionOrMethod() || Definition.isConstexpr() ||
      Definition.getDeclaredReturnType()->getContainedDeducedType())
    return std::nullopt;
  const auto *Body = dyn_cast_or_null<CompoundStmt>(Definition.getBody());
  if (!Body || Body->getLBracLoc().isMacroID() || Body->getRBracLoc().isMacroID())
    return std::nullopt;
  const SourceManager &Sources = Context.getSourceManager();
  auto [File, Begin] = Sources.getDecomposedExpansionLoc(Definition.getBeginLoc());
  auto [FileOfBrace, Brace] = Sources.getDecomposedLoc(Body->getLBracLoc());
  auto [FileOfEnd, End] = Sources.getDecomposedLoc(Body->getRBracLoc());
  const FileID Main = Sources.getMainFileID();
  if (File != Main || FileOfBrace != Main || FileOfEnd != Main || Begin > Brace || Brace >= End ||
      hasDirective(Text.slice(Brace + 1, End)))
    return std::nullopt;
  ++End;
  return SeparateFunction{&Definition, Begin, Brace, End,
                          llvm::xxh3_128bits(llvm::arrayRefFromStringRef(Text.slice(Begin, End)))};
}

/// What was read with this file, and not from a preamble: expansions of macros, and other texts.
void SplitSource::lookAtEntries() {
  const SourceManager &Sources = Context.getSourceManager();
  const FileID Main = Sources.getMainFileID();
  for (unsigned I = 0; I < Sources.local_sloc_entry_size(); ++I) {
    const SrcMgr::SLocEntry &Entry = Sources.getLocalSLocEntry(I);
    if (Entry.isFile()) {
      const FileID File = Sources.getFileID(SourceLocation::getFromRawEncoding(Entry.getOffset()));
      if (std::optional<llvm::StringRef> Other = Sources.getBufferDataOrNone(File); Other && File != Main)
        Others.push_back(*Other);
      continue;
    }
    if (!Entry.getExpansion().getExpansionLocStart().isFileID())
      continue;
    auto [File, Offset] = Sources.getDecomposedLoc(Entry.getExpansion().getExpansionLocStart());
    std::optional<std::size_t> In = File == Main ? around(Offset) : std::nullopt;
    const std::uint32_t First = PlaceBase::MacroBit | Entry.getOffset();
    if (In && (Functions[*In].FirstInMacro == 0 || First < Functions[*In].FirstInMacro))
      Functions[*In].FirstInMacro = First;
  }
}

std::optional<std::size_t> SplitSource::around(unsigned Offset) const {
  auto After = llvm::partition_point(Functions, [&](const auto &F) { return F.Begin <= Offset; });
  if (After == Functions.begin() || Offset >= std::prev(After)->End)
    return std::nullopt;
  return std::prev(After) - Functions.begin();
}

std::optional<std::size_t> SplitSource::indexOf(const FunctionDecl &Definition) const {
  auto Found = llvm::find_if(Functions, [&](const auto &F) { return F.Definition == &Definition; });
  return Found == Functions.end() ? std::nullopt : std::optional<std::size_t>(Found - Functions.begin());
}

llvm::XXH128_hash_t SplitSource::rest() const {
  std::string All;
  for (llvm::StringRef Other : Others)
    (All += Other) += '\0';
  const SourceManager &Sources = Context.getSourceManager();
  const SourceLocation Start = Sources.getLocForStartOfFile(Sources.getMainFileID());
  Lexer Words(Start, Context.getLangOpts(), Text.begin(), Text.begin(), Text.end());
  Token Word;
  auto Next = Functions.begin();
  while (!Words.LexFromRawLexer(Word)) {
    const unsigned At = Words.getCurrentBufferOffset() - Word.getLength();
    // Directives end with their line, and the parameters of a macro stand next to its name.
    All += char(1 + 2 * Word.isAtStartOfLine() + Word.hasLeadingSpace());
    All += Text.substr(At, Word.getLength());
    if (Next != Functions.end() && At == Next->Brace)
      Words.seek(Next++->End - 1, /*IsAtStartOfLine=*/false);
  }
  return llvm::xxh3_128bits(llvm::arrayRefFromStringRef(All));
}

} // namespace connsan
