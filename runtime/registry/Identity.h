#pragma once

#include <mutex>
#include <string>

namespace connsan::runtime {

/// What tells a connection to a reader: never more than this, and nothing of a conninfo.
struct Identity {
  std::string Database, User, Host, Port, ApplicationName;
  bool operator==(const Identity &) const = default;
};

/// The one copy of `I`, kept forever. The number of distinct ones is bounded: past it the application name,
/// which a program may make up by the thousand, is dropped first.
const Identity *internIdentity(Identity I);

/// The one copy of the name of a pool; null when there are too many.
const std::string *internPool(std::string Name);

/// For fork only.
std::mutex &identityMutex();

} // namespace connsan::runtime
