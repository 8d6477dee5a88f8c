#pragma once

#include "registry/Registry.h"
#include "registry/Tally.h"
#include "report/Json.h"
#include "report/Report.h"
#include "stack/Modules.h"

#include <array>
#include <vector>

/// The lines of a state, each a JSON object without its end. docs/state-file.md has their members.
namespace connsan::runtime {

/// Turns times of the monotonic clock into ms since 1970.
class WallClock {
public:
  WallClock();
  int64_t operator()(int64_t Monotonic) const { return (Monotonic + Offset) / 1'000'000; }

private:
  int64_t Offset;
};

/// What the process is; `Held` is the threshold in ns, 0 when it is off.
std::string headerLine(int64_t Held);
/// The last sign of life.
std::string beatLine(int64_t At, bool Ended);

std::string moduleLine(uint32_t Number, const Module &M);

/// A return address as a line has it.
struct PlacedFrame {
  int64_t Module; // number, or -1
  uintptr_t Offset;
};
std::string stackLine(uint32_t Number, const std::vector<PlacedFrame> &Frames, const std::string *Script);
std::string identityLine(uint32_t Number, const Identity &Who);

/// What a line of a connection or lease refers to by number; -1 for none.
struct References {
  int64_t AcquiredAt = -1, LastAt = -1, Who = -1;
  uint64_t Partner = 0;
};
struct Verdict {
  bool Held = false, Exited = false;
  LeakReason Leaked = LeakReason::None;
};
std::string recordLine(const Snapshot &S, const References &To, const Verdict &How, const WallClock &Wall);

std::string siteLine(uint32_t Stack, const Tally &T, const WallClock &Wall);

constexpr unsigned CountedStates = 7; // all but Free
struct StateSample {
  int64_t At = 0; // ms since 1970
  std::array<unsigned, CountedStates> Open{};
};
std::string sampleLine(const StateSample &S);

} // namespace connsan::runtime
