#pragma once

#include "Report.h"

#include <map>
#include <string_view>
#include <unordered_map>

namespace connsan::report {

/// Fills the tables of a report from several files. What is the same in two of them becomes one entry.
class Builder {
public:
  explicit Builder(Report &R) : R(R) {}

  Index module(Module M);
  /// The frame at an address; names are added to one that had none.
  Index frame(Index In, uint64_t Offset, const std::vector<Name> &Names = {});
  Index scriptFrame(const std::string &Language, const Name &N);
  Index stack(const Stack &S);
  Index identity(const Identity &I);

  /// The process that began at `Started` under this number on this host.
  Index process(const std::string &Host, int Pid, int64_t Started);
  /// The connection or lease of this number, which is new when it is told for the first time.
  Connection &connection(Index Process, uint64_t Id);
  bool knows(Index Process, uint64_t Id) const { return Connections.contains({Process, Id}); }

  /// What was acquired at one place in one way.
  Site &site(Index Where, const std::string &Call, bool IsLease);
  Index siteIndex(Index Where, const std::string &Call, bool IsLease);

  /// What of a file could not be read, in a line each.
  void tellDamage(const std::string &File, bool CutOff, unsigned Lines);

  Report &R;

private:
  std::map<std::string, Index> Modules;
  std::map<std::pair<Index, uint64_t>, Index> Frames;
  std::map<std::string, Index> ScriptFrames;
  std::map<Stack, Index> Stacks;
  std::map<std::string, Index> Identities;
  std::map<std::tuple<std::string, int, int64_t>, Index> Processes;
  std::map<std::pair<Index, uint64_t>, Index> Connections;
  std::map<std::tuple<Index, std::string, bool>, Index> Sites;
};

} // namespace connsan::report
