#pragma once

#include "llvm/ADT/IntrusiveRefCntPtr.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/iterator.h"

#include <algorithm>
#include <utility>

namespace connsan {

/// A sorted map whose copies share what they have in common. The entries are in runs, and a run is copied
/// when one of several maps that share it is changed; so to copy a map costs nothing, and to find out where
/// two copies differ takes little more than what was changed in between.
template<typename Key, typename Mapped> class SharedMap {
  using Entry = std::pair<Key, Mapped>;
  static constexpr std::size_t Most = 16; ///< entries of a run
  struct Run : llvm::RefCountedBase<Run> {
    llvm::SmallVector<Entry, 4> Entries;
  };
  using RunPointer = llvm::IntrusiveRefCntPtr<Run>;
  struct RunList : llvm::RefCountedBase<RunList>,
                   llvm::SmallVector<RunPointer, 1> {}; ///< none of them is empty

public:
  class Iterator : public llvm::iterator_facade_base<Iterator, std::forward_iterator_tag, const Entry> {
  public:
    Iterator() = default;
    Iterator(const RunPointer *In, std::size_t Index) : In(In), Index(Index) {}
    const Entry &operator*() const { return (*In)->Entries[Index]; }
    Iterator &operator++() {
      if (++Index == (*In)->Entries.size())
        *this = {In + 1, 0};
      return *this;
    }
    bool operator==(const Iterator &Other) const { return In == Other.In && Index == Other.Index; }

  private:
    friend class SharedMap;
    const RunPointer *In = nullptr;
    std::size_t Index = 0;
  };

  Iterator begin() const { return Runs ? Iterator(Runs->begin(), 0) : Iterator(); }
  Iterator end() const { return Runs ? Iterator(Runs->end(), 0) : Iterator(); }
  bool empty() const { return !Runs || Runs->empty(); }

  const Mapped *find(const Key &K) const {
    Position At = locate(K);
    return At.IsThere ? &(*Runs)[At.Run]->Entries[At.Index].second : nullptr;
  }
  /// The first entry that is not before K.
  Iterator lowerBound(const Key &K) const {
    if (empty())
      return end();
    Position At = locate(K);
    const RunPointer *In = &(*Runs)[At.Run];
    return At.Index == (*In)->Entries.size() ? Iterator(In + 1, 0) : Iterator(In, At.Index);
  }

  /// What K is mapped to, to be changed; null when there is no such entry.
  Mapped *change(const Key &K) {
    Position At = locate(K);
    return At.IsThere ? &own(At.Run).Entries[At.Index].second : nullptr;
  }
  Mapped &operator[](const Key &K) {
    Position At = locate(K);
    return At.IsThere ? own(At.Run).Entries[At.Index].second : insert(At, K);
  }
  void set(const Key &K, const Mapped &M) {
    Position At = locate(K);
    if (!At.IsThere)
      insert(At, K) = M;
    else if (!((*Runs)[At.Run]->Entries[At.Index].second == M))
      own(At.Run).Entries[At.Index].second = M;
  }
  void erase(const Key &K) {
    Position At = locate(K);
    if (!At.IsThere)
      return;
    Run &In = own(At.Run);
    In.Entries.erase(In.Entries.begin() + At.Index);
    if (In.Entries.empty())
      Runs->erase(Runs->begin() + At.Run);
  }
  /// P is asked once for each entry, in order.
  template<typename Predicate> void eraseIf(Predicate P) {
    llvm::SmallVector<Key, 8> Gone;
    for (const Entry &E : *this)
      if (P(E))
        Gone.push_back(E.first);
    for (const Key &K : Gone)
      erase(K);
  }

  bool operator==(const SharedMap &Other) const {
    return allDifferences(*this, Other, [](const Key &, const Mapped *, const Mapped *) { return false; });
  }

  /// Calls P(key, what A maps it to, what B does) where that is not the same, in order; null where there is
  /// no such entry. False as soon as P is.
  template<typename Predicate>
  static bool allDifferences(const SharedMap &A, const SharedMap &B, Predicate P) {
    if (A.Runs == B.Runs)
      return true;
    Iterator L = A.begin();
    Iterator R = B.begin();
    while (L != A.end() && R != B.end()) {
      if (*L.In == *R.In) {
        // The keys are unique, so that both are at the same entry of it.
        L = {L.In + 1, 0};
        R = {R.In + 1, 0};
      } else if (L->first == R->first) {
        if (!(L->second == R->second) && !P(L->first, &L->second, &R->second))
          return false;
        ++L;
        ++R;
      } else if (L->first < R->first) {
        if (!P(L->first, &L->second, nullptr))
          return false;
        ++L;
      } else {
        if (!P(R->first, nullptr, &R->second))
          return false;
        ++R;
      }
    }
    for (; L != A.end(); ++L)
      if (!P(L->first, &L->second, nullptr))
        return false;
    for (; R != B.end(); ++R)
      if (!P(R->first, nullptr, &R->second))
        return false;
    return true;
  }
  template<typename Function> static void eachDifference(const SharedMap &A, const SharedMap &B, Function F) {
    allDifferences(A, B, [&](const Key &K, const Mapped *L, const Mapped *R) {
      F(K, L, R);
      return true;
    });
  }

private:
  /// Where an entry is, or has to be inserted.
  struct Position {
    std::size_t Run = 0;
    std::size_t Index = 0;
    bool IsThere = false;
  };
  Position locate(const Key &K) const {
    Position At;
    if (empty())
      return At;
    if (Runs->size() > 1) {
      auto After =
          std::upper_bound(Runs->begin(), Runs->end(), K, [](const Key &Left, const RunPointer &Right) {
            return Left < Right->Entries.front().first;
          });
      At.Run = After == Runs->begin() ? 0 : After - Runs->begin() - 1;
    }
    const auto &Entries = (*Runs)[At.Run]->Entries;
    auto Found = std::lower_bound(Entries.begin(), Entries.end(), K,
                                  [](const Entry &E, const Key &Wanted) { return E.first < Wanted; });
    At.Index = Found - Entries.begin();
    At.IsThere = Found != Entries.end() && Found->first == K;
    return At;
  }
  Mapped &insert(Position At, const Key &K) {
    if (!Runs)
      Runs = llvm::makeIntrusiveRefCnt<RunList>();
    if (Runs->empty())
      ownRuns().push_back(llvm::makeIntrusiveRefCnt<Run>());
    Run *In = &own(At.Run);
    if (In->Entries.size() == Most) {
      // Keys often come in order: what is added at the end leaves a full run behind.
      bool IsLast = At.Index == Most && At.Run + 1 == Runs->size();
      std::size_t Middle = IsLast ? Most : Most / 2;
      RunPointer Rest = llvm::makeIntrusiveRefCnt<Run>();
      Rest->Entries.append(std::make_move_iterator(In->Entries.begin() + Middle),
                           std::make_move_iterator(In->Entries.end()));
      In->Entries.truncate(Middle);
      if (At.Index > Middle || IsLast) {
        At.Index -= Middle;
        In = Rest.get();
      }
      Runs->insert(Runs->begin() + At.Run + 1, std::move(Rest));
    }
    return In->Entries.insert(In->Entries.begin() + At.Index, Entry{K, Mapped{}})->second;
  }
  RunList &ownRuns() {
    if (Runs.useCount() > 1)
      Runs = llvm::makeIntrusiveRefCnt<RunList>(*Runs);
    return *Runs;
  }
  Run &own(std::size_t Number) {
    RunPointer &In = ownRuns()[Number];
    if (In.useCount() > 1)
      In = llvm::makeIntrusiveRefCnt<Run>(*In);
    return *In;
  }

  llvm::IntrusiveRefCntPtr<RunList> Runs; ///< null or empty when there is no entry
};

} // namespace connsan
