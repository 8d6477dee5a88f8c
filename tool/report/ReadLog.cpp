#include "ReadLog.h"

#include "JsonLine.h"

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace connsan::report {

namespace {

constexpr int Schema = 1;

/// "2026-11-28T15:21:52.108Z" in ms; 0 when it is none.
int64_t timeOf(const std::string &Text) {
  tm Parts{};
  int Milliseconds = 0;
  if (std::sscanf(Text.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d.%3d", &Parts.tm_year, &Parts.tm_mon, &Parts.tm_mday,
                  &Parts.tm_hour, &Parts.tm_min, &Parts.tm_sec, &Milliseconds) != 7)
    return 0;
  Parts.tm_year -= 1900;
  --Parts.tm_mon;
  return static_cast<int64_t>(timegm(&Parts)) * 1000 + Milliseconds;
}

class LogReader {
public:
  LogReader(const std::string &Name, Builder &To) : Name(Name), To(To) {}
  void read(std::string_view Text);

private:
  void problem(const std::string &Words) { To.R.Problems.push_back(Name + ": " + Words); }
  /// False when nothing that follows can be read.
  bool readLine(const Json &Line);
  bool readProcess(const Json &Line);
  void readConnection(const std::string &Kind, const Json &Line);
  void readOpen(const Json &Line);
  void readReleased(const Json &Line);
  void readEvent(const std::string &Kind, const Json &Line);
  Act act(const Json &From, int64_t At);
  Index stackOf(const Json &Frames);
  Process &process() { return To.R.Processes[Of]; }

  const std::string &Name;
  Builder &To;
  std::string Host;
  Index Of = None;
  int64_t Time = 0; // of the line
};

bool LogReader::readProcess(const Json &Line) {
  if (int Found = numberOf<int>(Line, "schema"); Found > Schema) {
    problem("written by a newer connsan (log schema " + std::to_string(Found) + "; this one reads " +
            std::to_string(Schema) + ")");
    return false;
  }
  Host = textOf(Line, "host");
  Of = To.process(Host, numberOf<int>(Line, "pid"), numberOf(Line, "started"));
  Process &P = process();
  P.Parent = numberOf<int>(Line, "parent", P.Parent);
  P.Program = textOf(Line, "program");
  P.HeldThreshold = numberOf(Line, "held_ms");
  P.Files.push_back(Name);
  return true;
}

// A frame that was inlined stands before the one that it was inlined into, and shares its address.
Index LogReader::stackOf(const Json &Frames) {
  Stack Result;
  std::vector<report::Name> Names;
  for (const Json &F : Frames) {
    if (!F.is_object())
      continue;
    report::Name Called{textOf(F, "function"), textOf(F, "file"), numberOf<unsigned>(F, "line")};
    if (std::string Language = textOf(F, "language"); !Language.empty()) {
      Result.push_back(To.scriptFrame(Language, Called));
      continue;
    }
    if (!Called.Function.empty() || !Called.File.empty())
      Names.push_back(std::move(Called));
    if (flagOf(F, "inlined"))
      continue;
    std::string Path = textOf(F, "module");
    Index In = Path.empty() ? None : To.module({Path, textOf(F, "build_id"), {}});
    auto Offset = F.find("offset");
    Result.push_back(To.frame(In, Offset == F.end() ? 0 : addressOf(*Offset), Names));
    Names.clear();
  }
  return Result.empty() ? None : To.stack(Result);
}

Act LogReader::act(const Json &From, int64_t At) {
  Act Result;
  if (!From.is_object())
    return Result;
  Result.At = At;
  Result.Call = textOf(From, "call");
  Result.Thread = numberOf<int>(From, "thread");
  Result.Exited = flagOf(From, "thread_exited");
  Result.Where = stackOf(partOf(From, "frames"));
  return Result;
}

/// One connection or lease in full, as most kinds of line have it.
void LogReader::readConnection(const std::string &Kind, const Json &Line) {
  bool IsLease = Line.contains("lease");
  auto Id = numberOf<uint64_t>(Line, IsLease ? "lease" : "connection");
  if (!Id)
    return;
  bool Known = To.knows(Of, Id);
  Connection &C = To.connection(Of, Id);
  C.Held = C.Held || Kind == "held";
  if (Kind == "leaked")
    C.Leaked = textOf(Line, "reason");
  // The state is later than the log, and what it does not have is not open any more.
  if (process().HasState && Known)
    return;
  int64_t Held = numberOf(Line, "held_ms");
  C.IsLease = IsLease;
  C.Open = !process().HasState;
  C.HeldFor = Held;
  C.Acquired = act(partOf(Line, "acquired"), Time - Held);
  C.Site = To.siteIndex(C.Acquired.Where, C.Acquired.Call, IsLease);
  C.Pool = textOf(Line, "pool");
  if (IsLease)
    C.Partner = numberOf<uint64_t>(Line, "connection");
  C.State = stateOf(Line);
  if (!C.State.empty())
    C.Since = Time - numberOf(Line, "state_ms");
  C.Uses = numberOf<unsigned>(Line, "uses");
  C.Resets = numberOf<unsigned>(Line, "resets");
  C.LocalPort = numberOf<unsigned>(Line, "local_port");
  C.BackendPid = numberOf<int>(Line, "backend_pid");
  if (Line.contains("db"))
    C.Who = To.identity({textOf(Line, "db"), textOf(Line, "user"), textOf(Line, "host"), textOf(Line, "port"),
                         textOf(Line, "application_name")});
  if (const Json &Last = partOf(Line, "last_used"); Last.is_object())
    C.LastUse = act(Last, Time - numberOf(Last, "ago_ms"));
}

/// What one site left open: the first in full, the others by number.
void LogReader::readOpen(const Json &Line) {
  bool IsLease = Line.contains("lease");
  auto First = numberOf<uint64_t>(Line, IsLease ? "lease" : "connection");
  std::string Reason = textOf(Line, "reason");
  for (const Json &Number : partOf(Line, "numbers")) {
    if (!isCount(Number) || Number.get<uint64_t>() == First)
      continue;
    bool Known = To.knows(Of, Number.get<uint64_t>());
    Connection Like = To.connection(Of, First);
    Connection &C = To.connection(Of, Number.get<uint64_t>());
    C.Leaked = Reason;
    if (Known)
      continue;
    C.IsLease = IsLease;
    C.Open = Like.Open;
    C.Site = Like.Site;
    C.Acquired = Like.Acquired;
    // Of these only the place is known.
    C.Acquired.At = 0;
    C.Acquired.Thread = 0;
  }
}

void LogReader::readReleased(const Json &Line) {
  auto Id = numberOf<uint64_t>(Line, Line.contains("lease") ? "lease" : "connection");
  if (!To.knows(Of, Id))
    return;
  Connection &C = To.connection(Of, Id);
  C.Open = false;
  C.HeldFor = numberOf(Line, "held_ms");
}

void LogReader::readEvent(const std::string &Kind, const Json &Line) {
  Event E;
  E.At = Time;
  E.Of = Of;
  E.Kind = Kind;
  E.Connection = numberOf<uint64_t>(Line, "connection");
  E.Text = textOf(Line, "text");
  if (Kind == "too_many_clients" || Kind == "growth")
    E.Text = std::to_string(numberOf<unsigned>(Line, "open")) + " open";
  for (const char *Part : {"acquired", "finished", "here"})
    if (const Json &Done = partOf(Line, Part); Done.is_object() && Kind != "growth")
      E.Acts.emplace_back(Part, act(Done, 0));
  To.R.Events.push_back(std::move(E));
}

bool LogReader::readLine(const Json &Line) {
  std::string Kind = textOf(Line, "kind");
  Time = timeOf(textOf(Line, "time"));
  if (Kind == "process")
    return readProcess(Line);
  // Of a log whose beginning is lost, or of several in one.
  if (int Pid = numberOf<int>(Line, "pid"); Of == None || process().Pid != Pid) {
    Of = To.process(Host, Pid, numberOf(Line, "started"));
    if (std::find(process().Files.begin(), process().Files.end(), Name) == process().Files.end())
      process().Files.push_back(Name);
  }
  process().LastSeen = std::max(process().LastSeen, Time);
  if (Kind == "summary") {
    if (process().End == Ending::Unknown)
      process().End = Ending::Ended;
  } else if (Kind == "released") {
    readReleased(Line);
  } else if (Kind == "note" || Kind == "too_many_clients" || Kind.starts_with("inherited_") ||
             Kind == "double_finish" || Kind == "use_after_finish") {
    readEvent(Kind, Line);
  } else {
    readConnection(Kind, Line);
    if (Kind == "growth")
      readEvent(Kind, Line);
    if (Kind == "leaked" || Kind == "open_at_exit")
      readOpen(Line);
  }
  return true;
}

void LogReader::read(std::string_view Text) {
  unsigned Damaged = 0;
  bool CutOff = false;
  while (!Text.empty()) {
    size_t End = Text.find('\n');
    std::string_view Line = Text.substr(0, End);
    bool IsLast = End == std::string_view::npos;
    Text.remove_prefix(IsLast ? Text.size() : End + 1);
    Json Parsed = Json::parse(Line, nullptr, /*allow_exceptions=*/false);
    if (!Parsed.is_object() || !Parsed.contains("kind")) {
      CutOff = CutOff || IsLast;
      Damaged += !IsLast;
    } else if (!readLine(Parsed)) {
      return;
    }
  }
  To.tellDamage(Name, CutOff, Damaged);
}

} // namespace

bool looksLikeLog(std::string_view Text) {
  Json First = Json::parse(Text.substr(0, Text.find('\n')), nullptr, /*allow_exceptions=*/false);
  return First.is_object() && First.contains("kind") && First.contains("pid");
}

void readLog(std::string_view Text, const std::string &Name, Builder &To) {
  LogReader(Name, To).read(Text);
}

} // namespace connsan::report
