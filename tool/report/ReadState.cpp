#include "ReadState.h"

#include "JsonLine.h"

#include "report/LineSum.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace connsan::report {

namespace {

constexpr int Version = 1;
constexpr std::string_view Beginning = "{\"connsan_state\":";

/// Whether the sum of a line is that of what is before it.
bool isWholeLine(std::string_view Line) {
  using namespace runtime;
  size_t Tail = SumBegin.size() + SumDigits + SumEnd.size();
  if (Line.size() < Tail || !Line.ends_with(SumEnd))
    return false;
  std::string_view Body = Line.substr(0, Line.size() - Tail);
  std::string_view Sum = Line.substr(Body.size() + SumBegin.size(), SumDigits);
  uint32_t Told = 0;
  auto [End, Error] = std::from_chars(Sum.data(), Sum.data() + Sum.size(), Told, 16);
  return Error == std::errc() && End == Sum.data() + Sum.size() && Told == lineSum(Body);
}

std::optional<Json> parseLine(std::string_view Line) {
  if (!isWholeLine(Line))
    return std::nullopt;
  Json Result = Json::parse(Line, nullptr, /*allow_exceptions=*/false);
  return Result.is_object() ? std::optional(std::move(Result)) : std::nullopt;
}

class StateReader {
public:
  StateReader(const Input &From, Builder &To) : From(From), To(To) {}

  void read(std::string_view Text, bool Locked);

private:
  void problem(const std::string &Words) { To.R.Problems.push_back(From.Name + ": " + Words); }
  bool isReadable(std::string_view Text);
  /// False of a process that is not to be reported on from this file.
  bool readHeader(const Json &Line);
  void readLine(const std::string &Kind, const Json &Line);
  void readStack(const Json &Line);
  void readRecord(const Json &Line, bool IsLease);
  void readSite(const Json &Line);
  void readSample(const Json &Values);
  Act act(const Json &From);
  Process &process() { return To.R.Processes[Of]; }

  const Input &From;
  Builder &To;
  Index Of = None;
  bool Ended = false;
  // By the numbers in the file.
  std::unordered_map<int64_t, Index> Modules, Stacks, Identities;
};

bool StateReader::readHeader(const Json &Line) {
  if (numberOf(Line, "started") < From.NotBefore)
    return false;
  Index Found = To.process(textOf(Line, "host"), numberOf<int>(Line, "pid"), numberOf(Line, "started"));
  Process &P = To.R.Processes[Found];
  if (P.HasState) {
    problem("a copy of " + P.Files.front() + ", and passed over");
    return false;
  }
  Of = Found;
  P.Parent = numberOf<int>(Line, "parent");
  P.Program = textOf(Line, "program");
  P.HeldThreshold = numberOf(Line, "held_ms");
  P.LastSeen = std::max(P.LastSeen, P.Started);
  P.Files.push_back(From.Name);
  return true;
}

Act StateReader::act(const Json &From) {
  Act Result;
  if (!From.is_object())
    return Result;
  Result.At = numberOf(From, "at");
  Result.Call = textOf(From, "call");
  Result.Thread = numberOf<int>(From, "thread");
  Result.Exited = flagOf(From, "exited");
  auto It = Stacks.find(numberOf(From, "stack", int64_t(-1)));
  Result.Where = It == Stacks.end() ? None : It->second;
  return Result;
}

void StateReader::readStack(const Json &Line) {
  Stack Frames;
  for (const Json &F : partOf(Line, "frames")) {
    if (!F.is_array() || F.size() != 2 || !F[0].is_number_integer())
      continue;
    auto It = Modules.find(F[0].get<int64_t>());
    Frames.push_back(To.frame(It == Modules.end() ? None : It->second, addressOf(F[1])));
  }
  for (const Json &F : partOf(Line, "script"))
    if (F.is_object())
      Frames.push_back(To.scriptFrame(textOf(Line, "language"), {textOf(F, "function"), textOf(F, "file"),
                                                                 numberOf<unsigned>(F, "line")}));
  Stacks[numberOf(Line, "number")] = To.stack(Frames);
}

void StateReader::readRecord(const Json &Line, bool IsLease) {
  Connection &C = To.connection(Of, numberOf<uint64_t>(Line, "id"));
  C.IsLease = IsLease;
  C.Open = true;
  C.Partner = numberOf<uint64_t>(Line, "partner");
  C.Acquired = act(partOf(Line, "acquired"));
  C.LastUse = act(partOf(Line, "last_used"));
  auto It = Identities.find(numberOf(Line, "identity", int64_t(-1)));
  C.Who = It == Identities.end() ? None : It->second;
  C.Pool = textOf(Line, "pool");
  C.Held = flagOf(Line, "held");
  C.Leaked = textOf(Line, "leaked");
  C.State = stateOf(Line);
  C.Since = numberOf(Line, "since");
  C.Uses = numberOf<unsigned>(Line, "uses");
  C.Resets = numberOf<unsigned>(Line, "resets");
  C.LocalPort = numberOf<unsigned>(Line, "local_port");
  C.BackendPid = numberOf<int>(Line, "backend_pid");
  C.Site = To.siteIndex(C.Acquired.Where, C.Acquired.Call, IsLease);
}

void StateReader::readSite(const Json &Line) {
  auto It = Stacks.find(numberOf(Line, "stack", int64_t(-1)));
  if (It == Stacks.end())
    return;
  Site &S = To.site(It->second, textOf(Line, "call"), flagOf(Line, "lease"));
  S.IsPool = S.IsPool || flagOf(Line, "pool");
  S.Acquired += numberOf<uint64_t>(Line, "acquired");
  S.Released += numberOf<uint64_t>(Line, "released");
  S.Longest = std::max(S.Longest, numberOf(Line, "longest_ms"));
  int64_t First = numberOf(Line, "first");
  S.FirstSeen = S.FirstSeen ? std::min(S.FirstSeen, First) : First;
  S.LastSeen = std::max(S.LastSeen, numberOf(Line, "last"));
  S.Processes.push_back(Of);
  size_t Bucket = 0;
  for (const Json &Count : partOf(Line, "holds"))
    if (Bucket < HoldBuckets && isCount(Count))
      S.Holds[Bucket++] += Count.get<uint64_t>();
}

void StateReader::readSample(const Json &Values) {
  Sample S;
  if (Values.size() != S.Open.size() + 1)
    return;
  for (const Json &Value : Values)
    if (!isCount(Value))
      return;
  S.At = Values[0].get<int64_t>();
  for (size_t I = 0; I < S.Open.size(); ++I)
    S.Open[I] = static_cast<unsigned>(std::min<uint64_t>(Values[I + 1].get<uint64_t>(), UINT32_MAX));
  process().Timeline.push_back(S);
}

void StateReader::readLine(const std::string &Kind, const Json &Line) {
  if (Kind == "module")
    Modules[numberOf(Line, "number")] =
        To.module({textOf(Line, "path"), textOf(Line, "build_id"), From.Root});
  else if (Kind == "stack")
    readStack(Line);
  else if (Kind == "identity")
    Identities[numberOf(Line, "number")] =
        To.identity({textOf(Line, "db"), textOf(Line, "user"), textOf(Line, "host"), textOf(Line, "port"),
                     textOf(Line, "application_name")});
  else if (Kind == "connection" || Kind == "lease")
    readRecord(Line, Kind == "lease");
  else if (Kind == "site")
    readSite(Line);
  else if (Kind == "sample")
    readSample(partOf(Line, "counts"));
  else if (Kind == "beat") {
    process().LastSeen = std::max(process().LastSeen, numberOf(Line, "at"));
    Ended = Ended || flagOf(Line, "ended");
  }
}

/// By the version, before all else, of which another version may have other ideas.
bool StateReader::isReadable(std::string_view Text) {
  Text.remove_prefix(Beginning.size());
  int Found = 0;
  std::from_chars(Text.data(), Text.data() + Text.size(), Found);
  if (Found > Version)
    problem("written by a newer connsan (state version " + std::to_string(Found) + "; this one reads " +
            std::to_string(Version) + ")");
  return Found <= Version;
}

/// Calls `Visit(line, whether its end is missing)` for each line that is not blank, without the blanks at its
/// end.
template<typename Function> void forEachLine(std::string_view Text, Function Visit) {
  while (!Text.empty()) {
    size_t End = Text.find('\n');
    bool CutOff = End == std::string_view::npos;
    std::string_view Line = Text.substr(0, End);
    Text.remove_prefix(CutOff ? Text.size() : End + 1);
    size_t Last = Line.find_last_not_of(' ');
    if (Last != std::string_view::npos)
      Visit(Line.substr(0, Last + 1), CutOff);
  }
}

void StateReader::read(std::string_view Text, bool Locked) {
  if (!isReadable(Text))
    return;
  unsigned Damaged = 0;
  bool CutOff = false, Unwanted = false;
  // What was written again can stand before the lines that it refers to.
  std::vector<std::pair<std::string, Json>> Referring;
  forEachLine(Text, [&](std::string_view Line, bool EndIsMissing) {
    std::optional<Json> Parsed = parseLine(Line);
    CutOff = CutOff || EndIsMissing;
    if (!Parsed) {
      Damaged += !EndIsMissing;
    } else if (Of == None) {
      if (Parsed->contains("connsan_state"))
        Unwanted = Unwanted || !readHeader(*Parsed);
    } else {
      std::string Kind = textOf(*Parsed, "line");
      if (Kind == "connection" || Kind == "lease" || Kind == "site")
        Referring.emplace_back(std::move(Kind), std::move(*Parsed));
      else
        readLine(Kind, *Parsed);
    }
  });
  if (Unwanted)
    return;
  if (Of == None)
    return problem("the beginning of the state is damaged");
  for (const auto &[Kind, Line] : Referring)
    readLine(Kind, Line);
  process().HasState = true;
  process().End = Locked ? Ending::Running : Ended ? Ending::Ended : Ending::Gone;
  std::sort(process().Timeline.begin(), process().Timeline.end(),
            [](const Sample &A, const Sample &B) { return A.At < B.At; });
  To.tellDamage(From.Name, CutOff, Damaged);
}

} // namespace

bool looksLikeState(std::string_view Text) {
  return Text.starts_with(Beginning);
}

bool isWhole(std::string_view Text) {
  bool Result = true;
  forEachLine(Text, [&Result](std::string_view Line, bool) { Result = Result && isWholeLine(Line); });
  return Result;
}

void readState(std::string_view Text, const Input &From, bool Locked, Builder &To) {
  StateReader(From, To).read(Text, Locked);
}

} // namespace connsan::report
