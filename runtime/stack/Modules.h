#pragma once

#include <cstdint>
#include <mutex>
#include <string>

namespace connsan::runtime {

/// A loaded program or library, as a frame names it.
struct Module {
  std::string Path;
  uintptr_t Base = 0;
  std::string BuildId; // hexadecimal, or empty

  std::string name() const { return Path.substr(Path.rfind('/') + 1); }
};

/// Finds the module that holds `Address`; when none does any more, the one of which that was remembered last.
bool findModule(uintptr_t Address, Module &Out);

/// The file that this process runs.
std::string programPath();

/// Keeps what is known of all modules, before some are unloaded.
void rememberModules();

/// For fork only.
std::mutex &modulesMutex();

} // namespace connsan::runtime
