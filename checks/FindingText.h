#pragma once

#include "analysis/Finding.h"

#include "llvm/ADT/ArrayRef.h"

namespace connsan {

/// The words of a finding. Locations are those of the leak.
struct FindingMessage {
  struct Note {
    SourcePoint At;
    std::string Text;
  };
  SourcePoint At;
  std::string Text;
  Confidence Trust = Confidence::High;
  std::vector<Note> Notes;
};

FindingMessage describe(const Finding &L);

/// For a resource that is neither released nor handed on anywhere: one message for all of its exits, at the
/// acquire.
FindingMessage describeNeverReleased(llvm::ArrayRef<Finding> Exits);

} // namespace connsan
