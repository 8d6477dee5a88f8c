#pragma once

#include "report/Json.h"
#include "report/Report.h"

/// Stacks and connections in words, for a text and for its JSON line at once.
namespace connsan::runtime {

/// Both forms of a stack, named once.
struct NamedStack {
  std::string Text; // one line a frame
  std::string Json; // an array
};
/// `Call` is the innermost frame, a function of `Lib`.
NamedStack nameStack(const Stack *At, Api Call, const Library *Lib);

/// "by thread 4730 (worker)", and whether that thread is gone.
std::string byThread(int Thread);
bool hasExited(int Thread);

/// The lines under a headline, and the members of its JSON line.
void describe(const Snapshot &S, int64_t Now, std::string &Text, JsonObject &Json);

/// Where to look at the connection on the server, as a line; empty when that is not known.
std::string serverHint(const Snapshot &S);

} // namespace connsan::runtime
