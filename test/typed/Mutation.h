#pragma once

#include "llvm/ADT/StringRef.h"

#include <random>
#include <string>

namespace connsan::typed {

/// A source as it may be for a moment while somebody types.
struct Mutant {
  std::string Text;
  std::string What;          ///< for people
  bool IsPrefix = false;     ///< typing stopped there
  bool IsUnfinished = false; ///< or a statement was begun in between
  std::size_t InsertedAt = 0;
  std::size_t Inserted = 0; ///< so many characters; else where they come from is not known

  /// Where in the whole source the character at Offset is.
  std::size_t originOf(std::size_t Offset) const {
    return Offset < InsertedAt + Inserted ? std::min(Offset, InsertedAt) : Offset - Inserted;
  }
};

/// One of the many mutants of a source; the same for the same state of Random.
Mutant mutate(llvm::StringRef Source, bool IsCxx, std::mt19937 &Random);

} // namespace connsan::typed
