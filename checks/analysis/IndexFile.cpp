#include "IndexFile.h"

#include "Packing.h"
#include "SummaryLayout.h"
#include "SummarySoundness.h"

#include "llvm/ADT/STLExtras.h"

namespace connsan {

namespace {

/// The version is raised with every change of SummaryLayout.h, and when the same facts come to other
/// summaries.
const FileFormat Format{"connsan index\n", "index", 3};

struct Item {
  std::string Usr;
  IndexedFunction Known;
};

struct Content {
  std::vector<Item> Functions; ///< by USR
};

template<class Io> void layout(Io &To, Item &I) {
  auto &[Usr, Known] = I;
  To(Usr, Known);
}

template<class Io> void layout(Io &To, Content &C) {
  auto &[Functions] = C;
  To(Functions);
}

} // namespace

std::string encodeIndex(const SummaryIndex &Index) {
  Content All;
  for (const auto &Entry : Index.all())
    All.Functions.push_back({Entry.getKey().str(), *Entry.getValue()});
  llvm::sort(All.Functions, [](const Item &A, const Item &B) { return A.Usr < B.Usr; });
  return writePacked(Format, pack(All));
}

llvm::Expected<SummaryIndex> decodeIndex(llvm::StringRef Bytes) {
  llvm::Expected<Content> All = readPackedValue<Content>(Format, Bytes);
  if (!All)
    return All.takeError();
  SummaryIndex Index;
  for (Item &I : All->Functions) {
    if (!isSound(I.Known.Effects, SourcePoint()))
      return damagedFile();
    Index.add(I.Usr, std::move(I.Known));
  }
  return Index;
}

} // namespace connsan
