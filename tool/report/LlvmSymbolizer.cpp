#include "LlvmSymbolizer.h"

#include "ModuleFile.h"
#include "ProgramPath.h"
#include "Subprocess.h"

#include <charconv>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string_view>

namespace fs = std::filesystem;
using nlohmann::json;

namespace connsan::report {

namespace {

// From Debian 12's up to some that are to come.
constexpr unsigned NewestLlvm = 40, OldestLlvm = 14;

std::string textOf(const json &Object, const char *Key) {
  auto Value = Object.find(Key);
  return Value != Object.end() && Value->is_string() ? Value->get<std::string>() : std::string();
}

std::optional<uint64_t> addressOf(const json &Object) {
  std::string Text = textOf(Object, "Address");
  uint64_t Result = 0;
  constexpr std::string_view Prefix = "0x";
  if (!Text.starts_with(Prefix))
    return std::nullopt;
  const char *End = Text.data() + Text.size();
  auto [Last, Error] = std::from_chars(Text.data() + Prefix.size(), End, Result, 16);
  return Error == std::errc() && Last == End ? std::optional(Result) : std::nullopt;
}

std::vector<Name> namesOf(const json &Answer) {
  std::vector<Name> Result;
  auto Symbols = Answer.find("Symbol");
  if (Symbols == Answer.end() || !Symbols->is_array())
    return Result;
  for (const json &Symbol : *Symbols) {
    if (!Symbol.is_object())
      continue;
    Name N = {textOf(Symbol, "FunctionName"), textOf(Symbol, "FileName")};
    if (auto Line = Symbol.find("Line"); Line != Symbol.end() && Line->is_number_unsigned())
      N.Line = Line->get<unsigned>();
    if (!N.Function.empty() || !N.File.empty())
      Result.push_back(std::move(N));
  }
  return Result;
}

} // namespace

std::optional<fs::path> findSymbolizer(const SymbolizeOptions &Options, std::string &Problem) {
  const std::string Usual = "llvm-symbolizer";
  std::string Chosen = Options.Program;
  if (const char *FromEnvironment = std::getenv("LLVM_SYMBOLIZER_PATH"); Chosen.empty() && FromEnvironment)
    Chosen = FromEnvironment;
  if (!Chosen.empty())
    return tool::findProgram(Chosen, Problem);
  std::vector<std::string> Candidates;
  for (unsigned Version = NewestLlvm; Version >= OldestLlvm; --Version)
    Candidates.push_back(Usual + "-" + std::to_string(Version));
  // Debian's is an old one.
  Candidates.push_back(Usual);
  for (unsigned Version = NewestLlvm; Version >= OldestLlvm; --Version)
    Candidates.push_back("/usr/lib/llvm-" + std::to_string(Version) + "/bin/" + Usual);
  std::string Ignored;
  for (const std::string &Candidate : Candidates)
    if (auto Program = tool::findProgram(Candidate, Ignored))
      return Program;
  Problem = Usual + " is not installed";
  return std::nullopt;
}

std::string askSymbolizer(const fs::path &Program, const std::string &Of, const std::set<uint64_t> &Addresses,
                          const SymbolizeOptions &Options, Names &Known) {
  Subprocess Symbolizer = {
      {Program, Of, "--output-style=JSON", "--inlines", "--demangle"}, {}, Options.Patience};
  for (const std::string &Directory : debugDirectories(Options))
    Symbolizer.Arguments.push_back("--debug-file-directory=" + Directory);
  std::ostringstream Questions;
  for (uint64_t Address : Addresses)
    Questions << "0x" << std::hex << Address << '\n';
  Symbolizer.Input = std::move(Questions).str();

  std::string Problem;
  std::set<uint64_t> Unanswered = Addresses;
  std::string Ended = Symbolizer.run([&](std::string_view Line) {
    json Answer = json::parse(Line, nullptr, false);
    // Of which address is not always told.
    if (auto Error = Answer.find("Error"); Error != Answer.end())
      Problem = "cannot read it (" + (Error->is_object() ? textOf(*Error, "Message") : std::string()) + ")";
    else if (auto Address = addressOf(Answer); !Address || !Unanswered.erase(*Address))
      Problem = "gave an answer that makes no sense";
    else if (std::vector<Name> Found = namesOf(Answer); !Found.empty())
      Known[*Address] = std::move(Found);
    return Problem.empty();
  });
  if (Problem.empty() && Ended.empty() && !Unanswered.empty())
    return "did not answer for " + std::to_string(Unanswered.size()) + " of " +
           std::to_string(Addresses.size()) + " addresses";
  return Problem.empty() ? Ended : Problem;
}

} // namespace connsan::report
