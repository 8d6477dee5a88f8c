#include "SummarySoundness.h"

#include "SummaryLayout.h"

#include "llvm/ADT/STLExtras.h"

namespace connsan {

/// What leads to a place that is not there leads nowhere; only its length would cost something.
static bool isShort(const AccessPath &Path) {
  constexpr std::size_t MostHops = 16;
  return Path.Hops.size() <= MostHops;
}

static bool isSound(const Outcome &O) {
  return isShort(O.ResultPlace) && O.Returned.isSound() &&
         llvm::all_of(O.Acts, [&](const SessionAct &A) { return isShort(A.On) && isShort(A.Statement); }) &&
         llvm::all_of(O.Effects, [&](const Effect &E) { return isShort(E.Where) && isShort(E.Of); }) &&
         llvm::all_of(O.Requires,
                      [&](const Requirement &R) { return isShort(R.Where) && R.Holds.isSound(); }) &&
         llvm::all_of(O.RequiresEqual,
                      [&](const Equality &E) { return isShort(E.Left) && isShort(E.Right); }) &&
         llvm::all_of(O.Properties, [](const Property &P) { return P.Holds.isSound(); });
}

bool isSound(Summary &S, SourcePoint Last) {
  bool IsKnown = true;
  forEachPoint(S, [&](const SourcePoint &At) { IsKnown &= At <= Last; });
  return IsKnown && llvm::all_of(S.Outcomes, [](const Outcome &O) { return isSound(O); }) &&
         llvm::all_of(S.Borrows, [](const Borrow &B) { return isShort(B.Where); });
}

} // namespace connsan
