#include "ConnectionLeakCheck.h"

#include "LeakText.h"
#include "model/Configuration.h"

#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "llvm/Support/Path.h"

#include <set>

using namespace clang;
using namespace clang::ast_matchers;

namespace connsan {
namespace {

constexpr llvm::StringLiteral ResultResources[] = {"result", "cancel", "cancel-connection", "conninfo",
                                                   "libpq-memory"};

bool isConnectionOrLease(const Leak &L) {
  return !llvm::is_contained(ResultResources, L.Resource);
}

SourceLocation location(SourcePoint At) {
  return SourceLocation::getFromRawEncoding(At.Raw);
}

} // namespace

ConnectionLeakCheck::ConnectionLeakCheck(llvm::StringRef Name, tidy::ClangTidyContext *Context)
    : ClangTidyCheck(Name, Context), WantedConfidence(Options.getLocalOrGlobal("Confidence", "high").str()) {
  if (WantedConfidence != "high" && WantedConfidence != "medium")
    configurationDiag("unknown confidence '%0'; expected high or medium") << WantedConfidence;
}

ConnectionLeakCheck::~ConnectionLeakCheck() = default;

void ConnectionLeakCheck::storeOptions(tidy::ClangTidyOptions::OptionMap &Opts) {
  Options.store(Opts, "Confidence", WantedConfidence);
}

void ConnectionLeakCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(functionDecl(isDefinition(), unless(isExpansionInSystemHeader())).bind("function"),
                     this);
}

void ConnectionLeakCheck::startTranslationUnit(ASTContext &Unit) {
  Context = &Unit;
  const SourceManager &Sources = Unit.getSourceManager();
  llvm::StringRef Main = Sources.getFileEntryRefForID(Sources.getMainFileID())
                             ? Sources.getFileEntryRefForID(Sources.getMainFileID())->getName()
                             : "";
  Configuration Config = configurationFor(Main, Sources.getFileManager().getVirtualFileSystem());
  if (!Config.Error.empty())
    configurationDiag("%0") << Config.Error;
  Models = std::move(Config.Models);
  Excluded = std::move(Config.Excluded);
  // Most translation units never name a function that acquires.
  bool Any = llvm::any_of(Models->all(), [&](const auto &Entry) {
    llvm::StringRef Name = Entry.getKey();
    Name = Name.substr(Name.rfind(':') + 1);
    return Entry.getValue().acquires() && Unit.Idents.find(Name) != Unit.Idents.end();
  });
  if (Any)
    Analysis = std::make_unique<Analyzer>(Unit, *Models);
}

void ConnectionLeakCheck::check(const MatchFinder::MatchResult &Result) {
  if (!Context)
    startTranslationUnit(*Result.Context);
  if (Analysis)
    Analysis->add(*Result.Nodes.getNodeAs<FunctionDecl>("function"));
}

bool ConnectionLeakCheck::isExcluded(SourcePoint At) const {
  const SourceManager &Sources = Context->getSourceManager();
  llvm::SmallString<256> Path(Sources.getFilename(Sources.getExpansionLoc(location(At))));
  Sources.getFileManager().makeAbsolutePath(Path);
  llvm::sys::path::remove_dots(Path, true);
  return llvm::any_of(Excluded, [&](llvm::StringRef Prefix) { return Path.starts_with(Prefix); });
}

void ConnectionLeakCheck::emit(const LeakMessage &M) {
  if (isExcluded(M.At))
    return;
  diag(location(M.At), "%0") << M.Text;
  for (const LeakMessage::Note &N : M.Notes)
    diag(location(N.At), "%0", DiagnosticIDs::Note) << N.Text;
}

void ConnectionLeakCheck::onEndOfTranslationUnit() {
  if (!Analysis)
    return;
  // By acquisition; an instantiated template has its leaks at the same places as its pattern.
  std::map<SourcePoint, std::map<std::pair<SourcePoint, LossKind>, Leak>> ByAcquire;
  for (Leak &L : Analysis->leaks())
    if (isConnectionOrLease(L) && (L.Trust == Confidence::High || WantedConfidence == "medium"))
      ByAcquire[L.AcquiredAt].try_emplace({L.At, L.Kind}, L);
  for (const auto &[AcquiredAt, Places] : ByAcquire) {
    std::vector<Leak> Exits;
    for (const auto &[Place, L] : Places)
      Exits.push_back(L);
    if (Exits.front().Acquired && llvm::none_of(Exits, [](const Leak &L) { return L.EverReleased; })) {
      emit(describeNeverReleased(Exits));
      continue;
    }
    constexpr std::size_t Most = 3;
    for (std::size_t I = 0; I < std::min(Most, Exits.size()); ++I) {
      LeakMessage M = describe(Exits[I]);
      if (I + 1 == Most && Exits.size() > Most)
        M.Notes.push_back(
            {AcquiredAt, std::to_string(Exits.size() - Most) + " more exits do not release it"});
      emit(M);
    }
  }
}

} // namespace connsan
