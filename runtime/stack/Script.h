#pragma once

#include <cstdint>
#include <mutex>
#include <string>

/// What of a stack is a script's: interpreters run scripts in frames of their own, which say nothing.
namespace connsan::runtime {

/// Looks for an interpreter that can be asked, at the start and when something was loaded. Called by one
/// thread at a time.
void findInterpreter();

/// The frames of the script that the calling thread runs, as text that is kept forever, each distinct one
/// once; null when it runs none, or none that can be read safely. Only Python can be asked, and only without
/// a lock of its own: CPython has a function for use in a crash, which walks the frames of one thread.
const std::string *captureScript();

/// True of an address in the interpreter whose script's frames are captured. What it does on the script's
/// behalf changes as it warms up, and says nothing.
bool isInterpreter(uintptr_t Address);

/// For fork only.
std::mutex &scriptMutex();

} // namespace connsan::runtime
