#pragma once

#include <backtrace.h>

#include <string>
#include <vector>

/// What stands between Boost.Stacktrace and libbacktrace (Boost offers the place through
/// BOOST_STACKTRACE_BACKTRACE_INCLUDE_FILE). Boost's own use keeps one state for all that is loaded at the
/// first call: every module's debug information is read at once, libraries loaded later stay unknown, and of
/// inlined functions only the outermost is kept. Here each module gets a state when a frame first falls into
/// it.
namespace connsan::runtime {

struct SourceLine {
  std::string Function; // as the debug information has it, maybe mangled
  std::string File;
  int Line = 0;
};

/// The functions at the address that Boost asked about last, innermost inlined one first.
std::vector<SourceLine> &lastLines();

backtrace_state *createState();
int pcInfo(uintptr_t Address, backtrace_full_callback Callback, backtrace_error_callback Error, void *Data);
int symInfo(uintptr_t Address, backtrace_syminfo_callback Callback, backtrace_error_callback Error,
            void *Data);

} // namespace connsan::runtime

#define backtrace_create_state(File, Threaded, Error, Data) connsan::runtime::createState()
#define backtrace_pcinfo(State, Address, Callback, Error, Data)                                              \
  connsan::runtime::pcInfo(Address, Callback, Error, Data)
#define backtrace_syminfo(State, Address, Callback, Error, Data)                                             \
  connsan::runtime::symInfo(Address, Callback, Error, Data)
