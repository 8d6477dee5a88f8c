#pragma once

#include "analysis/Leak.h"

namespace connsan {

/// The words of a finding. Locations are those of the leak.
struct LeakMessage {
  struct Note {
    SourcePoint At;
    std::string Text;
  };
  SourcePoint At;
  std::string Text;
  std::vector<Note> Notes;
};

LeakMessage describe(const Leak &L);

/// For a resource that is neither released nor handed on anywhere: one message for all of its exits, at the
/// acquire.
LeakMessage describeNeverReleased(const std::vector<Leak> &Exits);

} // namespace connsan
