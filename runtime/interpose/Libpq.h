#pragma once

#include "interpose/NewerLibpq.h"
#include "registry/Record.h"

#include <libpq-events.h>

namespace connsan::runtime {

/// A loaded libpq and its functions; null where that version lacks one.
struct Libpq : Library {
#define LIBPQ_FUNCTION(Name) decltype(&::Name) Name = nullptr;
#include "interpose/Libpq.inc"
#undef LIBPQ_FUNCTION
};

/// The libpq that a call from `Caller` (a return address) would have reached without us. Null, and said once,
/// when there is none.
const Libpq *libpqFor(const void *Caller);

} // namespace connsan::runtime
