#include "WriteJson.h"

#include "JsonLine.h"

#include <connsan/Version.h>

#include <cstdio>

namespace connsan::report {

namespace {

constexpr int Version = 1;

/// What has no value is left out.
void add(Json &To, const char *Key, const std::string &Value) {
  if (!Value.empty())
    To[Key] = Value;
}
template<typename Number>
  requires std::is_arithmetic_v<Number>
void add(Json &To, const char *Key, Number Value) {
  if (Value != Number())
    To[Key] = Value;
}
void addIndex(Json &To, const char *Key, Index Value) {
  if (Value != None)
    To[Key] = Value;
}

const char *nameOf(Ending E) {
  switch (E) {
  case Ending::Running:
    return "running";
  case Ending::Ended:
    return "ended";
  case Ending::Gone:
    return "gone";
  case Ending::Unknown:
    break;
  }
  return "unknown";
}

Json json(const Module &M) {
  Json Result = {{"path", M.Path}};
  add(Result, "build_id", M.BuildId);
  return Result;
}

Json json(const Frame &F) {
  Json Result = Json::object();
  addIndex(Result, "module", F.In);
  if (F.Language.empty()) {
    char Offset[32];
    std::snprintf(Offset, sizeof Offset, "0x%llx", static_cast<unsigned long long>(F.Offset));
    Result["offset"] = Offset;
  }
  add(Result, "language", F.Language);
  Json &Names = Result["names"] = Json::array();
  for (const Name &N : F.Names) {
    Json Item = Json::object();
    add(Item, "function", N.Function);
    add(Item, "file", N.File);
    add(Item, "line", N.Line);
    Names.push_back(std::move(Item));
  }
  return Result;
}

Json json(const Identity &I) {
  return {{"db", I.Database},
          {"user", I.User},
          {"host", I.Host},
          {"port", I.Port},
          {"application_name", I.ApplicationName}};
}

Json json(const Process &P) {
  Json Result = {{"pid", P.Pid}, {"ending", nameOf(P.End)}, {"files", P.Files}};
  add(Result, "parent", P.Parent);
  add(Result, "host", P.Host);
  add(Result, "program", P.Program);
  add(Result, "started", P.Started);
  add(Result, "last_seen", P.LastSeen);
  add(Result, "held_ms", P.HeldThreshold);
  Json &Timeline = Result["timeline"] = Json::array();
  for (const Sample &S : P.Timeline) {
    Json Item = {S.At};
    for (unsigned Count : S.Open)
      Item.push_back(Count);
    Timeline.push_back(std::move(Item));
  }
  return Result;
}

Json json(const Act &A) {
  Json Result = Json::object();
  add(Result, "at", A.At);
  add(Result, "call", A.Call);
  add(Result, "thread", A.Thread);
  add(Result, "exited", A.Exited);
  addIndex(Result, "stack", A.Where);
  return Result;
}

Json json(const Site &S) {
  Json Result = {{"call", S.Call},          {"lease", S.IsLease},     {"pool", S.IsPool},
                 {"open", S.Open},          {"held", S.Held},         {"leaked", S.Leaked},
                 {"acquired", S.Acquired},  {"released", S.Released}, {"longest_ms", S.Longest},
                 {"processes", S.Processes}};
  addIndex(Result, "stack", S.Where);
  add(Result, "first_seen", S.FirstSeen);
  add(Result, "last_seen", S.LastSeen);
  size_t Used = S.Holds.size();
  while (Used && !S.Holds[Used - 1])
    --Used;
  Result["holds"] = std::vector<uint64_t>(S.Holds.begin(), S.Holds.begin() + static_cast<ptrdiff_t>(Used));
  return Result;
}

Json json(const Connection &C) {
  Json Result = {{"process", C.Of}, {"id", C.Id}, {"lease", C.IsLease}, {"open", C.Open}, {"held", C.Held}};
  addIndex(Result, "site", C.Site);
  addIndex(Result, "identity", C.Who);
  add(Result, "pool", C.Pool);
  add(Result, "partner", C.Partner);
  add(Result, "leaked", C.Leaked);
  add(Result, "state", C.State);
  add(Result, "since", C.Since);
  Result["held_ms"] = C.HeldFor;
  add(Result, "uses", C.Uses);
  add(Result, "resets", C.Resets);
  add(Result, "local_port", C.LocalPort);
  add(Result, "backend_pid", C.BackendPid);
  Result["acquired"] = json(C.Acquired);
  if (C.LastUse.At)
    Result["last_used"] = json(C.LastUse);
  return Result;
}

Json json(const Event &E) {
  Json Result = {{"kind", E.Kind}};
  addIndex(Result, "process", E.Of);
  add(Result, "at", E.At);
  add(Result, "connection", E.Connection);
  add(Result, "text", E.Text);
  for (const auto &[Part, Done] : E.Acts)
    Result["acts"][Part] = json(Done);
  return Result;
}

/// One item at a time, for there can be very many.
template<typename Items> void writeArray(std::ostream &Out, const char *Key, const Items &List) {
  Out << ",\n\"" << Key << "\":[";
  const char *Separator = "\n";
  for (const auto &Item : List) {
    Json Value;
    if constexpr (requires { json(Item); })
      Value = json(Item);
    else
      Value = Item;
    // Names come from files: what is not UTF-8 is replaced.
    Out << Separator << Value.dump(-1, ' ', false, Json::error_handler_t::replace);
    Separator = ",\n";
  }
  Out << ']';
}

} // namespace

void writeJson(std::ostream &Out, const Report &R) {
  Out << "{\"connsan_report\":" << Version
      << ",\"version\":\"" CONNSAN_VERSION "\",\"created\":" << R.Created;
  writeArray(Out, "states", StateNames);
  writeArray(Out, "modules", R.Modules);
  writeArray(Out, "frames", R.Frames);
  writeArray(Out, "stacks", R.Stacks);
  writeArray(Out, "identities", R.Identities);
  writeArray(Out, "processes", R.Processes);
  writeArray(Out, "sites", R.Sites);
  writeArray(Out, "connections", R.Connections);
  writeArray(Out, "events", R.Events);
  writeArray(Out, "problems", R.Problems);
  Out << "}\n";
}

} // namespace connsan::report
