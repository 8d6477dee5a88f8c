#pragma once

#include "analysis/UnitFacts.h"

#include "clang/Basic/SourceLocation.h"
#include "llvm/Support/Error.h"

namespace clang {
class SourceManager;
} // namespace clang

namespace connsan {

/// Makes the places of facts that were read source locations again, as if the sources had been parsed: macros
/// included, so that whatever asks clang about a location gets the same answer.
class StoredSources {
public:
  /// Adds the sources to an empty `Manager`; both have to outlive what is returned. The error is one line: a
  /// source that cannot be read, or is not what it was when the facts were written.
  static llvm::Expected<StoredSources> open(const UnitFacts &Unit, clang::SourceManager &Manager);

  clang::SourceManager &manager() const { return *Manager; }
  clang::SourceLocation location(SourcePoint At) const;

private:
  StoredSources(const UnitFacts &Unit, clang::SourceManager &Manager) : Unit(&Unit), Manager(&Manager) {}
  llvm::Expected<clang::FileID> openFile(const SourceStretch &Stretch);

  const UnitFacts *Unit;
  clang::SourceManager *Manager;
  std::vector<clang::SourceLocation> Starts; ///< of the stretches
};

} // namespace connsan
