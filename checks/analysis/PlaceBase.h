#pragma once

#include "Facts.h"

namespace connsan {

/// What the places of a function count from, so that it can move in its file.
struct PlaceBase {
  SourcePoint End;
  /// Clang numbers places in expansions of macros apart, behind all text.
  SourcePoint FirstInMacro;

  static constexpr std::uint32_t MacroBit = std::uint32_t(1) << 31;
  std::uint32_t relative(std::uint32_t Raw) const { return moved(Raw, End.Raw - FirstInMacro.Raw); }
  std::uint32_t absolute(std::uint32_t Raw) const { return moved(Raw, FirstInMacro.Raw - End.Raw); }

private:
  static std::uint32_t moved(std::uint32_t Raw, std::uint32_t By) {
    return Raw & MacroBit ? MacroBit | (Raw + By) : Raw;
  }
};

} // namespace connsan
