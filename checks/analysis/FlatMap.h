#pragma once

#include "llvm/ADT/SmallVector.h"

#include <algorithm>
#include <utility>

namespace connsan {

/// A map for a handful of entries that is copied and compared more often than it is searched: a sorted
/// vector.
template<typename Key, typename Mapped> class FlatMap {
  using Entries = llvm::SmallVector<std::pair<Key, Mapped>, 4>;

public:
  using iterator = typename Entries::iterator;
  using const_iterator = typename Entries::const_iterator;

  iterator begin() { return Sorted.begin(); }
  iterator end() { return Sorted.end(); }
  const_iterator begin() const { return Sorted.begin(); }
  const_iterator end() const { return Sorted.end(); }
  bool empty() const { return Sorted.empty(); }
  std::size_t size() const { return Sorted.size(); }

  const Mapped *find(Key K) const {
    auto At = std::lower_bound(Sorted.begin(), Sorted.end(), K, before);
    return At != Sorted.end() && At->first == K ? &At->second : nullptr;
  }
  Mapped *find(Key K) { return const_cast<Mapped *>(std::as_const(*this).find(K)); }
  Mapped &operator[](Key K) {
    auto At = std::lower_bound(Sorted.begin(), Sorted.end(), K, before);
    if (At == Sorted.end() || At->first != K)
      At = Sorted.insert(At, {K, Mapped{}});
    return At->second;
  }
  void erase(Key K) {
    auto At = std::lower_bound(Sorted.begin(), Sorted.end(), K, before);
    if (At != Sorted.end() && At->first == K)
      Sorted.erase(At);
  }
  /// P is asked once for each entry, in order, and may change what is mapped.
  template<typename Predicate> void eraseIf(Predicate P) {
    auto To = Sorted.begin();
    for (auto From = Sorted.begin(); From != Sorted.end(); ++From) {
      if (P(*From))
        continue;
      if (To != From)
        *To = std::move(*From);
      ++To;
    }
    Sorted.erase(To, Sorted.end());
  }
  bool operator==(const FlatMap &Other) const { return Sorted == Other.Sorted; }

private:
  static bool before(const std::pair<Key, Mapped> &Entry, Key K) { return Entry.first < K; }
  Entries Sorted;
};

} // namespace connsan
