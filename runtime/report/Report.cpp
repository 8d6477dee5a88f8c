#include "report/Report.h"

#include "options/Current.h"
#include "report/Describe.h"
#include "report/Log.h"
#include "report/Process.h"
#include "report/Words.h"
#include "stack/Modules.h"

#include <connsan/Version.h>

namespace connsan::runtime {

namespace {

std::string headline(Overdue Kind, const Snapshot &S, int64_t Threshold, int64_t Now) {
  std::string Subject = subjectOf(S) + " ";
  std::string Limit = " (threshold " + thresholdText(Threshold) + ")";
  std::string Held = "held " + seconds(Now - S.Acquired);
  std::string Doing = doing(S, Now);
  switch (Kind) {
  case Overdue::Held:
    return Subject + Held + Limit + (Doing.empty() ? "" : ", ") + Doing;
  case Overdue::IdleInTransaction:
  case Overdue::LongQuery:
    return Subject + Doing + Limit + ", " + Held;
  case Overdue::Connecting:
    return Subject + Doing + Limit + ", never completed by PQconnectPoll";
  }
  return Subject;
}

} // namespace

void reportProcess() {
  constexpr unsigned Schema = 1;
  JsonObject Json = jsonLine("process");
  Json.number("schema", Schema).text("version", CONNSAN_VERSION);
  Json.text("host", hostName()).text("program", programPath()).number("parent", parentProcess());
  const Options &O = options();
  Json.number("held_ms", milliseconds(O.Held.Nanoseconds))
      .number("idle_in_transaction_ms", milliseconds(O.IdleInTransaction.Nanoseconds))
      .number("long_query_ms", milliseconds(O.LongQuery.Nanoseconds))
      .number("connecting_ms", milliseconds(O.Connecting.Nanoseconds));
  writeJson(Json.str());
}

void reportNote(const std::string &Words) {
  // Some of them quote the environment.
  constexpr size_t Most = 1000;
  std::string Line = Words.size() > Most ? Words.substr(0, Most) + "..." : Words;
  writeText(prefix("") + escapeText(Line) + '\n');
  writeJson(jsonLine("note").text("text", Line).str());
}

void reportOverdue(Overdue Kind, const Snapshot &S, int64_t Limit, int64_t Now) {
  std::string Text = prefix("WARNING") + headline(Kind, S, Limit, Now) + '\n';
  JsonObject Json = jsonLine(nameOf(Kind));
  Json.number("threshold_ms", milliseconds(Limit));
  describe(S, Now, Text, Json);
  writeText(Text + serverHint(S));
  writeJson(Json.str());
}

void reportGrowth(const Snapshot &S, unsigned Past, int64_t Limit, int64_t Now) {
  std::string Older = Limit == INT64_MAX ? "" : " longer than " + thresholdText(Limit);
  std::string Text = prefix("WARNING") + std::to_string(Past) + " connections of one pool are open" + Older +
                     ", and their number keeps growing; the latest is #" + std::to_string(S.Id) + '\n';
  JsonObject Json = jsonLine("growth");
  Json.number("open", Past);
  describe(S, Now, Text, Json);
  writeText(Text + serverHint(S));
  writeJson(Json.str());
}

void reportReleased(const Released &R) {
  bool IsLease = R.Flags & Lease;
  writeText(prefix("") + (IsLease ? "lease #" : "connection #") + std::to_string(R.Id) +
            (IsLease ? " returned after " : " released after ") + seconds(R.Held) + '\n');
  writeJson(jsonLine("released")
                .number(IsLease ? "lease" : "connection", R.Id)
                .number("held_ms", milliseconds(R.Held))
                .str());
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
    NamedStack Where = nameStack(At, With, F.Lib);
    Text += "  " + Words + ' ' + byThread(Thread) + " at:\n" + Where.Text;
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
    Snapshot Holder;
    bool Leased = S.Partner && takeSnapshotOf(S.Partner, Holder);
    if (!Leased)
      Holder = S;
    NamedStack At = nameStack(Holder.AcquiredAt, Holder.AcquiredWith, Holder.Lib);
    Text += "  " + std::to_string(Same.size()) + " held (" + numbersOf(Same) + "), the first for " +
            seconds(Now - Holder.Acquired) + ", " + doing(S, Now) +
            (Leased ? ", checked out at:\n" : ", acquired at:\n") + At.Text;
    JsonObject Item;
    Item.number("open", Same.size()).number("connection", S.Id);
    if (Same.size() > 1)
      Item.raw("numbers", numbersJson(Same));
    if (Leased)
      Item.number("lease", Holder.Id);
    Item.raw("frames", At.Json);
    Items.push_back(Item.str());
  }
  writeText(Text);
  writeJson(jsonLine("too_many_clients").number("open", Count).raw("sites", jsonArray(Items)).str());
}

void reportOpen(const std::vector<Snapshot> &Same, LeakReason Reason, int64_t Now) {
  const Snapshot &S = Same.front();
  bool Many = Same.size() > 1;
  std::string Subject = Many ? std::to_string(Same.size()) +
                                   (S.Flags & Lease ? " leases (" : " connections (") + numbersOf(Same) + ")"
                             : subjectOf(S);
  std::string Held = (Many ? ", the first held " : ", held ") + seconds(Now - S.Acquired);
  std::string Doing = doing(S, Now);
  if (!Doing.empty())
    Held += ", " + Doing;
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
  case LeakReason::LibraryUnloaded:
    Headline = Subject + " leaked: " + (S.Lib ? escapeText(S.Lib->Name) : "the library") +
               " was unloaded while it was open" + Held;
    break;
  case LeakReason::OpenAtCheck:
    Headline = Subject + " leaked: open at a check that the program asked for" + Held;
    break;
  }
  std::string Text = prefix(Reason == LeakReason::None ? "INFO" : "ERROR") + Headline + '\n';
  JsonObject Json = jsonLine(Reason == LeakReason::None ? "open_at_exit" : "leaked");
  if (Reason != LeakReason::None)
    Json.text("reason", nameOf(Reason));
  Json.number("count", Same.size());
  if (Many)
    Json.raw("numbers", numbersJson(Same));
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
  Add("suppressed", "suppressed", T.Suppressed);
  if (Parts.empty())
    return;
  writeText("SUMMARY: " + std::string(Tool) + Parts + '\n');
  writeJson(Json.str());
}

} // namespace connsan::runtime
