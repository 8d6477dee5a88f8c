#include "Builder.h"

#include <tuple>

namespace connsan::report {

namespace {

/// The index of `K`, for which `Item` is added when it is new.
template<typename Map, typename Key, typename Item>
Index intern(Map &Known, const Key &K, std::vector<Item> &Table, Item New) {
  auto [It, IsNew] = Known.try_emplace(K, static_cast<Index>(Table.size()));
  if (IsNew)
    Table.push_back(std::move(New));
  return It->second;
}

/// Texts in one, so that no two lists give the same.
std::string joined(std::initializer_list<std::string_view> Parts) {
  std::string Result;
  for (std::string_view Part : Parts) {
    Result += Part;
    Result += '\0';
  }
  return Result;
}

} // namespace

Index Builder::module(Module M) {
  // It becomes part of paths.
  if (M.BuildId.find_first_not_of("0123456789abcdef") != std::string::npos)
    M.BuildId.clear();
  return intern(Modules, M.BuildId.empty() ? M.Path : joined({M.BuildId}), R.Modules, M);
}

Index Builder::frame(Index In, uint64_t Offset, const std::vector<Name> &Names) {
  Frame New;
  New.In = In;
  New.Offset = Offset;
  Index Result = intern(Frames, std::pair(In, Offset), R.Frames, std::move(New));
  if (R.Frames[Result].Names.empty())
    R.Frames[Result].Names = Names;
  return Result;
}

Index Builder::scriptFrame(const std::string &Language, const Name &N) {
  Frame New;
  New.Language = Language;
  New.Names = {N};
  return intern(ScriptFrames, joined({Language, N.Function, N.File, std::to_string(N.Line)}), R.Frames,
                std::move(New));
}

Index Builder::stack(const Stack &S) {
  return intern(Stacks, S, R.Stacks, S);
}

Index Builder::identity(const Identity &I) {
  return intern(Identities, joined({I.Database, I.User, I.Host, I.Port, I.ApplicationName}), R.Identities, I);
}

Index Builder::process(const std::string &Host, int Pid, int64_t Started) {
  Process New;
  New.Pid = Pid;
  New.Host = Host;
  New.Started = Started;
  return intern(Processes, std::tuple(Host, Pid, Started), R.Processes, std::move(New));
}

Connection &Builder::connection(Index Process, uint64_t Id) {
  Connection New;
  New.Of = Process;
  New.Id = Id;
  return R.Connections[intern(Connections, std::pair(Process, Id), R.Connections, std::move(New))];
}

Index Builder::siteIndex(Index Where, const std::string &Call, bool IsLease) {
  Site New;
  New.Where = Where;
  New.Call = Call;
  New.IsLease = IsLease;
  return intern(Sites, std::tuple(Where, Call, IsLease), R.Sites, std::move(New));
}

void Builder::tellDamage(const std::string &File, bool CutOff, unsigned Lines) {
  if (CutOff)
    R.Problems.push_back(File + ": cut off at its end; what is before is reported");
  if (Lines)
    R.Problems.push_back(File + ": " + std::to_string(Lines) + (Lines == 1 ? " line is" : " lines are") +
                         " damaged; the rest is reported");
}

Site &Builder::site(Index Where, const std::string &Call, bool IsLease) {
  return R.Sites[siteIndex(Where, Call, IsLease)];
}

} // namespace connsan::report
