#pragma once

#include "Report.h"

#include <string>

/// The small words of a text.
namespace connsan::report {

/// "61.2 s", "75 min", "15.2 h": of milliseconds.
std::string duration(int64_t Milliseconds);
/// "2026-11-28 15:21:53 UTC"; "-" when not known.
std::string moment(int64_t Milliseconds);
/// "1 connection", "2 connections".
std::string counted(uint64_t Count, const std::string &What);

/// "Pool::grow() /src/pool.cpp:88", or module and offset, on one line that steers no terminal. One text for
/// each function that was inlined.
std::vector<std::string> frameLines(const Report &R, const Frame &F);

/// The stack as somebody wants to read it: without the call itself and without what calls main.
std::vector<std::string> stackLines(const Report &R, Index Stack, const std::string &Call);
/// The innermost lines of it that tell most, in one.
std::string stackInShort(const Report &R, Index Stack, const std::string &Call);

/// "db=orders user=app host=10.0.0.5 port=5432 local_port=40612 backend_pid=15549".
std::string identityText(const Report &R, const Connection &C);

/// "idle in transaction 58.9 s" at `Now`; empty when not known.
std::string doing(const Connection &C, int64_t Now);

} // namespace connsan::report
