#pragma once

#include "report/Report.h"

/// Keeps the file of the state, in which a reader finds what is open also after the process was killed. The
/// watcher's alone.
namespace connsan::runtime {

/// Opens the file. Returns what went wrong, or nothing.
std::string openState(const std::string &Prefix);

/// When to write what has changed; `Never` without a file.
int64_t nextRecord();
void recordState();
/// The last words.
void recordEnd();

/// One that is about to be told as leaked, and may be gone from the table before the next record.
void recordLeak(const Snapshot &S, LeakReason Reason);

/// One that is open at the end and not to be told.
void recordHidden(const Snapshot &S);

/// In the child of a fork: the file is the parent's.
void forgetState();

} // namespace connsan::runtime
