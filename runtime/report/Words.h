#pragma once

#include "report/Json.h"
#include "report/Report.h"

/// The small words that all reports share.
namespace connsan::runtime {

constexpr const char *Tool = "ConnectionSanitizer: ";

/// `==PID==SEVERITY: ConnectionSanitizer: `.
std::string prefix(const char *Severity);

/// "61.2 s".
std::string seconds(int64_t Nanoseconds);
/// "60 s", as precise as it was given.
std::string thresholdText(int64_t Nanoseconds);
int64_t milliseconds(int64_t Nanoseconds);

/// As JSON names them.
const char *nameOf(Overdue Kind);
const char *nameOf(State S);
const char *nameOf(LeakReason Reason);

/// "connection #17", or "lease #18 of pool orders".
std::string subjectOf(const Snapshot &S);
/// "#1 #2 #5", shortened when there are many.
std::string numbersOf(const std::vector<Snapshot> &List);
/// The same as an array, of the first thousand.
std::string numbersJson(const std::vector<Snapshot> &List);
/// What the connection is doing, as a clause; empty when nothing is known.
std::string doing(const Snapshot &S, int64_t Now);

/// The members that every JSON line begins with.
JsonObject jsonLine(const char *Kind);

} // namespace connsan::runtime
