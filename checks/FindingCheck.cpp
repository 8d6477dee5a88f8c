#include "FindingCheck.h"

#include "Duration.h"
#include "FindingText.h"
#include "Fingerprint.h"

#include "clang/ASTMatchers/ASTMatchFinder.h"

#include <map>
#include <set>

using namespace clang;
using namespace clang::ast_matchers;

namespace connsan {

FindingCheck::FindingCheck(llvm::StringRef Name, tidy::ClangTidyContext *Context)
    : ClangTidyCheck(Name, Context), Name(Name),
      WantedConfidence(Options.getLocalOrGlobal("Confidence", "high").str()),
      MaxFunctionTime(Options.getLocalOrGlobal("MaxFunctionTime")), Index(Options.getLocalOrGlobal("Index")) {
  for (const std::string &Mistake : mistakesInOptions())
    configurationDiag("%0") << Mistake;
}

FindingCheck::~FindingCheck() = default;

std::vector<std::string> FindingCheck::mistakesInOptions() const {
  std::vector<std::string> Mistakes;
  if (WantedConfidence != "high" && WantedConfidence != "medium")
    Mistakes.push_back("unknown confidence '" + WantedConfidence + "'; expected high or medium");
  if (MaxFunctionTime && !parseDuration(*MaxFunctionTime))
    Mistakes.push_back("MaxFunctionTime is no duration: '" + *MaxFunctionTime +
                       "'; expected one such as 500ms or 10s");
  return Mistakes;
}

void FindingCheck::storeOptions(tidy::ClangTidyOptions::OptionMap &Opts) {
  Options.store(Opts, "Confidence", WantedConfidence);
  if (MaxFunctionTime)
    Options.store(Opts, "MaxFunctionTime", *MaxFunctionTime);
  if (Index)
    Options.store(Opts, "Index", *Index);
}

void FindingCheck::registerPPCallbacks(const SourceManager & /*Sources*/, Preprocessor *Lexer,
                                       Preprocessor * /*ModuleExpander*/) {
  this->Lexer = Lexer;
}

void FindingCheck::registerMatchers(MatchFinder *Finder) {
  // The first match tells the context; the analysis looks for functions itself.
  Finder->addMatcher(functionDecl(isDefinition(), unless(isExpansionInSystemHeader())), this);
}

void FindingCheck::check(const MatchFinder::MatchResult &Result) {
  if (!Unit)
    begin(UnitAnalysis::of(*Result.Context, *Lexer));
}

void FindingCheck::begin(std::shared_ptr<UnitAnalysis> Shared) {
  Unit = std::move(Shared);
  if (MaxFunctionTime)
    if (std::optional<std::chrono::milliseconds> Most = parseDuration(*MaxFunctionTime))
      Unit->limitFunctionTime(*Most);
  Unit->useIndex(Index);
  std::vector<std::string> Problems = Unit->takeProblems();
  if (!areDiagsSelfContained()) {
    for (const std::string &Problem : Problems)
      configurationDiag("%0") << Problem;
    return;
  }
  // An editor checks the same file again and again, and shows only what has a place.
  Unit->useResultsOfThread();
  llvm::append_range(Problems, mistakesInOptions());
  for (const std::string &Problem : Problems)
    diag(Unit->sources().getLocForStartOfFile(Unit->sources().getMainFileID()), "%0") << Problem;
}

void FindingCheck::emit(const FindingMessage &M, const Finding &Of, llvm::ArrayRef<FixItHint> Edits) {
  diag(Unit->locationOf(M.At), "%0") << M.Text << Edits;
  for (const FindingMessage::Note &N : M.Notes)
    diag(Unit->locationOf(N.At), "%0", DiagnosticIDs::Note) << N.Text;
  Unit->keep({Name, M, Of});
}

void FindingCheck::emitLeaks(llvm::ArrayRef<Finding> OfOneAcquire) {
  constexpr std::size_t Most = 3;
  const Finding &First = OfOneAcquire.front();
  std::vector<FindingMessage> Messages;
  std::vector<std::vector<FixItHint>> Edits;
  Repairs *Repair = Unit->repairs();
  if (First.isNeverReleased()) {
    Messages.push_back(describeNeverReleased(OfOneAcquire));
    Edits.push_back(Repair ? Repair->releaseBefore(OfOneAcquire) : std::vector<FixItHint>());
  } else {
    for (const Finding &F : OfOneAcquire.take_front(Most)) {
      Messages.push_back(describe(F));
      Edits.push_back(Repair ? Repair->releaseBefore(F) : std::vector<FixItHint>());
    }
    if (std::size_t Rest = OfOneAcquire.size() - Messages.size())
      Messages.back().Notes.push_back(
          {OfOneAcquire[Messages.size() - 1].AcquiredAt,
           std::to_string(Rest) + (Rest == 1 ? " more exit does" : " more exits do") + " not release it"});
  }
  if (Repair && llvm::all_of(Edits, [](const auto &OfOne) { return OfOne.empty(); }))
    if (std::optional<FindingMessage::Note> Owner = Repair->owner(First))
      Messages.front().Notes.push_back(std::move(*Owner));
  for (std::size_t I = 0; I < Messages.size(); ++I)
    emit(Messages[I], OfOneAcquire[I], Edits[I]);
}

/// What this check says of the unit to those who want to hear all of it. Fingerprints do not depend on what
/// is left out afterwards.
std::vector<Finding> FindingCheck::chooseFindings() {
  // By place; an instantiated template has its findings where its pattern has them.
  std::map<std::tuple<SourcePoint, SourcePoint, FindingKind>, Finding> ByPlace;
  std::set<SourcePoint> Released;
  for (const Finding &F : Unit->findings()) {
    if (!wants(F))
      continue;
    auto [Known, New] = ByPlace.try_emplace({isLeak(F.Kind) ? F.AcquiredAt : SourcePoint(), F.At, F.Kind}, F);
    if (!New && F.Trust > Known->second.Trust)
      Known->second = F;
    if (F.EverReleased)
      Released.insert(F.AcquiredAt);
  }
  std::vector<Finding> Chosen;
  for (auto &[Place, F] : ByPlace) {
    F.EverReleased = Released.contains(F.AcquiredAt);
    Chosen.push_back(std::move(F));
  }
  assignFingerprints(Name, Chosen);
  return Chosen;
}

void FindingCheck::onEndOfTranslationUnit() {
  if (!Unit)
    return;
  std::vector<Finding> Chosen = chooseFindings();
  llvm::erase_if(Chosen, [&](const Finding &F) {
    return Unit->isExcluded(F.At) || (F.Trust != Confidence::High && WantedConfidence != "medium");
  });
  for (llvm::ArrayRef<Finding> Rest = Chosen; !Rest.empty();) {
    const Finding &First = Rest.front();
    llvm::ArrayRef<Finding> Together = Rest.take_front();
    if (isLeak(First.Kind)) {
      Together = Rest.take_while(
          [&](const Finding &F) { return isLeak(F.Kind) && F.AcquiredAt == First.AcquiredAt; });
      emitLeaks(Together);
    } else {
      emit(describe(First), First);
    }
    Rest = Rest.drop_front(Together.size());
  }
  Unit.reset();
}

} // namespace connsan
