#include "Fingerprint.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/xxhash.h"

#include <tuple>

// What stands here decides which findings a user's baseline knows: a change makes all of them new.
namespace connsan {
namespace {

std::string fields(std::initializer_list<llvm::StringRef> Parts) {
  return llvm::join(Parts, "\n") + "\n";
}

/// What was there when the function was entered has no acquire; its first use may be any.
std::string acquire(llvm::StringRef Check, llvm::StringRef File, const Finding &F) {
  return fields({Check, File, F.Function, F.Resource, F.Acquired ? F.Acquirer : "", F.Holder});
}

llvm::StringRef wayOut(ExitKind Exit) {
  switch (Exit) {
  case ExitKind::Return:
    return "return";
  case ExitKind::FunctionEnd:
    return "end";
  case ExitKind::ScopeEnd:
    return "scope-end";
  case ExitKind::Break:
    return "break";
  case ExitKind::Continue:
    return "continue";
  case ExitKind::Goto:
    return "goto";
  case ExitKind::Throw:
    return "throw";
  case ExitKind::Call:
    return "call";
  }
  return "";
}

llvm::StringRef loss(const Finding &F) {
  switch (F.Kind) {
  case FindingKind::Exit:
    return wayOut(F.Exit);
  case FindingKind::Overwritten:
    return "overwritten";
  case FindingKind::Discarded:
    return "discarded";
  case FindingKind::Freed:
    return "freed";
  case FindingKind::Unwound:
    return "unwound";
  case FindingKind::UsedAfterRelease:
    return "used-after-release";
  case FindingKind::ReleasedTwice:
    return "released-twice";
  case FindingKind::ReleasedWrongly:
    return "released-wrongly";
  case FindingKind::OwnerKeeps:
    return "owner-keeps";
  case FindingKind::OwnerCopied:
    return "owner-copied";
  }
  return "";
}

std::string digest(const std::string &Text) {
  return llvm::utohexstr(llvm::xxh3_64bits(Text), /*LowerCase=*/true, /*Width=*/16);
}

/// Adds how many equal texts there were before.
std::string numbered(const std::string &Text, llvm::StringMap<unsigned> &Seen) {
  unsigned Before = Seen[Text]++;
  return Text + llvm::utostr(Before) + "\n";
}

} // namespace

void assignFingerprints(llvm::StringRef Check, llvm::MutableArrayRef<Finding> All) {
  std::vector<Finding *> InOrder(llvm::make_pointer_range(All).begin(), llvm::make_pointer_range(All).end());
  llvm::sort(InOrder, [](const Finding *A, const Finding *B) {
    return std::tie(A->AcquiredAt, A->At, A->Kind) < std::tie(B->AcquiredAt, B->At, B->Kind);
  });
  llvm::StringMap<unsigned> Acquires;
  for (auto Next = InOrder.begin(); Next != InOrder.end();) {
    std::string Acquire = numbered(acquire(Check, (*Next)->File, **Next), Acquires);
    llvm::StringMap<unsigned> Losses;
    for (SourcePoint At = (*Next)->AcquiredAt; Next != InOrder.end() && (*Next)->AcquiredAt == At; ++Next) {
      Finding &F = **Next;
      const bool IsNever = F.isNeverReleased();
      const std::string Loss = IsNever ? "never\n" : fields({loss(F), F.By});
      F.Fingerprint = digest(Acquire + (IsNever ? Loss : numbered(Loss, Losses)));
      F.Likeness = digest(acquire(Check, "", F) + Loss);
    }
  }
}

} // namespace connsan
