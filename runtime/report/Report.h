#pragma once

#include "registry/Mailbox.h"

#include <string>
#include <vector>

/// The words of the reports. Whoever calls these is the only thread that does; nothing is decided here.
namespace connsan::runtime {

enum class Overdue : uint8_t { Held, IdleInTransaction, LongQuery, Connecting };
constexpr unsigned OverdueKinds = 4;

/// Why what is open counts as leaked.
enum class LeakReason : uint8_t {
  None,
  ReportedBefore,
  SeveralFromOneSite,
  Asked,
  FailedNotFinished,
  LibraryUnloaded,
  OpenAtCheck,
};
constexpr unsigned LeakReasons = 7;

struct Totals {
  unsigned Overdue[OverdueKinds] = {};
  unsigned Leaked = 0;
  unsigned Misuse[4] = {};
  unsigned OpenAtExit = 0;
  unsigned Suppressed = 0;
};

/// What this process is, for the readers of many logs: the first of its JSON lines.
void reportProcess();
/// One line on its own.
void reportNote(const std::string &Line);
/// One connection or lease over the threshold `Limit`, in full.
void reportOverdue(Overdue Kind, const Snapshot &S, int64_t Limit, int64_t Now);
/// The number of a pool's connections that are older than `Limit` has grown to `Past`.
void reportGrowth(const Snapshot &S, unsigned Past, int64_t Limit, int64_t Now);
void reportReleased(const Released &R);
/// A call that must not be, before it is forwarded.
void reportMisuse(const Mistake &M, int64_t Now);
/// The server refused a connection for want of room: who holds the others, a holder's site at a time.
void reportHolders(const std::vector<std::vector<Snapshot>> &Sites, int64_t Now);
/// What one site has open, at the end or when it is asked for; all of it has the same reason.
void reportOpen(const std::vector<Snapshot> &Same, LeakReason Reason, int64_t Now);
void reportSummary(const Totals &T);

} // namespace connsan::runtime
