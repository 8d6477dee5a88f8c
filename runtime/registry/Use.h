#pragma once

#include "registry/Registry.h"

/// What the calls on a connection say about it.
namespace connsan::runtime {

enum class Effect : uint8_t {
  Starts,   // a query is in flight from here on
  Advances, // serves the query in flight, if there is one
  Looks,    // only shows that somebody takes care of the connection
};

/// How the connection stands after a call.
enum class Standing : uint8_t { Unchanged, Idle, InTransaction, InFlight };

void beginUse(const RecordRef &Ref, Api With, Effect E, const void *Caller, unsigned StackDepth);
void endUse(const RecordRef &Ref, Standing S);

/// Tells from the threshold for held connections how long a connection lies idle in a pool.
void setIdleGaps(int64_t Held);

} // namespace connsan::runtime
