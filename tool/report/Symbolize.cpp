#include "Symbolize.h"

#include "ElfFile.h"
#include "LlvmSymbolizer.h"
#include "ModuleFile.h"

#include "report/Escape.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cxxabi.h>
#include <map>
#include <memory>
#include <thread>

namespace fs = std::filesystem;

namespace connsan::report {

namespace {

/// Frames of one module that lack names, by the address of a byte of the call.
struct Unnamed {
  std::map<uint64_t, std::vector<Index>> Frames;
  std::string Problem;
};

bool canFetch(const Module &M) {
  const char *Servers = std::getenv("DEBUGINFOD_URLS");
  return Servers && *Servers && !M.BuildId.empty();
}

std::string demangled(const std::string &Symbol) {
  // "i" would become the type int.
  if (!Symbol.starts_with("_Z"))
    return Symbol;
  int Status = 0;
  std::unique_ptr<char, decltype(&std::free)> Text(
      abi::__cxa_demangle(Symbol.c_str(), nullptr, nullptr, &Status), &std::free);
  return Text ? Text.get() : Symbol;
}

/// Names of functions alone, by what the file itself has.
void nameBySymbols(tool::ElfFile &File, const std::set<uint64_t> &Addresses, Names &Known) {
  for (const auto &[Address, Symbol] : File.functionsAt(Addresses))
    Known.try_emplace(Address, std::vector<Name>{{demangled(Symbol), {}}});
}

/// Returns why not all frames have full names, or nothing.
std::string nameModule(Report &R, const Module &M, const std::map<uint64_t, std::vector<Index>> &Frames,
                       const std::optional<fs::path> &Symbolizer, const SymbolizeOptions &Options) {
  ModuleFile Place = findModuleFile(M, Options);
  bool Fetch = Place.Path.empty() && Symbolizer && canFetch(M);
  if (Place.Path.empty() && !Fetch)
    return Place.Missing + ": its frames are not named";
  tool::ElfFile File(Place.Path);
  std::set<uint64_t> Addresses;
  for (const auto &[Address, Which] : Frames)
    if (!File.hasSegments() || File.hasCodeAt(Address))
      Addresses.insert(Address);

  Names Known;
  std::string Failure;
  if (Symbolizer && !Addresses.empty())
    Failure = askSymbolizer(*Symbolizer, Fetch ? "--build-id=" + M.BuildId : "--obj=" + Place.Path.string(),
                            Addresses, Options, Known);
  if (!Symbolizer || !Failure.empty())
    nameBySymbols(File, Addresses, Known);
  for (const auto &[Address, Found] : Known)
    for (Index F : Frames.at(Address))
      R.Frames[F].Names = Found;

  if (Fetch && Known.empty())
    return Place.Missing + ": its frames are not named";
  std::string Called = Fetch ? M.Path : Place.Path.string();
  if (!Failure.empty())
    return Called + ": llvm-symbolizer " + Failure;
  return {};
}

} // namespace

void nameFrames(Report &R, const SymbolizeOptions &Options) {
  std::map<Index, Unnamed> Modules;
  for (Index F = 0; F < R.Frames.size(); ++F)
    // A return address can be the first of the next line, or of another function.
    if (const Frame &Here = R.Frames[F]; Here.In < R.Modules.size() && Here.Names.empty() && Here.Offset > 0)
      Modules[Here.In].Frames[Here.Offset - 1].push_back(F);
  if (Modules.empty())
    return;

  std::string Problem;
  auto Symbolizer = findSymbolizer(Options, Problem);
  if (!Symbolizer)
    R.Problems.push_back(runtime::escapeText(Problem) + ": only symbol tables name functions, without lines");

  std::vector<std::pair<const Index, Unnamed> *> Tasks;
  for (auto &Task : Modules)
    Tasks.push_back(&Task);
  std::atomic<size_t> Next = 0;
  auto Work = [&] {
    for (size_t T; (T = Next++) < Tasks.size();) {
      auto &[In, Left] = *Tasks[T];
      Left.Problem = nameModule(R, R.Modules[In], Left.Frames, Symbolizer, Options);
    }
  };
  std::vector<std::jthread> Workers;
  for (size_t W = 1; W < std::min<size_t>(Options.Jobs, Tasks.size()); ++W)
    Workers.emplace_back(Work);
  Work();
  Workers.clear();
  for (const auto &[In, Left] : Modules)
    if (!Left.Problem.empty())
      R.Problems.push_back(runtime::escapeText(Left.Problem));
}

} // namespace connsan::report
