#pragma once

#include <cstdint>
#include <string>

namespace connsan::runtime {

/// A loaded program or library, as a frame names it.
struct Module {
  std::string Path;
  uintptr_t Base = 0;
  std::string BuildId; // hexadecimal, or empty

  std::string name() const { return Path.substr(Path.rfind('/') + 1); }
};

/// Finds the module that holds `Address`.
bool findModule(uintptr_t Address, Module &Out);

} // namespace connsan::runtime
