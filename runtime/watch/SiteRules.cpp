#include "watch/SiteRules.h"

#include "options/Current.h"
#include "stack/ScriptFrames.h"
#include "stack/Symbolizer.h"

#include <algorithm>
#include <array>
#include <fnmatch.h>
#include <unordered_map>

namespace connsan::runtime {

namespace {

struct RuleBook {
  std::vector<Suppression> Rules;
  /// Which rules hold for a site, by number. A site is named once, when the first of its connections could be
  /// reported.
  std::unordered_map<const Stack *, std::vector<size_t>> Matches;
  /// The parent's: given up but not lost, or a leak checker would report it.
  RuleBook *Before;
};
RuleBook *Book = nullptr;

int64_t optionOf(Suppressible Kind) {
  const Options &O = options();
  auto Of = [](const Duration &D) { return D.enabled() ? D.Nanoseconds : Never; };
  switch (Kind) {
  case Suppressible::Held:
    return Of(O.Held);
  case Suppressible::IdleInTransaction:
    return Of(O.IdleInTransaction);
  case Suppressible::LongQuery:
    return Of(O.LongQuery);
  case Suppressible::Connecting:
    return Of(O.Connecting);
  case Suppressible::Growth:
  case Suppressible::Leak:
    break;
  }
  return 0;
}

bool matchesGlob(const std::string &Pattern, const std::string &Text) {
  return !Text.empty() && fnmatch(Pattern.c_str(), Text.c_str(), 0) == 0;
}

/// The name of a function without the parameters that a demangled one has.
std::string withoutParameters(const std::string &Function) {
  size_t At = Function.rfind(')');
  for (unsigned Open = 0; At != std::string::npos && At > 0; --At) {
    Open += Function[At] == ')';
    if (Function[At] == '(' && --Open == 0)
      return Function.substr(0, At);
  }
  return Function;
}

/// A function by its whole name, with or without parameters; a file or module by its path or the last part of
/// it.
bool matchesFrame(const std::string &Pattern, const std::string &Function, const std::string &File,
                  const std::string &Module) {
  auto Last = [](const std::string &Path) { return Path.substr(Path.rfind('/') + 1); };
  return matchesGlob(Pattern, Function) || matchesGlob(Pattern, withoutParameters(Function)) ||
         matchesGlob(Pattern, File) || matchesGlob(Pattern, Last(File)) || matchesGlob(Pattern, Module) ||
         matchesGlob(Pattern, Last(Module));
}

std::vector<size_t> match(const Stack &Site) {
  std::vector<Frame> Frames = symbolize(Site.frames(), Site.Depth, options().Symbolize);
  std::vector<ScriptFrame> Script = scriptFrames(Site.Script);
  std::vector<size_t> Result;
  for (size_t I = 0; I < Book->Rules.size(); ++I) {
    const Suppression &R = Book->Rules[I];
    if (R.OfApplication)
      continue;
    if (std::any_of(Frames.begin(), Frames.end(),
                    [&](const Frame &F) { return matchesFrame(R.Pattern, F.Function, F.File, F.In.Path); }) ||
        std::any_of(Script.begin(), Script.end(),
                    [&](const ScriptFrame &F) { return matchesFrame(R.Pattern, F.Function, F.File, {}); }))
      Result.push_back(I);
  }
  return Result;
}

bool matchesApplication(const Suppression &R, const Snapshot &S) {
  Snapshot Connection;
  const Identity *Who = S.Who;
  if (S.Flags & Lease && S.Partner && takeSnapshotOf(S.Partner, Connection))
    Who = Connection.Who;
  return Who && matchesGlob(R.Pattern, Who->ApplicationName);
}

/// The first rule of the file that holds.
const Suppression *ruleFor(Suppressible Kind, const Snapshot &S) {
  if (!Book || Book->Rules.empty())
    return nullptr;
  const std::vector<size_t> *OfSite = nullptr;
  if (S.AcquiredAt) {
    auto It = Book->Matches.find(S.AcquiredAt);
    if (It == Book->Matches.end())
      It = Book->Matches.emplace(S.AcquiredAt, match(*S.AcquiredAt)).first;
    OfSite = &It->second;
  }
  for (size_t I = 0; I < Book->Rules.size(); ++I) {
    const Suppression &R = Book->Rules[I];
    if (R.Kind == Kind && (R.OfApplication ? matchesApplication(R, S)
                                           : OfSite && std::binary_search(OfSite->begin(), OfSite->end(), I)))
      return &R;
  }
  return nullptr;
}

std::array<int64_t, SuppressibleKinds> Least;

} // namespace

void setRules(std::vector<Suppression> Rules) {
  // In the child of a fork the book may be torn: the parent's watcher was using it.
  Book = new RuleBook{std::move(Rules), {}, Book};
  for (unsigned K = 0; K < SuppressibleKinds; ++K) {
    Least[K] = optionOf(static_cast<Suppressible>(K));
    for (const Suppression &R : Book->Rules)
      if (static_cast<unsigned>(R.Kind) == K && R.Threshold)
        Least[K] = std::min(Least[K], R.Threshold->Nanoseconds);
  }
}

int64_t thresholdOf(Suppressible Kind, const Snapshot &S) {
  const Suppression *R = ruleFor(Kind, S);
  if (!R)
    return optionOf(Kind);
  return R->Threshold ? R->Threshold->Nanoseconds : Never;
}

bool isSuppressed(Suppressible Kind, const Snapshot &S) {
  const Suppression *R = ruleFor(Kind, S);
  return R && !R->Threshold;
}

int64_t leastThreshold(Suppressible Kind) {
  return Least[static_cast<unsigned>(Kind)];
}

bool isPooled(const Snapshot &S) {
  return !(S.Flags & Lease) && S.AcquiredAt && S.Word.state() != State::Failed &&
         (S.Pool || S.AcquiredAt->Reused.load(std::memory_order_relaxed) ||
          isSuppressed(Suppressible::Held, S));
}

bool countsAsHeld(const Snapshot &S) {
  return S.Flags & PastHeld && !isPooled(S) && thresholdOf(Suppressible::Held, S) != Never;
}

} // namespace connsan::runtime
