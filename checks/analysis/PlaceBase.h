#pragma once

#include "Facts.h"

namespace connsan {

/// What the places of a function count from, so that it can move in its file.
struct PlaceBase {
  SourcePoint End;
  /// Clang numbers places in expansions of macros apart, behind all text.
  SourcePoint FirstInMacro;

  static constexpr std::uint32_t MacroBit = std::uint32_t(1) << 31;
  /// From here on clang gives no numbers to what stands in a file. See `KeptFacts`.
  static constexpr std::uint32_t FirstKept = std::uint32_t(1) << 29;
  static constexpr std::uint32_t LastKept = FirstKept * 2;

  std::uint32_t relative(std::uint32_t Raw) const {
    if (Raw & MacroBit)
      return MacroBit | (Raw + End.Raw - FirstInMacro.Raw);
    return Raw >= FirstKept && Raw < LastKept ? Raw + moves() : Raw;
  }
  std::uint32_t absolute(std::uint32_t Raw) const {
    if (Raw & MacroBit)
      return MacroBit | (Raw + FirstInMacro.Raw - End.Raw);
    return Raw >= FirstKept + moves() && Raw < LastKept + moves() ? Raw - moves() : Raw;
  }

private:
  /// What stays does so whatever the end of this function is.
  std::uint32_t moves() const { return End.Raw < FirstKept ? End.Raw : 0; }
};

} // namespace connsan
