#include "FindingCheck.h"

#include "FindingText.h"

#include "clang/ASTMatchers/ASTMatchFinder.h"

#include <map>

using namespace clang;
using namespace clang::ast_matchers;

namespace connsan {

static SourceLocation location(SourcePoint At) {
  return SourceLocation::getFromRawEncoding(At.Raw);
}

FindingCheck::FindingCheck(llvm::StringRef Name, tidy::ClangTidyContext *Context)
    : ClangTidyCheck(Name, Context), WantedConfidence(Options.getLocalOrGlobal("Confidence", "high").str()) {
  if (WantedConfidence != "high" && WantedConfidence != "medium")
    configurationDiag("unknown confidence '%0'; expected high or medium") << WantedConfidence;
}

FindingCheck::~FindingCheck() = default;

void FindingCheck::storeOptions(tidy::ClangTidyOptions::OptionMap &Opts) {
  Options.store(Opts, "Confidence", WantedConfidence);
}

void FindingCheck::registerMatchers(MatchFinder *Finder) {
  // The first match tells the context; the analysis looks for functions itself.
  Finder->addMatcher(functionDecl(isDefinition(), unless(isExpansionInSystemHeader())), this);
}

void FindingCheck::check(const MatchFinder::MatchResult &Result) {
  if (!Unit)
    begin(*Result.Context);
}

void FindingCheck::begin(ASTContext &Context) {
  Unit = UnitAnalysis::of(Context);
  for (const std::string &Problem : Unit->takeProblems())
    configurationDiag("%0") << Problem;
}

void FindingCheck::run(ASTContext &Context) {
  begin(Context);
  onEndOfTranslationUnit();
}

void FindingCheck::emit(const FindingMessage &M) {
  diag(location(M.At), "%0") << M.Text;
  for (const FindingMessage::Note &N : M.Notes)
    diag(location(N.At), "%0", DiagnosticIDs::Note) << N.Text;
}

void FindingCheck::emitLeaks(const std::vector<Finding> &OfOneAcquire) {
  if (OfOneAcquire.front().Acquired &&
      llvm::none_of(OfOneAcquire, [](const Finding &F) { return F.EverReleased; })) {
    emit(describeNeverReleased(OfOneAcquire));
    return;
  }
  constexpr std::size_t Most = 3;
  for (std::size_t I = 0; I < std::min(Most, OfOneAcquire.size()); ++I) {
    FindingMessage M = describe(OfOneAcquire[I]);
    if (std::size_t Rest = OfOneAcquire.size() - Most; I + 1 == Most && OfOneAcquire.size() > Most)
      M.Notes.push_back(
          {OfOneAcquire[I].AcquiredAt,
           std::to_string(Rest) + (Rest == 1 ? " more exit does" : " more exits do") + " not release it"});
    emit(M);
  }
}

void FindingCheck::onEndOfTranslationUnit() {
  if (!Unit)
    return;
  // By place; an instantiated template has its findings where its pattern has them.
  using Place = std::pair<SourcePoint, FindingKind>;
  std::map<SourcePoint, std::map<Place, Finding>> Leaks;
  std::map<Place, Finding> Others;
  for (const Finding &F : Unit->findings()) {
    if (!wants(F) || Unit->isExcluded(F.At) || (F.Trust != Confidence::High && WantedConfidence != "medium"))
      continue;
    (isLeak(F.Kind) ? Leaks[F.AcquiredAt] : Others).try_emplace({F.At, F.Kind}, F);
  }
  for (const auto &[AcquiredAt, ByPlace] : Leaks) {
    std::vector<Finding> OfOneAcquire;
    for (const auto &[At, F] : ByPlace)
      OfOneAcquire.push_back(F);
    emitLeaks(OfOneAcquire);
  }
  for (const auto &[At, F] : Others)
    emit(describe(F));
  Unit.reset();
}

} // namespace connsan
