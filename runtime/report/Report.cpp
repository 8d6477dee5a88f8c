#include "report/Report.h"

#include "options/Current.h"
#include "report/Json.h"
#include "report/Log.h"
#include "stack/Symbolizer.h"

#include <cstdio>
#include <ctime>
#include <unistd.h>

namespace connsan::runtime {

namespace {

constexpr const char *Tool = "ConnectionSanitizer: ";

std::string prefix(const char *Severity) {
  return "==" + std::to_string(getpid()) + "==" + Severity + (*Severity ? ": " : "") + Tool;
}

std::string seconds(int64_t Nanoseconds) {
  char Buffer[32];
  std::snprintf(Buffer, sizeof Buffer, "%.1f s", std::max(Nanoseconds, int64_t(0)) / 1e9);
  return Buffer;
}

std::string thresholdText(const Duration &D) {
  char Buffer[32];
  std::snprintf(Buffer, sizeof Buffer, "%g s", static_cast<double>(D.Nanoseconds) / 1e9);
  return Buffer;
}

int64_t milliseconds(int64_t Nanoseconds) {
  return Nanoseconds / 1'000'000;
}

std::string wallClock() {
  timespec Time;
  clock_gettime(CLOCK_REALTIME, &Time);
  tm Parts;
  gmtime_r(&Time.tv_sec, &Parts);
  char Buffer[64];
  size_t Length = std::strftime(Buffer, sizeof Buffer, "%Y-%m-%dT%H:%M:%S", &Parts);
  std::snprintf(Buffer + Length, sizeof Buffer - Length, ".%03ldZ", Time.tv_nsec / 1'000'000);
  return Buffer;
}

const Duration &thresholdOf(Overdue Kind) {
  switch (Kind) {
  case Overdue::Held:
    return options().Held;
  case Overdue::IdleInTransaction:
    return options().IdleInTransaction;
  case Overdue::LongQuery:
    return options().LongQuery;
  case Overdue::Connecting:
    return options().Connecting;
  }
  return options().Held;
}

const char *nameOf(Overdue Kind) {
  constexpr const char *Names[OverdueKinds] = {"held", "idle_in_transaction", "long_query", "connecting"};
  return Names[static_cast<unsigned>(Kind)];
}

const char *nameOf(State S) {
  constexpr const char *Names[] = {"free", "connecting", "failed", "idle", "active", "idle_in_transaction"};
  return Names[static_cast<unsigned>(S)];
}

const char *nameOf(LeakReason Reason) {
  constexpr const char *Names[] = {"none", "reported_before", "several_from_one_site", "open_at_exit",
                                   "failed_not_finished"};
  return Names[static_cast<unsigned>(Reason)];
}

/// What the connection is doing, as the end of a sentence; empty when that would say nothing.
std::string doing(const Snapshot &S, int64_t Now) {
  std::string For = seconds(Now - S.Word.since());
  switch (S.Word.state()) {
  case State::Connecting:
    return "connecting for " + For;
  case State::Failed:
    return "failed to connect";
  case State::Idle:
    return S.LastUse ? "idle " + For : "never used";
  case State::Active:
    return "query in flight " + For;
  case State::IdleInTransaction:
    return "idle in transaction " + For;
  case State::Free:
    break;
  }
  return {};
}

/// Both forms of a stack, named once.
struct Named {
  std::string Text;
  std::string Json;
};

std::string hex(uintptr_t Value) {
  char Buffer[32];
  std::snprintf(Buffer, sizeof Buffer, "0x%zx", static_cast<size_t>(Value));
  return Buffer;
}

std::string frameText(const Frame &F) {
  std::string Result = escapeText(F.Function);
  if (!Result.empty())
    Result += ' ';
  if (!F.File.empty() && F.Line)
    return Result + escapeText(F.File) + ":" + std::to_string(F.Line);
  return Result + escapeText(F.In.name()) + "+" + hex(F.Offset);
}

Named nameStack(const Stack *At, const char *Call, const Library *Lib, const char *Indent) {
  Named Result;
  if (!At) {
    Result.Json = "[]";
    return Result;
  }
  std::string Line = Indent;
  Line += "#0 ";
  Line += Call;
  if (Lib)
    Line += ' ' + escapeText(Lib->Name);
  Result.Text = Line + '\n';
  unsigned Number = 1;
  bool InMain = false;
  std::vector<std::string> Items;
  for (const Frame &F : symbolize(At->frames(), At->Depth, options().Symbolize)) {
    JsonObject Item;
    if (!F.Function.empty())
      Item.text("function", F.Function);
    if (!F.File.empty() && F.Line)
      Item.text("file", F.File).number("line", F.Line);
    Item.text("module", F.In.Path).text("offset", hex(F.Offset));
    if (!F.In.BuildId.empty())
      Item.text("build_id", F.In.BuildId);
    if (F.Inlined)
      Item.flag("inlined", true);
    Items.push_back(Item.str());
    // What calls main is the same in every program.
    if (!InMain)
      Result.Text += Indent + ("#" + std::to_string(Number++)) + ' ' + frameText(F) + '\n';
    InMain = InMain || F.Function == "main";
  }
  Result.Json = jsonArray(Items);
  return Result;
}

std::string identityText(const Snapshot &S) {
  std::string Result;
  auto Add = [&Result](const char *Key, const std::string &Value) {
    if (!Value.empty())
      Result += (Result.empty() ? "" : " ") + std::string(Key) + "=" + textValue(Value);
  };
  if (S.Who) {
    Add("db", S.Who->Database);
    Add("user", S.Who->User);
    Add("host", S.Who->Host);
    Add("port", S.Who->Port);
  }
  if (S.BackendPid)
    Add("backend_pid", std::to_string(S.BackendPid));
  if (S.Who)
    Add("application_name", S.Who->ApplicationName);
  return Result;
}

void identityJson(JsonObject &Out, const Snapshot &S) {
  if (S.Who)
    Out.text("db", S.Who->Database)
        .text("user", S.Who->User)
        .text("host", S.Who->Host)
        .text("port", S.Who->Port)
        .text("application_name", S.Who->ApplicationName);
  if (S.BackendPid)
    Out.number("backend_pid", S.BackendPid);
}

/// The lines under a headline, and the members of its JSON line.
void describe(const Snapshot &S, int64_t Now, std::string &Text, JsonObject &Json) {
  Json.number("connection", S.Id).number("held_ms", milliseconds(Now - S.Acquired));
  Json.text("state", nameOf(S.Word.state())).number("state_ms", milliseconds(Now - S.Word.since()));
  identityJson(Json, S);
  if (S.Resets)
    Json.number("resets", S.Resets);
  if (std::string Line = identityText(S); !Line.empty())
    Text += "  " + Line + '\n';

  Named Acquired = nameStack(S.AcquiredAt, nameOf(S.AcquiredWith), S.Lib, "    ");
  Text += "  acquired by thread " + std::to_string(S.AcquiredBy) + " at:\n" + Acquired.Text;
  Json.raw("acquired", JsonObject()
                           .number("thread", S.AcquiredBy)
                           .text("call", nameOf(S.AcquiredWith))
                           .raw("frames", Acquired.Json)
                           .str());
  if (S.LastUse) {
    Named Last = nameStack(S.LastAt, nameOf(S.LastWith), S.Lib, "    ");
    Text +=
        "  last used " + seconds(Now - S.LastUse) + " ago by " + nameOf(S.LastWith) + " at:\n" + Last.Text;
    Json.raw("last_used", JsonObject()
                              .number("ago_ms", milliseconds(Now - S.LastUse))
                              .number("thread", S.LastBy)
                              .text("call", nameOf(S.LastWith))
                              .raw("frames", Last.Json)
                              .str());
  }
}

std::string serverHint(const Snapshot &S) {
  if (!S.BackendPid)
    return {};
  return "  look at it on the server: SELECT * FROM pg_stat_activity WHERE pid = " +
         std::to_string(S.BackendPid) + ";\n";
}

JsonObject jsonLine(const char *Kind) {
  JsonObject Result;
  Result.text("time", wallClock()).number("pid", getpid()).text("kind", Kind);
  return Result;
}

std::string numbersOf(const std::vector<Snapshot> &List) {
  constexpr size_t Most = 16;
  std::string Result;
  for (size_t I = 0; I < List.size() && I < Most; ++I)
    Result += (I ? " #" : "#") + std::to_string(List[I].Id);
  if (List.size() > Most)
    Result += " and " + std::to_string(List.size() - Most) + " more";
  return Result;
}

std::string headline(Overdue Kind, const Snapshot &S, int64_t Now) {
  std::string Number = "connection #" + std::to_string(S.Id) + " ";
  std::string Limit = " (threshold " + thresholdText(thresholdOf(Kind)) + ")";
  std::string Held = "held " + seconds(Now - S.Acquired);
  std::string For = seconds(Now - S.Word.since());
  switch (Kind) {
  case Overdue::Held:
    return Number + Held + Limit + ", " + doing(S, Now);
  case Overdue::IdleInTransaction:
    return Number + "idle in transaction " + For + Limit + ", " + Held;
  case Overdue::LongQuery:
    return Number + "query in flight " + For + Limit + ", " + Held;
  case Overdue::Connecting:
    return Number + "connecting for " + For + Limit + ", never completed by PQconnectPoll";
  }
  return Number;
}

} // namespace

void reportNote(const std::string &Line) {
  writeText(prefix("") + escapeText(Line) + '\n');
  writeJson(jsonLine("note").text("text", Line).str());
}

void reportOverdue(Overdue Kind, const Snapshot &S, int64_t Now) {
  std::string Text = prefix("WARNING") + headline(Kind, S, Now) + '\n';
  JsonObject Json = jsonLine(nameOf(Kind));
  Json.number("threshold_ms", milliseconds(thresholdOf(Kind).Nanoseconds));
  describe(S, Now, Text, Json);
  writeText(Text + serverHint(S));
  writeJson(Json.str());
}

void reportGrowth(const Snapshot &S, unsigned Past, int64_t Now) {
  std::string Text = prefix("WARNING") + std::to_string(Past) +
                     " connections of one pool are open longer than " + thresholdText(options().Held) +
                     ", and their number keeps growing; the latest is #" + std::to_string(S.Id) + '\n';
  JsonObject Json = jsonLine("growth");
  Json.number("open", Past);
  describe(S, Now, Text, Json);
  writeText(Text + serverHint(S));
  writeJson(Json.str());
}

void reportReleased(const Released &R) {
  writeText(prefix("") + "connection #" + std::to_string(R.Id) + " released after " + seconds(R.Held) + '\n');
  writeJson(jsonLine("released").number("connection", R.Id).number("held_ms", milliseconds(R.Held)).str());
}

void reportMisuse(const Mistake &M, int64_t Now) {
  const Finished &F = M.Of;
  std::string Subject = "connection #" + std::to_string(F.Id);
  std::string From = "process " + std::to_string(forkedFrom());
  const char *Kind = "";
  std::string Headline, Here;
  switch (M.Kind) {
  case Misuse::DoubleFinish:
    Kind = "double_finish";
    Headline = Subject + " is finished a second time";
    Here = "finished again";
    break;
  case Misuse::UseAfterFinish:
    Kind = "use_after_finish";
    Headline = Subject + " is used after it was finished";
    Here = "used";
    break;
  case Misuse::InheritedUse:
    Kind = "inherited_use";
    Headline = Subject + ", inherited over fork from " + From + ", is used: both processes share one session";
    Here = "used";
    break;
  case Misuse::InheritedFinish:
    Kind = "inherited_finish";
    Headline =
        Subject + ", inherited over fork from " + From + ", is finished: that ends the session of " + From;
    Here = "finished";
    break;
  }
  std::string Text = prefix("ERROR") + Headline + '\n';
  JsonObject Json = jsonLine(Kind);
  Json.number("connection", F.Id);
  auto Add = [&](const char *Key, const std::string &Words, int Thread, Api With, const Stack *At) {
    Named Where = nameStack(At, nameOf(With), F.Lib, "    ");
    Text += "  " + Words + " by thread " + std::to_string(Thread) + " at:\n" + Where.Text;
    Json.raw(
        Key,
        JsonObject().number("thread", Thread).text("call", nameOf(With)).raw("frames", Where.Json).str());
  };
  Add("acquired", "acquired", F.AcquiredBy, F.AcquiredWith, F.AcquiredAt);
  if (F.At)
    Add("finished", "finished " + seconds(Now - F.Time) + " ago", F.By, Api::PQfinish, F.At);
  Add("here", Here, M.By, M.With, M.At);
  writeText(Text);
  writeJson(Json.str());
}

void reportHolders(const std::vector<std::vector<Snapshot>> &Sites, int64_t Now) {
  size_t Count = 0;
  for (const auto &Same : Sites)
    Count += Same.size();
  std::string Text = prefix("WARNING") +
                     "the server refused a connection: too many clients; this process holds " +
                     std::to_string(Count) + '\n';
  std::vector<std::string> Items;
  for (const auto &Same : Sites) {
    const Snapshot &S = Same.front();
    Named Acquired = nameStack(S.AcquiredAt, nameOf(S.AcquiredWith), S.Lib, "    ");
    Text += "  " + std::to_string(Same.size()) + " held (" + numbersOf(Same) + "), the first for " +
            seconds(Now - S.Acquired) + ", " + doing(S, Now) + ", acquired at:\n" + Acquired.Text;
    JsonObject Item;
    Item.number("open", Same.size()).number("connection", S.Id).raw("frames", Acquired.Json);
    Items.push_back(Item.str());
  }
  writeText(Text);
  writeJson(jsonLine("too_many_clients").number("open", Count).raw("sites", jsonArray(Items)).str());
}

void reportOpenAtExit(const std::vector<Snapshot> &Same, LeakReason Reason, int64_t Now) {
  const Snapshot &S = Same.front();
  bool Many = Same.size() > 1;
  std::string Subject = Many ? std::to_string(Same.size()) + " connections (" + numbersOf(Same) + ")"
                             : "connection #" + std::to_string(S.Id);
  std::string Held = (Many ? ", the first held " : ", held ") + seconds(Now - S.Acquired);
  std::string Headline;
  switch (Reason) {
  case LeakReason::None:
    Headline = Subject + " open at exit" + Held;
    break;
  case LeakReason::FailedNotFinished:
    Headline = Subject + " leaked: failed to connect and never finished";
    break;
  case LeakReason::ReportedBefore:
    Headline = Subject + " leaked: open at exit, reported as held before" + Held;
    break;
  case LeakReason::SeveralFromOneSite:
    Headline = Subject + " leaked: left open at exit by one site" + Held;
    break;
  case LeakReason::Asked:
    Headline = Subject + " leaked: open at exit" + Held;
    break;
  }
  if (Reason != LeakReason::FailedNotFinished)
    Headline += ", " + doing(S, Now);
  std::string Text = prefix(Reason == LeakReason::None ? "INFO" : "ERROR") + Headline + '\n';
  JsonObject Json = jsonLine(Reason == LeakReason::None ? "open_at_exit" : "leaked");
  if (Reason != LeakReason::None)
    Json.text("reason", nameOf(Reason));
  Json.number("count", Same.size());
  describe(S, Now, Text, Json);
  writeText(Text);
  writeJson(Json.str());
}

void reportSummary(const Totals &T) {
  std::string Parts;
  JsonObject Json = jsonLine("summary");
  auto Add = [&](const char *Words, const char *Key, unsigned Count) {
    Json.number(Key, Count);
    if (Count)
      Parts += (Parts.empty() ? "" : ", ") + std::to_string(Count) + " " + Words;
  };
  Add("held", "held", T.Overdue[0]);
  Add("idle-in-transaction", "idle_in_transaction", T.Overdue[1]);
  Add("long-query", "long_query", T.Overdue[2]);
  Add("connecting", "connecting", T.Overdue[3]);
  Add("leaked", "leaked", T.Leaked);
  Add("double-finish", "double_finish", T.Misuse[0]);
  Add("use-after-finish", "use_after_finish", T.Misuse[1]);
  Add("inherited-use", "inherited_use", T.Misuse[2]);
  Add("inherited-finish", "inherited_finish", T.Misuse[3]);
  Add("open at exit", "open_at_exit", T.OpenAtExit);
  if (Parts.empty())
    return;
  writeText("SUMMARY: " + std::string(Tool) + Parts + '\n');
  writeJson(Json.str());
}

} // namespace connsan::runtime
