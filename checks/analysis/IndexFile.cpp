#include "IndexFile.h"

#include "Packing.h"
#include "SummaryLayout.h"
#include "SummarySoundness.h"

#include "llvm/ADT/STLExtras.h"

namespace connsan {

namespace {

/// The version is raised with every change of SummaryLayout.h, and when the same facts come to other
/// summaries.
const FileFormat Format{"connsan index\n", "index", 4};

struct Item {
  std::string Usr;
  IndexedFunction Known;
};

struct GroupItem {
  std::vector<std::string> Files;
  std::vector<Item> Functions;
};

struct Content {
  std::vector<Item> Functions; ///< by USR
  std::vector<GroupItem> Groups;
};

template<class Io> void layout(Io &To, Item &I) {
  auto &[Usr, Known] = I;
  To(Usr, Known);
}

template<class Io> void layout(Io &To, GroupItem &G) {
  auto &[Files, Functions] = G;
  To(Files, Functions);
}

template<class Io> void layout(Io &To, Content &C) {
  auto &[Functions, Groups] = C;
  To(Functions, Groups);
}

std::vector<Item> itemsOf(const IndexedFunctions &All) {
  std::vector<Item> Items;
  for (const auto &Entry : All.all())
    Items.push_back({Entry.getKey().str(), *Entry.getValue()});
  llvm::sort(Items, [](const Item &A, const Item &B) { return A.Usr < B.Usr; });
  return Items;
}

/// False when something in them cannot be used.
bool addItems(std::vector<Item> &Items, IndexedFunctions &To) {
  for (Item &I : Items) {
    if (!isSound(I.Known.Effects, SourcePoint()))
      return false;
    To.add(I.Usr, std::move(I.Known));
  }
  return true;
}

} // namespace

std::string encodeIndex(const SummaryIndex &Index) {
  Content All;
  All.Functions = itemsOf(Index);
  for (const SummaryIndex::Group &G : Index.groups())
    All.Groups.push_back({G.Files, itemsOf(G.Own)});
  return writePacked(Format, pack(All));
}

llvm::Expected<SummaryIndex> decodeIndex(llvm::StringRef Bytes) {
  llvm::Expected<Content> All = readPackedValue<Content>(Format, Bytes);
  if (!All)
    return All.takeError();
  SummaryIndex Index;
  if (!addItems(All->Functions, Index))
    return damagedFile();
  for (GroupItem &Read : All->Groups) {
    SummaryIndex::Group &G = Index.addGroup(std::move(Read.Files));
    if (!addItems(Read.Functions, G.Own))
      return damagedFile();
  }
  return Index;
}

} // namespace connsan
