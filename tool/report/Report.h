#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

/// What the files of one or many processes tell of connections, in tables that refer to each other by index.
/// Times are milliseconds since 1970, UTC; 0 where a time is not known.
namespace connsan::report {

using Index = uint32_t;
constexpr Index None = UINT32_MAX;

/// A program or library. Two files with the same build-id are one module.
struct Module {
  std::string Path;
  std::string BuildId; // hexadecimal, or empty
  std::string Root;    // below which the path is looked up, of a process that lives in another; else empty
};

/// What an address is called: more than one where functions were inlined.
struct Name {
  std::string Function, File; // empty where not known
  unsigned Line = 0;
};

/// A return address, or a line of a script.
struct Frame {
  Index In = None;         // module; None of a script's, and of an address in no module
  uint64_t Offset = 0;     // of the return address, in the module's file as linked
  std::string Language;    // of a script; else empty
  std::vector<Name> Names; // innermost first; empty as long as nothing is known
};

/// Frames, innermost first.
using Stack = std::vector<Index>;

/// As libpq tells them; never a password or a connection string.
struct Identity {
  std::string Database, User, Host, Port, ApplicationName;
};

/// The states of a connection, as the runtime counts them.
constexpr std::array StateNames = {"connecting",
                                   "failed",
                                   "idle",
                                   "active",
                                   "idle_in_transaction",
                                   "active_in_transaction",
                                   "idle_in_failed_transaction"};

/// How many connections were in each state at one time.
struct Sample {
  int64_t At = 0;
  std::array<unsigned, StateNames.size()> Open{};
};

enum class Ending : uint8_t {
  Running,
  Ended,   // with its last words
  Gone,    // without: killed, crashed, or replaced by another program
  Unknown, // of a log alone
};

struct Process {
  int Pid = 0;
  int Parent = 0; // the process that it was forked from, or started by; 0: not known
  std::string Host, Program;
  int64_t Started = 0;       // when it first connected
  int64_t LastSeen = 0;      // when it last wrote anything
  int64_t HeldThreshold = 0; // ms; 0: off, or not known
  Ending End = Ending::Unknown;
  bool HasState = false;          // read: what is not in it is not open
  std::vector<Sample> Timeline;   // by time; empty of a log alone
  std::vector<std::string> Files; // that tell of it
};

/// Where and by whom something was done to a connection.
struct Act {
  int64_t At = 0;
  std::string Call;    // of libpq, or of the pool
  int Thread = 0;      // 0: not known
  bool Exited = false; // the thread has
  Index Where = None;  // stack
};

/// A connection, or a lease of one from a pool.
struct Connection {
  Index Of = None; // process
  uint64_t Id = 0; // in the process
  bool IsLease = false;
  Index Site = None;
  Index Who = None; // identity
  std::string Pool;
  uint64_t Partner =
      0; // number of the lease that has the connection, or of the connection that is leased; or 0

  bool Open = false;
  bool Held = false;   // was open for longer than the threshold, and not in a pool
  std::string Leaked;  // why it counts as leaked; empty when it does not
  std::string State;   // of StateNames; empty when not known
  int64_t Since = 0;   // of the state
  int64_t HeldFor = 0; // ms, until now or the process' last word
  Act Acquired, LastUse;
  unsigned Uses = 0, Resets = 0, LocalPort = 0;
  int BackendPid = 0;
};

constexpr unsigned HoldBuckets = 32;

/// What was acquired on one stack, in all processes.
struct Site {
  Index Where = None; // stack
  std::string Call;
  bool IsLease = false;
  bool IsPool = false; // its connections are used again after lying idle
  unsigned Open = 0, Held = 0, Leaked = 0;
  uint64_t Acquired = 0, Released = 0;
  int64_t Longest = 0; // ms, released or not
  int64_t FirstSeen = 0, LastSeen = 0;
  std::vector<Index> Processes;
  /// How many were released within 2^N ms, and not within 2^(N-1).
  std::array<uint64_t, HoldBuckets> Holds{};
};

/// Something that a log tells beside the connections: a misuse, a refusal, a note.
struct Event {
  int64_t At = 0;
  Index Of = None; // process
  std::string Kind;
  uint64_t Connection = 0;                       // 0: of none
  std::string Text;                              // of a note
  std::vector<std::pair<std::string, Act>> Acts; // "acquired", "finished", "here"
};

struct Report {
  int64_t Created = 0;
  std::vector<Module> Modules;
  std::vector<Frame> Frames;
  std::vector<Stack> Stacks;
  std::vector<Identity> Identities;
  std::vector<Process> Processes;
  std::vector<Connection> Connections;
  std::vector<Site> Sites;           // worst first
  std::vector<Event> Events;         // by time
  std::vector<std::string> Problems; // one line each
};

} // namespace connsan::report
