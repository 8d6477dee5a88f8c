#include "watch/Exit.h"

#include "options/Current.h"
#include "watch/Watcher.h"

#include <cstdlib>

namespace connsan::runtime {

namespace {

constexpr int64_t ExitPatience = 10'000'000'000;
constexpr int64_t QuickPatience = 2'000'000'000;

void atExit(int, void *) {
  finishUnconnected();
  // exit within exit is defined here: what is left to do is done, stdio is flushed, and the last status
  // counts.
  if (finish(ExitPatience) && options().ExitCode)
    std::exit(options().ExitCode);
}

void atQuickExit() {
  finishUnconnected();
  if (finish(QuickPatience) && options().ExitCode)
    std::_Exit(options().ExitCode);
}

// Handlers run last in, first out. Ours come before the one by which the loader runs the destructors of all
// libraries, because that is registered after the constructors of preloaded ones: so the verdict falls after
// every static destructor, and needs no help from the program.
__attribute__((constructor)) void registerExit() {
  on_exit(atExit, nullptr);
  at_quick_exit(atQuickExit);
}

} // namespace

// Called in children of vfork and in signal handlers as well: a process that never connected has nothing to
// do here.
int finishQuickly(int Status) {
  unsigned Leaked = finish(QuickPatience);
  return Leaked && options().ExitCode ? static_cast<int>(options().ExitCode) : Status;
}

} // namespace connsan::runtime
