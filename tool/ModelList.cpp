#include "ModelList.h"

#include "llvm/ADT/StringRef.h"

namespace connsan::tool {

/// "  - function: NAME", "  - {function: NAME, ...}" or "  # NAME: why there is no model".
static llvm::StringRef functionOf(llvm::StringRef Item) {
  llvm::StringRef Line = Item.split('\n').first;
  if (Line.consume_front("  - function: "))
    return Line;
  if (Line.consume_front("  - {function: "))
    return Line.take_until([](char C) { return C == ',' || C == '}'; });
  Line.consume_front("  # ");
  return Line.split(": ").first;
}

void ModelList::addItem(const std::string &Item) {
  llvm::StringRef Function = functionOf(Item);
  auto [It, New] = ByFunction.try_emplace(Function.str(), Item);
  if (!New && It->second != Item)
    It->second =
        "  # " + Function.str() + ": functions of this name differ, and a model is for all of them\n";
}

void ModelList::add(llvm::StringRef Items) {
  std::string Item;
  while (!Items.empty()) {
    auto [Line, Rest] = Items.split('\n');
    Items = Rest;
    if (!Line.starts_with("    ") && !Item.empty())
      addItem(std::exchange(Item, ""));
    Item += Line.str() + '\n';
  }
  if (!Item.empty())
    addItem(Item);
}

std::string ModelList::text() const {
  std::string Text;
  for (const auto &[Function, Item] : ByFunction)
    Text += Item;
  bool Any = llvm::any_of(ByFunction, [](const auto &Entry) { return Entry.second.find("  - ") == 0; });
  return (Any ? "models:\n" : "models: []\n") + Text;
}

} // namespace connsan::tool
