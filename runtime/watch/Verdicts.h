#pragma once

#include "report/Report.h"

/// Decides what is worth a report. Called by one thread at a time, the watcher.
namespace connsan::runtime {

struct Look {
  int64_t Next; // when the next look can find something new
  int64_t Cost; // what this one took of the processor, reporting aside
};

/// Looks at every connection and reports what is over a threshold.
Look sweep();

/// Handles what the program's threads left in the mailbox.
void readMail();

/// How many leaks the check found that was asked for by the mail of this number, once that has been read.
int answerTo(uint64_t Number);

/// The last words: what is open and what of it leaked. Returns the number of leaked connections.
unsigned finalVerdicts();

/// In the child of a fork: nothing was said yet.
void forgetVerdicts();

} // namespace connsan::runtime
