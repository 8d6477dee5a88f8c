#include "SourceLines.h"

namespace connsan::tool {
namespace {

/// Of UTF-8: one for each code point, and a second one outside of the basic plane.
unsigned utf16Units(llvm::StringRef Text) {
  unsigned Units = 0;
  for (unsigned char C : Text)
    Units += ((C & 0xc0U) != 0x80U) + (C >= 0xf0U);
  return Units;
}

} // namespace

SourceLines::Position SourceLines::find(llvm::StringRef Path, unsigned Offset) {
  auto [It, New] = Files.try_emplace(Path);
  if (New)
    if (auto File = From->getBufferForFile(Path))
      It->second = std::move(*File);
  if (!It->second)
    return {};
  llvm::StringRef Before = It->second->getBuffer().take_front(Offset);
  llvm::StringRef InLine = Before.drop_front(Before.rfind('\n') + 1);
  return {static_cast<unsigned>(Before.count('\n') + 1), static_cast<unsigned>(InLine.size() + 1),
          utf16Units(InLine) + 1};
}

} // namespace connsan::tool
