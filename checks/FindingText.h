#pragma once

#include "analysis/Finding.h"

#include "llvm/ADT/ArrayRef.h"

namespace connsan {

/// The words of a finding. Locations are those of the leak.
struct FindingMessage {
  struct Note {
    SourcePoint At;
    std::string Text;
    unsigned Path = 0; ///< which of the paths goes through it, from 1; 0: none, it explains something else
  };
  SourcePoint At;
  std::string Text;
  Confidence Trust = Confidence::High;
  std::vector<Note> Notes;  ///< those of a path in its order
  bool BeginsPaths = false; ///< `At` is where all paths begin; else where the only one ends
};

FindingMessage describe(const Finding &L);

/// For a resource that is neither released nor handed on anywhere: one message for all of its exits, at the
/// acquire.
FindingMessage describeNeverReleased(llvm::ArrayRef<Finding> Exits);

} // namespace connsan
