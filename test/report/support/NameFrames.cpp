/// connsan-name-frames [--root=R] [--debug-dir=D]... [--symbolizer=P] [--jobs=N] [--patience=SECONDS]
///                     MODULE[@BUILDID]:OFFSET...
/// Prints what frames are called, and why some are not. With - the frames are read from lines of standard
/// input. OFFSET is hexadecimal, and as in a report that of a return address.

#include "Symbolize.h"

#include <cstdio>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <utility>

using namespace connsan::report;

namespace {

class Frames {
public:
  explicit Frames(Report &R) : R(R) {}

  bool add(std::string_view Text) {
    size_t Colon = Text.rfind(':');
    if (Colon == std::string_view::npos)
      return false;
    std::string_view Module = Text.substr(0, Colon);
    size_t At = Module.rfind('@');
    std::string BuildId;
    if (At != std::string_view::npos) {
      BuildId = Module.substr(At + 1);
      Module = Module.substr(0, At);
    }
    auto Key = std::pair(std::string(Module), BuildId);
    auto [Known, IsNew] = Modules.emplace(Key, static_cast<Index>(R.Modules.size()));
    if (IsNew)
      R.Modules.push_back({Key.first, Key.second});
    R.Frames.push_back({Known->second, std::stoull(std::string(Text.substr(Colon + 1)), nullptr, 16)});
    return true;
  }

private:
  Report &R;
  std::map<std::pair<std::string, std::string>, Index> Modules;
};

/// Takes the value of the option `Key`, as in --key=value.
bool takes(std::string_view Argument, std::string_view Key, std::string &Value) {
  if (!Argument.starts_with(Key))
    return false;
  Value = Argument.substr(Key.size());
  return true;
}

} // namespace

int main(int argc, char **argv) {
  Report R;
  Frames All(R);
  SymbolizeOptions Options;
  for (int I = 1; I < argc; ++I) {
    std::string Value, Line;
    if (takes(argv[I], "--root=", Value)) {
      Options.Root = Value;
    } else if (takes(argv[I], "--debug-dir=", Value)) {
      Options.DebugDirectories.push_back(Value);
    } else if (takes(argv[I], "--symbolizer=", Value)) {
      Options.Program = Value;
    } else if (takes(argv[I], "--jobs=", Value)) {
      Options.Jobs = static_cast<unsigned>(std::stoul(Value));
    } else if (takes(argv[I], "--patience=", Value)) {
      Options.Patience = std::chrono::seconds(std::stoul(Value));
    } else if (std::string_view(argv[I]) == "-") {
      while (std::getline(std::cin, Line))
        All.add(Line);
    } else if (!All.add(argv[I])) {
      std::fprintf(stderr, "connsan-name-frames: '%s' is no MODULE:OFFSET\n", argv[I]);
      return 2;
    }
  }
  nameFrames(R, Options);
  for (const Frame &F : R.Frames) {
    std::printf("%s+0x%llx\n", R.Modules[F.In].Path.c_str(), static_cast<unsigned long long>(F.Offset));
    for (const Name &N : F.Names)
      std::printf("  [%s] [%s:%u]\n", N.Function.c_str(), N.File.c_str(), N.Line);
  }
  for (const std::string &Problem : R.Problems)
    std::printf("problem: %s\n", Problem.c_str());
  return 0;
}
