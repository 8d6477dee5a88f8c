#pragma once

#include "registry/Registry.h"

/// What the calls on a connection say about it. This is on the way of every query.
namespace connsan::runtime {

enum class Effect : uint8_t {
  Starts,   // a query is in flight from here on
  Advances, // serves the query in flight, if there is one
  Looks,    // only shows that somebody takes care of a connection that is idle
};

/// How the connection stands after a call. Broken: the server is lost, or was never reached.
enum class Standing : uint8_t { Idle, InTransaction, InFailedTransaction, InFlight, Broken };

/// `Caller` is the address that the call returns to, `Frame` where the stack is in it.
void beginUse(const RecordRef &Ref, Api With, Effect E, const void *Caller, const void *Frame);
void endUse(const RecordRef &Ref, Standing S);
/// It has become known how an idle connection stands since its last use.
void noteStanding(const RecordRef &Ref, Standing S);

/// Tells the threshold for held connections, from which follows how long one lies idle in a pool, and how
/// many frames are kept of a place.
void configureUse(int64_t Held, unsigned StackDepth);

} // namespace connsan::runtime
