#include "Words.h"

#include "report/Escape.h"
#include "stack/ScriptFrames.h"

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace connsan::report {

using runtime::escapeText;
using runtime::textValue;

namespace {

template<typename... Values> std::string format(const char *Form, Values... V) {
  char Buffer[64];
  std::snprintf(Buffer, sizeof Buffer, Form, V...);
  return Buffer;
}

bool isStartup(const std::string &Function) {
  constexpr const char *Names[] = {"__libc_start_call_main",
                                   "__libc_start_main",
                                   "__libc_start_main_impl",
                                   "_start",
                                   "start_thread",
                                   "clone",
                                   "clone3",
                                   "__clone3"};
  return std::find(std::begin(Names), std::end(Names), Function) != std::end(Names);
}

/// Without parameters, as the runtime names calls.
bool isCall(const Name &N, const std::string &Call) {
  return N.Function == Call || N.Function.starts_with(Call + "(");
}

} // namespace

std::string duration(int64_t Milliseconds) {
  constexpr double Second = 1000, Minute = 60 * Second, Hour = 60 * Minute, Day = 24 * Hour;
  auto Time = static_cast<double>(std::max(Milliseconds, int64_t(0)));
  if (Time < 2 * Minute)
    return format("%.1f s", Time / Second);
  if (Time < 2 * Hour)
    return format("%.1f min", Time / Minute);
  return Time < 2 * Day ? format("%.1f h", Time / Hour) : format("%.1f d", Time / Day);
}

std::string moment(int64_t Milliseconds) {
  if (!Milliseconds)
    return "-";
  time_t Seconds = Milliseconds / 1000;
  tm Parts{};
  gmtime_r(&Seconds, &Parts);
  char Buffer[64];
  size_t Length = std::strftime(Buffer, sizeof Buffer, "%Y-%m-%d %H:%M:%S UTC", &Parts);
  return {Buffer, Length};
}

std::string counted(uint64_t Count, const std::string &What) {
  if (Count == 1)
    return "1 " + What;
  bool Es = What.ends_with("s");
  return std::to_string(Count) + " " + What + (Es ? "es" : "s");
}

std::vector<std::string> frameLines(const Report &R, const Frame &F) {
  std::vector<std::string> Result;
  std::string Place;
  if (F.In != None) {
    const std::string &Path = R.Modules[F.In].Path;
    Place = escapeText(Path.substr(Path.rfind('/') + 1)) + "+";
  }
  Place += format("0x%llx", static_cast<unsigned long long>(F.Offset));
  for (const Name &N : F.Names) {
    std::string Line = escapeText(N.Function);
    if (!Line.empty())
      Line += ' ';
    Result.push_back(Line + (N.File.empty() ? Place : escapeText(N.File) + ":" + std::to_string(N.Line)));
  }
  if (Result.empty())
    Result.push_back(Place);
  return Result;
}

namespace {

struct StackLine {
  std::string Text;
  bool IsNamed;
  const char *Interpreted; // language whose interpreter the frame is of, or null
};

const char *interpreterOf(const Report &R, const Frame &F) {
  if (F.In == None)
    return nullptr;
  const std::string &Path = R.Modules[F.In].Path;
  return runtime::interpreterOf(Path.substr(Path.rfind('/') + 1));
}

std::vector<StackLine> linesOf(const Report &R, Index Stack, const std::string &Call) {
  std::vector<StackLine> Result;
  if (Stack == None)
    return Result;
  for (Index I : R.Stacks[Stack]) {
    const Frame &F = R.Frames[I];
    if (!F.Names.empty() && isStartup(F.Names.back().Function))
      break;
    std::vector<std::string> Lines = frameLines(R, F);
    for (size_t N = 0; N < Lines.size(); ++N)
      // An inline function of a header can stand for the call.
      if (F.Names.empty() || !isCall(F.Names[N], Call))
        Result.push_back({std::move(Lines[N]), !F.Names.empty(), interpreterOf(R, F)});
    if (!F.Names.empty() && F.Names.back().Function == "main" && F.Language.empty())
      break;
  }
  return Result;
}

/// Leaves only those that `IsWanted`, unless there are none.
template<typename Filter> void keepIfAny(std::vector<StackLine> &Lines, Filter IsWanted) {
  if (std::any_of(Lines.begin(), Lines.end(), IsWanted))
    std::erase_if(Lines, [&](const StackLine &Line) { return !IsWanted(Line); });
}

} // namespace

std::vector<std::string> stackLines(const Report &R, Index Stack, const std::string &Call) {
  std::vector<std::string> Result;
  for (StackLine &Line : linesOf(R, Stack, Call))
    Result.push_back(std::move(Line.Text));
  return Result;
}

std::string stackInShort(const Report &R, Index Stack, const std::string &Call) {
  std::vector<StackLine> Lines = linesOf(R, Stack, Call);
  // Places that share a helper differ in its caller.
  constexpr size_t Most = 2;
  // What an interpreter does is the same for all of its scripts.
  auto Interpreter =
      std::find_if(Lines.begin(), Lines.end(), [](const StackLine &Line) { return Line.Interpreted; });
  std::string Language = Interpreter == Lines.end() ? "" : std::string(" (") + Interpreter->Interpreted + ")";
  keepIfAny(Lines, [](const StackLine &Line) { return !Line.Interpreted; });
  keepIfAny(Lines, [](const StackLine &Line) { return Line.IsNamed; });
  std::string Result;
  for (size_t I = 0; I < std::min(Most, Lines.size()); ++I)
    Result += (I ? " < " : "") + Lines[I].Text;
  return (Result.empty() ? escapeText(Call) : Result) + Language;
}

std::string identityText(const Report &R, const Connection &C) {
  std::string Result;
  auto Add = [&Result](const char *Key, const std::string &Value) {
    if (!Value.empty())
      Result += (Result.empty() ? "" : " ") + std::string(Key) + "=" + textValue(Value);
  };
  if (C.Who != None) {
    const Identity &I = R.Identities[C.Who];
    Add("db", I.Database);
    Add("user", I.User);
    Add("host", I.Host);
    Add("port", I.Port);
  }
  if (C.LocalPort)
    Add("local_port", std::to_string(C.LocalPort));
  if (C.BackendPid)
    Add("backend_pid", std::to_string(C.BackendPid));
  if (C.Who != None)
    Add("application_name", R.Identities[C.Who].ApplicationName);
  Add("pool", C.Pool);
  return Result;
}

std::string doing(const Connection &C, int64_t Now) {
  if (C.State.empty())
    return {};
  if (C.State == "failed")
    return "failed to connect";
  if (C.State == "idle" && !C.LastUse.At)
    return "never used";
  std::string Words = C.State;
  if (Words == "active")
    Words = "query in flight";
  else if (Words == "active_in_transaction")
    Words = "query in flight in a transaction";
  else if (Words == "idle_in_failed_transaction")
    Words = "idle in a failed transaction";
  std::replace(Words.begin(), Words.end(), '_', ' ');
  return escapeText(Words) + (C.Since ? " " + duration(Now - C.Since) : "");
}

} // namespace connsan::report
