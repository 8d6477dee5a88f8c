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

/// A call on this thread's way into libpq, so that libpq's calls of itself are not taken for the program's.
class Nesting {
public:
  /// `Conn` is null while a connection is being made.
  Nesting(const PGconn *Conn, const void *Caller);
  ~Nesting();
  Nesting(const Nesting &) = delete;
  Nesting &operator=(const Nesting &) = delete;

  /// True when libpq calls itself on behalf of a call that we have seen already.
  bool inner() const { return Inner; }
  /// Chooses the libpq to call; from here on calls can be inner ones of this.
  void use(const Libpq *Lib);
  const Libpq *through() const { return Through; }

private:
  const PGconn *Of;
  const Libpq *Through = nullptr;
  bool Inner = false;
  bool Entered = false;
};

/// Common to all spans: the real call.
class Span {
public:
  /// Calls the real function; in a libpq that lacks it, fails as libpq does.
  template<typename Function, typename... Args> auto call(Function Libpq::*Member, Args &&...Arguments) {
    using Result = std::invoke_result_t<Function, Args...>;
    const Libpq *Lib = Nest.through();
    Function Real = Lib ? Lib->*Member : nullptr;
    if constexpr (std::is_void_v<Result>) {
      if (Real)
        Real(std::forward<Args>(Arguments)...);
    } else {
      return Real ? Real(std::forward<Args>(Arguments)...) : Result{};
    }
  }

protected:
  Span(const PGconn *Conn, const void *Caller) : Nest(Conn, Caller) {}
  Nesting Nest;
};

/// A call that makes a connection.
class AcquireSpan : public Span {
public:
  AcquireSpan(Api With, const void *Caller);
  /// Records what the call returned, and returns it. A blocking connect is over by now, well or badly.
  PGconn *connected(PGconn *Conn);
  PGconn *started(PGconn *Conn);

private:
  PGconn *record(PGconn *Conn, State Now);
  Api With;
  const void *Caller;
  bool Recording = false;
};

/// A call on a connection.
class UseSpan : public Span {
public:
  UseSpan(PGconn *Conn, Api With, Effect E, const void *Caller);
  ~UseSpan();

private:
  PGconn *Conn;
  RecordRef Ref;
  Effect E;
};

/// A call that takes a connecting connection a step further, or connects it again.
class ConnectingSpan : public Span {
public:
  ConnectingSpan(PGconn *Conn, const void *Caller);
  /// After a step of a non-blocking connect; returns its result.
  PostgresPollingStatusType polled(PostgresPollingStatusType Status);
  /// After the start of a non-blocking reset; returns its result.
  int begun(int Ok);
  /// After a blocking reset.
  void settled();

private:
  void became(State Now);
  PGconn *Conn;
  RecordRef Ref;
};

/// The call that ends a connection.
class ReleaseSpan : public Span {
public:
  ReleaseSpan(PGconn *Conn, const void *Caller);
};

/// Reads what may be told of a connection into its record.
void readIdentity(const RecordRef &Ref, const Libpq &Lib, PGconn *Conn);
/// Tells the watcher when the server had no room for the connection that failed.
void noteFailure(const Libpq &Lib, PGconn *Conn);
void forgetConnection(const PGconn *Conn);

/// Has libpq tell us of the end of the connection, also when the program calls PQfinish past us.
void listen(const Libpq &Lib, PGconn *Conn);

} // namespace connsan::runtime
