#include "Baseline.h"

#include "RepositoryRoot.h"

#include "llvm/ADT/STLExtras.h"

#include <map>
#include <set>

namespace connsan::tool {
namespace {

/// Leaves out of both what they have in common: first in the same file, as a fingerprint may be there in
/// several.
void cancel(std::multimap<std::string, BaselineEntry> &Known, std::vector<CheckedFinding> &Found) {
  const RepositoryRoot Root;
  for (bool InSameFile : {true, false})
    llvm::erase_if(Found, [&](const CheckedFinding &F) {
      auto [First, Last] = Known.equal_range(F.Fingerprint);
      auto Match = std::find_if(First, Last, [&](const auto &Entry) {
        return !InSameFile || Entry.second.File == Root.relative(F.Said.Message.FilePath);
      });
      if (Match == Last)
        return false;
      Known.erase(Match);
      return true;
    });
}

/// Whether it would have been found again.
bool isLookedFor(const BaselineEntry &Entry, const CheckOptions &Options,
                 const std::set<std::string> &Checked) {
  auto Wanted = Options.Settings.find("Confidence");
  const bool IsShown =
      Entry.Confidence == "high" || (Wanted != Options.Settings.end() && Wanted->second == Entry.Confidence);
  return IsShown && (Options.Sources.empty() || Checked.contains(Entry.File));
}

} // namespace

void applyBaseline(const CheckOptions &Options, const SourceList &Checked, CheckResult &Result,
                   ProblemList &Problems) {
  llvm::Expected<std::vector<BaselineEntry>> Entries = readBaseline(Options.BaselineFile);
  if (!Entries) {
    Problems.add(llvm::toString(Entries.takeError()));
    return;
  }
  const bool IsAllKnown = Problems.all().empty();
  std::multimap<std::string, BaselineEntry> Known;
  for (BaselineEntry &Entry : *Entries)
    Known.emplace(Entry.Fingerprint, std::move(Entry));
  cancel(Known, Result.Findings);

  const RepositoryRoot Root;
  std::set<std::string> Files;
  for (const std::string &Source : Checked.Sources)
    Files.insert(Root.relative(Source));
  for (auto &[Fingerprint, Entry] : Known)
    if (IsAllKnown && isLookedFor(Entry, Options, Files))
      Result.Fixed.push_back(std::move(Entry));
  llvm::sort(Result.Fixed, [](const BaselineEntry &A, const BaselineEntry &B) {
    return std::tie(A.File, A.Function, A.Message, A.Fingerprint) <
           std::tie(B.File, B.Function, B.Message, B.Fingerprint);
  });
  for (const BaselineEntry &Entry : Result.Fixed)
    llvm::errs() << "connsan check: " << describeFixed(Entry) << '\n';
  if (!Result.Fixed.empty())
    llvm::errs() << "connsan check: " << Result.Fixed.size()
                 << (Result.Fixed.size() == 1 ? " finding" : " findings") << " of " << Options.BaselineFile
                 << " fixed; 'connsan baseline' writes it without\n";
}

} // namespace connsan::tool
