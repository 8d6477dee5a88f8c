#include "report/Words.h"

#include "report/Process.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <unistd.h>

namespace connsan::runtime {

namespace {

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

} // namespace

std::string prefix(const char *Severity) {
  return "==" + std::to_string(getpid()) + "==" + Severity + (*Severity ? ": " : "") + Tool;
}

std::string seconds(int64_t Nanoseconds) {
  char Buffer[32];
  std::snprintf(Buffer, sizeof Buffer, "%.1f s", std::max(Nanoseconds, int64_t(0)) / 1e9);
  return Buffer;
}

std::string thresholdText(int64_t Nanoseconds) {
  char Buffer[32];
  std::snprintf(Buffer, sizeof Buffer, "%g s", static_cast<double>(Nanoseconds) / 1e9);
  return Buffer;
}

int64_t milliseconds(int64_t Nanoseconds) {
  return std::max(Nanoseconds, int64_t(0)) / 1'000'000;
}

const char *nameOf(Overdue Kind) {
  constexpr const char *Names[OverdueKinds] = {"held", "idle_in_transaction", "long_query", "connecting"};
  return Names[static_cast<unsigned>(Kind)];
}

const char *nameOf(State S) {
  constexpr const char *Names[] = {"free",
                                   "connecting",
                                   "failed",
                                   "idle",
                                   "active",
                                   "idle_in_transaction",
                                   "active_in_transaction",
                                   "idle_in_failed_transaction"};
  return Names[static_cast<unsigned>(S)];
}

const char *nameOf(LeakReason Reason) {
  constexpr const char *Names[LeakReasons] = {"none",         "reported_before",     "several_from_one_site",
                                              "open_at_exit", "failed_not_finished", "library_unloaded",
                                              "open_at_check"};
  return Names[static_cast<unsigned>(Reason)];
}

std::string subjectOf(const Snapshot &S) {
  std::string Number = "#" + std::to_string(S.Id);
  if (!(S.Flags & Lease))
    return "connection " + Number;
  return "lease " + Number + (S.Pool && !S.Pool->empty() ? " of pool " + textValue(*S.Pool) : "");
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

std::string doing(const Snapshot &S, int64_t Now) {
  if (S.Flags & Lease) {
    Snapshot Connection;
    return S.Partner && takeSnapshotOf(S.Partner, Connection) ? doing(Connection, Now) : std::string();
  }
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
  case State::ActiveInTransaction:
    return "query in flight " + For + " in a transaction";
  case State::IdleInFailedTransaction:
    return "idle in a failed transaction " + For;
  case State::Free:
    break;
  }
  return {};
}

std::string numbersJson(const std::vector<Snapshot> &List) {
  constexpr size_t Most = 1000;
  std::vector<std::string> Items;
  for (size_t I = 0; I < List.size() && I < Most; ++I)
    Items.push_back(std::to_string(List[I].Id));
  return jsonArray(Items);
}

JsonObject jsonLine(const char *Kind) {
  JsonObject Result;
  Result.text("time", wallClock()).number("pid", getpid()).text("kind", Kind).number("started", startedAt());
  return Result;
}

} // namespace connsan::runtime
