#include "Complete.h"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <tuple>

namespace connsan::report {

namespace {

void addTo(Site &S, const Connection &C, bool HasState) {
  S.Open += C.Open;
  S.Held += C.Held && C.Open;
  S.Leaked += !C.Leaked.empty();
  S.Longest = std::max(S.Longest, C.HeldFor);
  // A state has counted them itself, those that were gone before they were written included.
  if (!HasState) {
    ++S.Acquired;
    S.Released += !C.Open;
  }
  if (int64_t At = C.Acquired.At) {
    S.FirstSeen = S.FirstSeen ? std::min(S.FirstSeen, At) : At;
    S.LastSeen = std::max(S.LastSeen, At);
  }
  if (std::find(S.Processes.begin(), S.Processes.end(), C.Of) == S.Processes.end())
    S.Processes.push_back(C.Of);
}

/// Worse ones come first: what leaks, what hoards, what held on for long.
auto badness(const Site &S) {
  return std::tuple(std::max(S.Leaked, S.Held), S.Open, S.Longest);
}

void rank(Report &R) {
  std::vector<Index> Order(R.Sites.size()), Place(R.Sites.size());
  std::iota(Order.begin(), Order.end(), 0);
  std::stable_sort(Order.begin(), Order.end(),
                   [&R](Index A, Index B) { return badness(R.Sites[A]) > badness(R.Sites[B]); });
  std::vector<Site> Ranked;
  for (Index Old : Order) {
    Place[Old] = static_cast<Index>(Ranked.size());
    Ranked.push_back(std::move(R.Sites[Old]));
  }
  R.Sites = std::move(Ranked);
  for (Connection &C : R.Connections)
    if (C.Site != None)
      C.Site = Place[C.Site];
}

} // namespace

int64_t now() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

void complete(Report &R) {
  int64_t Now = R.Created = now();
  for (Connection &C : R.Connections) {
    const Process &P = R.Processes[C.Of];
    int64_t Until = P.End == Ending::Running ? std::max(Now, P.LastSeen) : P.LastSeen;
    if (C.Open && C.Acquired.At)
      C.HeldFor = std::max(int64_t(0), Until - C.Acquired.At);
    if (C.Site != None)
      addTo(R.Sites[C.Site], C, P.HasState);
  }
  rank(R);
  std::stable_sort(R.Events.begin(), R.Events.end(),
                   [](const Event &A, const Event &B) { return A.At < B.At; });
}

} // namespace connsan::report
