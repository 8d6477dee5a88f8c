#include "report/StateLine.h"

#include "registry/Clock.h"
#include "report/Process.h"
#include "report/Words.h"
#include "stack/Modules.h"
#include "stack/ScriptFrames.h"

#include <connsan/Version.h>

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace connsan::runtime {

namespace {

constexpr unsigned Version = 1;

/// Without the brace at its end, where the sum of the line goes.
std::string open(const JsonObject &Object) {
  std::string Result = Object.str();
  Result.pop_back();
  return Result;
}

std::string hexDigits(uintptr_t Value) {
  char Buffer[32];
  std::snprintf(Buffer, sizeof Buffer, "\"0x%zx\"", static_cast<size_t>(Value));
  return Buffer;
}

JsonObject line(const char *Kind) {
  return JsonObject().text("line", Kind);
}

void addIf(JsonObject &To, const char *Key, std::integral auto Value) {
  if (Value)
    To.number(Key, Value);
}

} // namespace

WallClock::WallClock() : Offset(readClock(CLOCK_REALTIME) - now()) {}

std::string headerLine(int64_t Held) {
  JsonObject Line;
  Line.number("connsan_state", Version).text("version", CONNSAN_VERSION).number("pid", getpid());
  addIf(Line, "parent", parentProcess());
  Line.text("host", hostName()).text("program", programPath()).number("started", startedAt());
  return open(Line.number("held_ms", milliseconds(Held)));
}

std::string beatLine(int64_t At, bool Ended) {
  return open(line("beat").number("at", At).flag("ended", Ended));
}

std::string moduleLine(uint32_t Number, const Module &M) {
  JsonObject Line = line("module");
  Line.number("number", Number).text("path", M.Path);
  if (!M.BuildId.empty())
    Line.text("build_id", M.BuildId);
  return open(Line);
}

std::string stackLine(uint32_t Number, const std::vector<PlacedFrame> &Frames, const std::string *Script) {
  std::vector<std::string> Items;
  for (const PlacedFrame &F : Frames)
    Items.push_back("[" + std::to_string(F.Module) + "," + hexDigits(F.Offset) + "]");
  JsonObject Line = line("stack");
  Line.number("number", Number).raw("frames", jsonArray(Items));
  if (!Script)
    return open(Line);
  Items.clear();
  for (const ScriptFrame &F : scriptFrames(Script))
    Items.push_back(
        JsonObject().text("function", F.Function).text("file", F.File).number("line", F.Line).str());
  return open(Line.text("language", "Python").raw("script", jsonArray(Items)));
}

std::string identityLine(uint32_t Number, const Identity &Who) {
  return open(line("identity")
                  .number("number", Number)
                  .text("db", Who.Database)
                  .text("user", Who.User)
                  .text("host", Who.Host)
                  .text("port", Who.Port)
                  .text("application_name", Who.ApplicationName));
}

std::string recordLine(const Snapshot &S, const References &To, const Verdict &How, const WallClock &Wall) {
  JsonObject Line = line(S.Flags & Lease ? "lease" : "connection");
  Line.number("id", S.Id);
  addIf(Line, "partner", To.Partner);
  JsonObject Acquired;
  Acquired.number("at", Wall(S.Acquired)).text("call", nameOf(S.AcquiredWith)).number("thread", S.AcquiredBy);
  if (How.Exited)
    Acquired.flag("exited", true);
  if (To.AcquiredAt >= 0)
    Acquired.number("stack", To.AcquiredAt);
  Line.raw("acquired", Acquired.str());
  if (To.Who >= 0)
    Line.number("identity", To.Who);
  if (S.Pool && !S.Pool->empty())
    Line.text("pool", *S.Pool);
  if (How.Held)
    Line.flag("held", true);
  if (How.Leaked != LeakReason::None)
    Line.text("leaked", nameOf(How.Leaked));
  if (S.Flags & Lease)
    return open(Line);
  // States are timed by a coarser clock, which can lag behind.
  int64_t Since = std::max(S.Word.since(), S.Acquired);
  Line.text("state", nameOf(S.Word.state())).number("since", Wall(Since)).number("uses", S.Uses);
  addIf(Line, "resets", S.Resets);
  addIf(Line, "local_port", S.LocalPort);
  addIf(Line, "backend_pid", S.BackendPid);
  if (S.LastUse) {
    JsonObject Last;
    Last.number("at", Wall(std::max(S.LastUse, S.Acquired)))
        .text("call", nameOf(S.LastWith))
        .number("thread", S.LastBy);
    if (To.LastAt >= 0)
      Last.number("stack", To.LastAt);
    Line.raw("last_used", Last.str());
  }
  return open(Line);
}

std::string siteLine(uint32_t Stack, const Tally &T, const WallClock &Wall) {
  constexpr auto Relaxed = std::memory_order_relaxed;
  JsonObject Line = line("site");
  Line.number("stack", Stack).text("call", nameOf(T.With));
  if (T.OfLeases)
    Line.flag("lease", true);
  if (T.Site->Reused.load(Relaxed))
    Line.flag("pool", true);
  Line.number("acquired", T.Acquired.load(Relaxed)).number("released", T.Released.load(Relaxed));
  Line.number("first", Wall(T.First.load(Relaxed))).number("last", Wall(T.Last.load(Relaxed)));
  Line.number("longest_ms", milliseconds(T.Longest.load(Relaxed)));
  std::vector<std::string> Holds;
  size_t Used = 0;
  for (const auto &Bucket : T.Holds) {
    Holds.push_back(std::to_string(Bucket.load(Relaxed)));
    if (Holds.back() != "0")
      Used = Holds.size();
  }
  Holds.resize(Used);
  return open(Line.raw("holds", jsonArray(Holds)));
}

std::string sampleLine(const StateSample &S) {
  std::vector<std::string> Items = {std::to_string(S.At)};
  for (unsigned Count : S.Open)
    Items.push_back(std::to_string(Count));
  return open(line("sample").raw("counts", jsonArray(Items)));
}

} // namespace connsan::runtime
