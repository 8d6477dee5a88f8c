#pragma once

#include "interpose/Libpq.h"
#include "registry/Use.h"

#include <type_traits>
#include <utility>

#define CONNSAN_EXPORT extern "C" __attribute__((visibility("default")))
/// The address that the wrapper returns to.
#define CONNSAN_CALLER __builtin_return_address(0)

/// What a wrapper does around the real call. The destructors do the second half, so that it is done as well
/// when an exception or a cancellation passes through; no wrapper may be noexcept.
namespace connsan::runtime {

inline const Libpq *libOf(const RecordRef &Ref) {
  return static_cast<const Libpq *>(Ref.R->Lib.load(std::memory_order_relaxed));
}

/// The stack of a call that makes, ends or misuses something.
Stack *stackOf(const void *Caller);

/// Has it reported when `Conn`, which has no record, was finished a moment ago.
void checkFinished(Key Conn, Api With, const Libpq *Through, const void *Caller);
/// Has it reported that a connection is used that is the parent's, as long as there is a parent.
void checkInherited(const RecordRef &Ref, Api With, const void *Caller);

const Libpq *routeUnknown(RecordRef &Ref, const void *Caller);
/// The libpq for a call on the connection: the one that made it, or for one that we do not know the caller's.
/// A connection whose libpq is gone becomes an unknown one.
inline const Libpq *route(RecordRef &Ref, const void *Caller) {
  if (Ref.found()) [[likely]] {
    const Libpq *Made = libOf(Ref);
    if (!Made->Gone.load(std::memory_order_relaxed)) [[likely]]
      return Made;
  }
  return routeUnknown(Ref, Caller);
}

/// The libpq of a connection that is at work, of which a look says nothing new; else null.
inline const Libpq *atWork(const PGconn *Conn) {
  RecordRef Ref = findRecord(Conn);
  if (!Ref.found() || !isActive(Ref.state().state()) || Ref.has(Inherited))
    return nullptr;
  const Libpq *Made = libOf(Ref);
  return Made->Gone.load(std::memory_order_relaxed) ? nullptr : Made;
}

/// Common to all spans: the real call.
class Span {
public:
  Span(const Span &) = delete;
  Span &operator=(const Span &) = delete;

  /// Calls the real function; in a libpq that lacks it, fails as libpq does.
  template<typename Function, typename... Args> auto call(Function Libpq::*Member, Args &&...Arguments) {
    using Result = std::invoke_result_t<Function, Args...>;
    Function Real = Through ? Through->*Member : nullptr;
    if constexpr (std::is_void_v<Result>) {
      if (Real)
        Real(std::forward<Args>(Arguments)...);
    } else {
      return Real ? Real(std::forward<Args>(Arguments)...) : Result{};
    }
  }

protected:
  Span() = default;
  const Libpq *Through = nullptr;
};

/// A call that makes a connection.
class AcquireSpan : public Span {
public:
  AcquireSpan(Api With, const void *Caller);
  ~AcquireSpan();
  /// Records what the call returned, and returns it. A blocking connect is over by now, well or badly.
  PGconn *connected(PGconn *Conn) { return record(Conn, State::Idle); }
  PGconn *started(PGconn *Conn) { return record(Conn, State::Connecting); }
  /// The connection by which a query of `Of` may be cancelled.
  PGcancelConn *created(PGcancelConn *Conn, const PGconn *Of);

private:
  /// `Good` is the state of a connection that has not failed.
  PGconn *record(PGconn *Conn, State Good);
  Api With;
  const void *Caller;
  bool Entered = false;
  bool Recording = false;
};

/// What libpq calls on its own behalf is part of the program's call, unless it is all that is seen of that.
enum class InnerCalls : uint8_t { AreNone, Count };

/// A call on a connection.
class UseSpan : public Span {
public:
  UseSpan(PGconn *On, Api With, Effect How, const void *Caller, InnerCalls Inner = InnerCalls::AreNone)
      : Conn(On), Ref(findRecord(On)), E(How) {
    Through = route(Ref, Caller);
    if (!Ref.found()) {
      checkFinished(Conn, With, Through, Caller);
      return;
    }
    if (Ref.has(Inherited))
      checkInherited(Ref, With, Caller);
    if ((Inner == InnerCalls::AreNone && Through->holds(Caller)) ||
        (How == Effect::Looks && Ref.state().state() != State::Idle))
      Ref = {};
    else
      beginUse(Ref, With, How, Caller, this);
  }
  ~UseSpan() {
    // Gone when the call itself ended the connection.
    if (Ref)
      end();
  }
  /// After a call that only sends; returns its result. When it has, the query is in flight until a later
  /// call.
  int sent(int Ok) {
    if (Ok)
      Ref = {};
    return Ok;
  }
  /// After a call that only looks; returns its result. Its failure is the loss of the connection.
  int looked(int Ok) {
    if (!Ok) {
      Ref = findRecord(Conn);
      E = Effect::Advances;
    }
    return Ok;
  }

private:
  void end();
  PGconn *Conn;
  RecordRef Ref;
  Effect E;
};

/// A call that takes a connecting connection a step further, or connects it again.
class ConnectingSpan : public Span {
public:
  ConnectingSpan(PGconn *Conn, Api With, const void *Caller);
  ConnectingSpan(PGcancelConn *Conn, Api With, const void *Caller);
  /// After a step of a non-blocking connect; returns its result.
  PostgresPollingStatusType polled(PostgresPollingStatusType Status);
  /// After the start of a non-blocking reset; returns its result.
  int begun(int Ok);
  /// After a blocking reset.
  void settled();
  /// After a blocking cancel; returns its result.
  int cancelled(int Ok);

private:
  void begin(Key Of, Api With);
  void became(State Now);
  void countReset();
  PGconn *Conn; // null of a PGcancelConn, which may not be asked what a PGconn may
  RecordRef Ref;
  /// libpq takes the first step of a connect that was begun past us.
  bool Hidden = false;
  const void *Caller;
};

/// The call that ends a connection.
class ReleaseSpan : public Span {
public:
  ReleaseSpan(Key Conn, Api With, const void *Caller);
};

/// Reads what may be told of a connection into its record.
void readIdentity(const RecordRef &Ref, const Libpq &Lib, PGconn *Conn);
/// Tells the watcher when the server had no room for the connection that failed.
void noteFailure(const Libpq &Lib, PGconn *Conn);
/// The end of a connection or lease; a connection that was checked out takes its lease with it. `At` is where
/// it was finished, if that is known.
void forget(Key Of, Stack *At);

/// Flags of what is acquired on this thread now.
inline uint64_t ignoredFlag() {
  return acquisitionsIgnored() ? uint64_t(Ignored) : 0;
}

/// A lease `Of` a pool begins, or ends; see connsan.h. `Conn` may be null.
void checkOut(const void *Of, const PGconn *Conn, const char *Pool, Api With, const void *Caller);
void checkIn(const void *Of);
/// The connection is a pool's.
void setPool(const PGconn *Conn, const char *Pool);

/// Has libpq tell us of the end and the reset of the connection. That is for programs that call past us:
/// libpq copies its event procedures into every result, which is too dear for all.
void listen(const RecordRef &Ref, const Libpq &Lib, PGconn *Conn);

} // namespace connsan::runtime
