#pragma once

#include "options/Options.h"
#include "stack/Modules.h"

#include <string>
#include <vector>

namespace connsan::runtime {

/// A frame as a reader wants it. Function, file and line are empty where nothing is known.
struct Frame {
  std::string Function;
  std::string File;
  size_t Line = 0;
  /// Empty path for an address in no module.
  Module In;
  /// Of the return address, in the module's file.
  uintptr_t Offset = 0;
  /// Written into its caller by the compiler; shares module and offset with it.
  bool Inlined = false;
  bool Startup = false; // the C library's, which calls main
};

/// Names return addresses. Slow, allocates, reads files: for the watcher thread only.
std::vector<Frame> symbolize(const uintptr_t *Frames, unsigned Depth, SymbolizeMode Mode);

} // namespace connsan::runtime
