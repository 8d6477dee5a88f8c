#include "options/Suppressions.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace connsan::runtime {

namespace {

constexpr size_t MostBytes = size_t(1) << 20;
constexpr std::string_view Blanks = " \t\r";
constexpr std::string_view Application = "application_name=";

std::string_view trimmed(std::string_view Text) {
  size_t First = Text.find_first_not_of(Blanks);
  if (First == std::string_view::npos)
    return {};
  return Text.substr(First, Text.find_last_not_of(Blanks) - First + 1);
}

bool parseKind(std::string_view Word, Suppressible &Out) {
  constexpr std::string_view Names[SuppressibleKinds] = {
      "held", "idle_in_transaction", "long_query", "connecting", "growth", "leak"};
  for (unsigned I = 0; I < SuppressibleKinds; ++I) {
    if (Word != Names[I])
      continue;
    Out = static_cast<Suppressible>(I);
    return true;
  }
  return false;
}

bool hasThreshold(Suppressible Kind) {
  return Kind != Suppressible::Growth && Kind != Suppressible::Leak;
}

/// Returns what is wrong with the line, or nothing.
std::string parseLine(std::string_view Line, Suppression &Out) {
  size_t Colon = Line.find(':');
  if (Colon == std::string_view::npos)
    return "expected KIND:PATTERN";
  std::string_view Kind = trimmed(Line.substr(0, Colon)), Pattern = trimmed(Line.substr(Colon + 1));
  size_t Equals = Kind.find('=');
  if (!parseKind(trimmed(Kind.substr(0, Equals)), Out.Kind))
    return "expected held, idle_in_transaction, long_query, connecting, growth or leak before the colon";
  if (Equals != std::string_view::npos) {
    if (!hasThreshold(Out.Kind))
      return "growth and leak have no threshold";
    Out.Threshold.emplace();
    if (!parseDuration(trimmed(Kind.substr(Equals + 1)), *Out.Threshold))
      return "expected a threshold such as 500ms, 10s or 5m";
    // As in the options, 0 turns the report off.
    if (!Out.Threshold->enabled())
      Out.Threshold.reset();
  }
  Out.OfApplication = Pattern.starts_with(Application);
  if (Out.OfApplication)
    Pattern.remove_prefix(Application.size());
  if (Pattern.empty())
    return "no pattern after the colon";
  Out.Pattern = Pattern;
  return {};
}

} // namespace

std::vector<Suppression> parseSuppressions(std::string_view Text, std::vector<std::string> &Problems) {
  constexpr size_t MostProblems = 16;
  std::vector<Suppression> Result;
  for (size_t Number = 1; !Text.empty(); ++Number) {
    size_t End = std::min(Text.find('\n'), Text.size());
    std::string_view Line = trimmed(Text.substr(0, End));
    Text.remove_prefix(std::min(End + 1, Text.size()));
    if (Line.empty() || Line.front() == '#')
      continue;
    Suppression S;
    if (std::string Problem = parseLine(Line, S); Problem.empty())
      Result.push_back(std::move(S));
    else if (Problems.size() < MostProblems)
      Problems.push_back("line " + std::to_string(Number) + ": " + Problem);
  }
  return Result;
}

std::vector<Suppression> readSuppressions(const std::string &Path, std::vector<std::string> &Problems) {
  auto Fail = [&](const std::string &Why) {
    Problems.push_back("cannot read the suppressions " + Path + ": " + Why);
    return std::vector<Suppression>();
  };
  // A fifo without a writer would wait for ever.
  int File = open(Path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (File < 0)
    return Fail(std::strerror(errno));
  struct stat Status;
  std::string Text;
  bool Regular = fstat(File, &Status) == 0 && S_ISREG(Status.st_mode);
  char Buffer[4096];
  ssize_t Length = 0;
  while (Regular && Text.size() <= MostBytes && (Length = read(File, Buffer, sizeof Buffer)) > 0)
    Text.append(Buffer, static_cast<size_t>(Length));
  int Error = errno;
  close(File);
  if (!Regular)
    return Fail("not a file");
  if (Length < 0)
    return Fail(std::strerror(Error));
  if (Text.size() > MostBytes)
    return Fail("larger than 1 MB");
  std::vector<std::string> Wrong;
  std::vector<Suppression> Result = parseSuppressions(Text, Wrong);
  for (std::string &Problem : Wrong)
    Problems.push_back(Path + ": " + Problem);
  return Result;
}

} // namespace connsan::runtime
