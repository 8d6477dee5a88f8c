#pragma once

#include "Values.h"

#include <algorithm>
#include <map>
#include <set>

namespace connsan {

/// Where the transactions of a function end, and where they are left open. Whether that is a mistake is seen
/// by both.
class OpenTransactions {
public:
  void began(Site At) { Of[At]; }
  void concluded(Site Began, Site At, bool IsCommit) {
    Of[Began].EndedAt.insert(At);
    Of[Began].IsCommitted |= IsCommit;
  }
  /// What the callers may have begun ends there too.
  void concludedOfCallers(Site At) { EndsOfCallers.insert(At); }
  /// The function returns there.
  void addExit(SourcePoint At) { Last = std::max(Last, At); }
  /// With that transaction open.
  void addOpenExit(Site Began, SourcePoint At) {
    Of[Began].IsLeftOpen = true;
    Of[Began].LastOpen = std::max(Of[Began].LastOpen, At);
  }
  /// Calls F(site, whether it is left open on some way out) for each.
  template<typename Function> void each(Function F) const {
    for (const auto &[Began, E] : Of)
      F(Began, E.IsLeftOpen);
  }

  /// Whether a way out with this transaction open is one too many.
  bool isMistake(Site Began) const {
    auto Known = Of.find(Began);
    if (Known == Of.end() || Known->second.EndedAt.empty() || isKeptByCallers(Known->second))
      return false;
    return Known->second.IsCommitted || !isHelper(Known->second);
  }

private:
  struct Ends {
    std::set<Site> EndedAt;
    bool IsCommitted = false;
    bool IsLeftOpen = false;
    SourcePoint LastOpen;
  };
  /// It begins where none is open yet, and ends whichever is: what is open lasts for several calls.
  bool isKeptByCallers(const Ends &E) const {
    return std::includes(EndsOfCallers.begin(), EndsOfCallers.end(), E.EndedAt.begin(), E.EndedAt.end());
  }
  /// A function that only ever rolls back, and not where it ends at last, takes back what its callers asked
  /// for when that went wrong.
  bool isHelper(const Ends &E) const { return E.LastOpen == Last; }

  std::map<Site, Ends> Of;
  std::set<Site> EndsOfCallers;
  SourcePoint Last;
};

} // namespace connsan
