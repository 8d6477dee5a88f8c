#include "SourceLines.h"

namespace connsan::tool {

SourceLines::Position SourceLines::find(llvm::StringRef Path, unsigned Offset) {
  auto [It, New] = Files.try_emplace(Path);
  if (New)
    if (auto File = llvm::MemoryBuffer::getFile(Path))
      It->second = std::move(*File);
  if (!It->second)
    return {};
  llvm::StringRef Before = It->second->getBuffer().take_front(Offset);
  return {static_cast<unsigned>(Before.count('\n') + 1),
          static_cast<unsigned>(Before.size() - (Before.rfind('\n') + 1) + 1)};
}

} // namespace connsan::tool
