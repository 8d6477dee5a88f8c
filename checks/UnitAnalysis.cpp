#include "UnitAnalysis.h"

#include "IndexFiles.h"
#include "analysis/DeclaredModels.h"
#include "analysis/FunctionAnnotations.h"
#include "analysis/KeptFacts.h"
#include "analysis/ParsedProgram.h"
#include "analysis/ResultLayout.h"
#include "analysis/StoredProgram.h"
#include "model/Annotations.h"
#include "model/Configuration.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Support/Path.h"

namespace connsan {

std::shared_ptr<UnitAnalysis> UnitAnalysis::of(clang::ASTContext &Context, clang::Preprocessor &Lexer) {
  thread_local std::weak_ptr<UnitAnalysis> Last;
  std::shared_ptr<UnitAnalysis> Unit = Last.lock();
  if (!Unit || Unit->Context != &Context)
    Last = Unit = std::make_shared<UnitAnalysis>(Context, Lexer);
  return Unit;
}

static bool isReferred(const clang::FunctionDecl &Function) {
  // What refers to a member or a template may refer to a declaration of its own.
  return Function.isReferenced() || Function.isCXXClassMember() || Function.isTemplated();
}

/// Most translation units never refer to a function that acquires or releases, even if a header declares it.
static bool isReferred(llvm::StringRef Function, clang::ASTContext &Context) {
  llvm::StringRef Name = Function.substr(Function.rfind(':') + 1);
  auto Known = Context.Idents.find(Name);
  // In C, to look something up in a preamble would load all of it. What its inline functions use is not told
  // apart from what it declares.
  if (Context.getExternalSource()) {
    clang::IdentifierInfoLookup *Preamble = Context.Idents.getExternalIdentifierLookup();
    return Known != Context.Idents.end() || (Preamble && Preamble->get(Name));
  }
  if (Known == Context.Idents.end())
    return false;
  if (Name != Function)
    return true;
  return llvm::any_of(Context.getTranslationUnitDecl()->lookup(Known->second),
                      [](const clang::NamedDecl *D) { return D->isReferenced(); });
}

void UnitAnalysis::useResultsOfThread() {
  thread_local ResultCache OfThread(/*Maker=*/0);
  thread_local KeptFacts FactsOfThread;
  if (Results == &OfThread)
    return;
  OfThread.checkAgain();
  Results = &OfThread;
  Kept = &FactsOfThread;
}

UnitAnalysis::UnitAnalysis(const clang::SourceManager &Sources) : Sources(Sources) {
  clang::OptionalFileEntryRef Main = Sources.getFileEntryRefForID(Sources.getMainFileID());
  MainFile = Main ? Main->getName() : "";
  Configuration Config = configurationFor(MainFile, Sources.getFileManager().getVirtualFileSystem());
  Models = std::move(Config.Models);
  Excluded = std::move(Config.Excluded);
  if (!Config.Error.empty())
    Problems.push_back(std::move(Config.Error));
}

UnitAnalysis::UnitAnalysis(clang::ASTContext &Context, clang::Preprocessor &Lexer)
    : UnitAnalysis(Context.getSourceManager()) {
  this->Context = &Context;
  this->Lexer = &Lexer;
  AnyResources = llvm::any_of(Models.all(), [&](const auto &Entry) {
    const Model &M = Entry.getValue();
    return M.matters() && M.Resource != MemoryResource && isReferred(Entry.getKey(), Context);
  });
  for (const clang::FunctionDecl *Function : annotatedFunctions(Context))
    if (std::optional<Model> M = readAnnotations(describeAnnotations(*Function)))
      AnyResources |= M->matters() && isReferred(*Function);
}

UnitAnalysis::UnitAnalysis(const UnitFacts &Facts, const StoredSources &Places)
    : UnitAnalysis(Places.manager()) {
  this->Facts = &Facts;
  this->Places = &Places;
  for (const AnnotatedFunction &Function : Facts.Annotated)
    readAnnotations(Function);
  DeclaredModels Declared(Models);
  AnyResources = llvm::any_of(Facts.Functions, [&](const KnownFunction &F) {
    const Model *M = Declared.find(F.Declaration.Name, F.Declaration.Annotations);
    return M && M->matters();
  });
}

void UnitAnalysis::useIndex(std::optional<llvm::StringRef> Path) {
  if (!Path && IsIndexChosen)
    return;
  IsIndexChosen = true;
  llvm::vfs::FileSystem &Files = Sources.getFileManager().getVirtualFileSystem();
  const std::string Found = Path ? Path->str() : findIndex(MainFile, Files);
  std::string Problem;
  Index = Found.empty() ? nullptr : loadIndex(Found, Files, Problem);
  if (!Problem.empty() && !llvm::is_contained(Problems, Problem))
    Problems.push_back(std::move(Problem));
}

/// Whether something that it refers to acquires or releases, here or in another file.
bool UnitAnalysis::refersToResources() const {
  if (AnyResources)
    return true;
  const IndexView Elsewhere(Index.get(), MainFile);
  if (Facts)
    return llvm::any_of(Facts->Functions, [&](const KnownFunction &F) {
      auto Known = Elsewhere.find(F.Declaration.Usr, F.Declaration.Type);
      return Known && !F.Declaration.HasBody && changesOwnership(Known->Effects);
    });
  return Elsewhere.any([&](const IndexedFunction &Known) {
    return changesOwnership(Known.Effects) && isReferred(Known.Name, *Context);
  });
}

void UnitAnalysis::limitFunctionTime(std::chrono::milliseconds Most) {
  FunctionTime = FunctionTime ? std::min(*FunctionTime, Most) : Most;
}

clang::SourceLocation UnitAnalysis::locationOf(SourcePoint At) const {
  return Places ? Places->location(At) : clang::SourceLocation::getFromRawEncoding(At.Raw);
}

const std::vector<Finding> &UnitAnalysis::findings() {
  if (Found)
    return *Found;
  if (refersToResources()) {
    Limits Bounds;
    if (FunctionTime)
      Bounds.Time = *FunctionTime;
    if (Facts)
      Unit = std::make_unique<StoredProgram>(*Facts);
    else
      Unit = std::make_unique<ParsedProgram>(*Context, Kept);
    Analysis = std::make_unique<Analyzer>(*Unit, Models, Bounds, IndexView(Index.get(), MainFile));
    Analysis->useResults(Results);
  }
  Found.emplace(Analysis ? Analysis->findings() : std::vector<Finding>());
  if (Kept)
    for (Finding &F : *Found)
      forEachPoint(F, [this](SourcePoint &At) { At = Kept->inTree(At); });
  return *Found;
}

Repairs *UnitAnalysis::repairs() {
  if (!Proposals && Context)
    Proposals.emplace(*Context, *Lexer, Models);
  return Proposals ? &*Proposals : nullptr;
}

std::optional<Statistics> UnitAnalysis::statistics() const {
  return Analysis ? std::optional(Analysis->statistics()) : std::nullopt;
}

bool UnitAnalysis::isExcluded(SourcePoint At) const {
  llvm::SmallString<256> Path(Sources.getFilename(Sources.getExpansionLoc(locationOf(At))));
  Sources.getFileManager().makeAbsolutePath(Path);
  llvm::sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
  return llvm::any_of(Excluded, [&](llvm::StringRef Prefix) { return Path.starts_with(Prefix); });
}

/// What the annotations of a function say; a mistake in them is a problem.
std::optional<Model> UnitAnalysis::readAnnotations(const AnnotatedFunction &Function) {
  AnnotationMistake Mistake;
  if (std::optional<Model> Said = parseAnnotations("", Function.Texts, Mistake, Function.Arguments))
    return Said;
  clang::SourceLocation Place = locationOf(Function.At[Mistake.Which]);
  clang::PresumedLoc At = Sources.getPresumedLoc(Sources.getExpansionLoc(Place));
  Problems.push_back((llvm::Twine(At.getFilename()) + ":" + llvm::Twine(At.getLine()) + ":" +
                      llvm::Twine(At.getColumn()) + ": " + Mistake.Expected)
                         .str());
  return std::nullopt;
}

std::vector<std::string> UnitAnalysis::takeProblems() {
  return std::exchange(Problems, {});
}

} // namespace connsan
