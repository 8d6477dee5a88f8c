#pragma once

#include <cstdint>
#include <string>

/// What tells this process apart from others, on this machine and elsewhere, now and later.
namespace connsan::runtime {

/// To be called when the process begins to be observed; again in the child of a fork.
void noteStart();
/// When that was, in ms since 1970: with the process id it names one process.
int64_t startedAt();

/// The process that this one was forked from, or started by.
int parentProcess();

/// The name of this machine, or nothing.
std::string hostName();

} // namespace connsan::runtime
