#include "report/Describe.h"

#include "options/Current.h"
#include "report/Words.h"
#include "stack/ScriptFrames.h"
#include "stack/Symbolizer.h"

#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

namespace connsan::runtime {

namespace {

constexpr const char *Indent = "    ";

std::string hex(uintptr_t Value) {
  char Buffer[32];
  std::snprintf(Buffer, sizeof Buffer, "0x%zx", static_cast<size_t>(Value));
  return Buffer;
}

std::string frameText(const Frame &F) {
  std::string Result = escapeText(F.Function);
  if (!Result.empty())
    Result += ' ';
  if (!F.File.empty() && F.Line)
    return Result + escapeText(F.File) + ":" + std::to_string(F.Line);
  return Result + escapeText(F.In.name()) + "+" + hex(F.Offset);
}

std::string frameJson(const Frame &F) {
  JsonObject Item;
  if (!F.Function.empty())
    Item.text("function", F.Function);
  if (!F.File.empty() && F.Line)
    Item.text("file", F.File).number("line", F.Line);
  Item.text("module", F.In.Path).text("offset", hex(F.Offset));
  if (!F.In.BuildId.empty())
    Item.text("build_id", F.In.BuildId);
  if (F.Inlined)
    Item.flag("inlined", true);
  return Item.str();
}

/// The lines of a stack, numbered as they come.
class Lines {
public:
  void add(const std::string &Frame) { Text += Indent + ("#" + std::to_string(Next++)) + ' ' + Frame + '\n'; }
  void remark(const std::string &Words) { Text += Indent + Words + '\n'; }
  std::string Text;

private:
  unsigned Next = 0;
};

/// One line of a small file of /proc.
std::string readLine(const std::string &Path) {
  int File = open(Path.c_str(), O_RDONLY | O_CLOEXEC);
  if (File < 0)
    return {};
  char Buffer[64];
  ssize_t Length = read(File, Buffer, sizeof Buffer);
  close(File);
  std::string Result(Buffer, Length > 0 ? static_cast<size_t>(Length) : 0);
  return Result.substr(0, Result.find('\n'));
}

std::string commandOf(int Thread) {
  return readLine("/proc/self/task/" + std::to_string(Thread) + "/comm");
}

std::string identityText(const Snapshot &S) {
  std::string Result;
  auto Add = [&Result](const char *Key, const std::string &Value) {
    if (!Value.empty())
      Result += (Result.empty() ? "" : " ") + std::string(Key) + "=" + textValue(Value);
  };
  if (S.Who) {
    Add("db", S.Who->Database);
    Add("user", S.Who->User);
    Add("host", S.Who->Host);
    Add("port", S.Who->Port);
  }
  if (S.LocalPort)
    Add("local_port", std::to_string(S.LocalPort));
  if (S.BackendPid)
    Add("backend_pid", std::to_string(S.BackendPid));
  if (S.Who)
    Add("application_name", S.Who->ApplicationName);
  return Result;
}

void identityJson(JsonObject &Out, const Snapshot &S) {
  if (S.Who)
    Out.text("db", S.Who->Database)
        .text("user", S.Who->User)
        .text("host", S.Who->Host)
        .text("port", S.Who->Port)
        .text("application_name", S.Who->ApplicationName);
  if (S.LocalPort)
    Out.number("local_port", S.LocalPort);
  if (S.BackendPid)
    Out.number("backend_pid", S.BackendPid);
}

/// Who took a connection or a lease, and where.
void describeAcquisition(const Snapshot &S, const char *Words, const char *Name, std::string &Text,
                         JsonObject &Json, JsonObject Acquired = {}) {
  NamedStack At = nameStack(S.AcquiredAt, S.AcquiredWith, S.Lib);
  bool Exited = hasExited(S.AcquiredBy);
  Text += std::string("  ") + Words + ' ' + byThread(S.AcquiredBy) + (Exited ? ", which has exited," : "") +
          " at:\n" + At.Text;
  Acquired.number("thread", S.AcquiredBy);
  if (Exited)
    Acquired.flag("thread_exited", true);
  Json.raw(Name, Acquired.text("call", nameOf(S.AcquiredWith)).raw("frames", At.Json).str());
}

void describeConnection(const Snapshot &S, std::string &Text, JsonObject &Json) {
  identityJson(Json, S);
  if (S.Resets)
    Json.number("resets", S.Resets);
  Json.number("uses", S.Uses);
  if (std::string Line = identityText(S); !Line.empty())
    Text += "  " + Line + '\n';
}

void describeLastUse(const Snapshot &S, int64_t Now, std::string &Text, JsonObject &Json) {
  if (!S.LastUse)
    return;
  NamedStack Last = nameStack(S.LastAt, S.LastWith, S.Lib);
  Text += "  last used " + seconds(Now - S.LastUse) + " ago by " + nameOf(S.LastWith) + " at:\n" + Last.Text;
  Json.raw("last_used", JsonObject()
                            .number("ago_ms", milliseconds(Now - S.LastUse))
                            .number("thread", S.LastBy)
                            .text("call", nameOf(S.LastWith))
                            .raw("frames", Last.Json)
                            .str());
}

} // namespace

NamedStack nameStack(const Stack *At, Api Call, const Library *Lib) {
  NamedStack Result;
  Result.Json = "[]";
  if (!At)
    return Result;
  Lines Text;
  Text.add(nameOf(Call) + (Lib ? ' ' + escapeText(Lib->Name) : std::string()));
  const char *Interpreter = nullptr;
  std::vector<std::string> Items;
  for (const Frame &F : symbolize(At->frames(), At->Depth, options().Symbolize)) {
    Items.push_back(frameJson(F));
    // What calls main is the same in every program, and the header's inline function is the call itself.
    if (!F.Startup && F.Function != nameOf(Call))
      Text.add(frameText(F));
    if (const char *Language = interpreterOf(F.In.name()))
      Interpreter = Language;
  }
  // The stack ends where the interpreter begins, whose frames stand for these.
  for (const ScriptFrame &F : scriptFrames(At->Script)) {
    Text.add(escapeText(F.Function) + ' ' + escapeText(F.File) + ":" + std::to_string(F.Line));
    Items.push_back(JsonObject()
                        .text("function", F.Function)
                        .text("file", F.File)
                        .number("line", F.Line)
                        .text("language", "Python")
                        .str());
  }
  if (Interpreter && !At->Script)
    Text.remark(std::string("(frames of ") + Interpreter + " are the interpreter's, not the script's)");
  Result.Text = std::move(Text.Text);
  Result.Json = jsonArray(Items);
  return Result;
}

std::string byThread(int Thread) {
  std::string Result = "by thread " + std::to_string(Thread);
  std::string Name = commandOf(Thread);
  if (!Name.empty() && Name != commandOf(getpid()))
    Result += " (" + escapeText(Name) + ")";
  return Result;
}

bool hasExited(int Thread) {
  std::string Directory = "/proc/self/task/";
  return access(Directory.c_str(), F_OK) == 0 &&
         access((Directory + std::to_string(Thread)).c_str(), F_OK) != 0;
}

void describe(const Snapshot &S, int64_t Now, std::string &Text, JsonObject &Json) {
  Json.number(S.Flags & Lease ? "lease" : "connection", S.Id)
      .number("held_ms", milliseconds(Now - S.Acquired));
  if (S.Pool)
    Json.text("pool", *S.Pool);
  Snapshot Partner;
  bool HasPartner = S.Partner && takeSnapshotOf(S.Partner, Partner);
  const Snapshot *Connection = !(S.Flags & Lease) ? &S : HasPartner ? &Partner : nullptr;
  if (Connection) {
    Json.text("state", nameOf(Connection->Word.state()))
        .number("state_ms", milliseconds(Now - Connection->Word.since()));
    describeConnection(*Connection, Text, Json);
  }
  if (S.Flags & Lease) {
    if (Connection)
      Json.number("connection", Connection->Id);
    describeAcquisition(S, "checked out", "acquired", Text, Json);
  } else {
    describeAcquisition(S, "acquired", "acquired", Text, Json);
    if (HasPartner)
      describeAcquisition(Partner, "checked out", "checked_out", Text, Json,
                          JsonObject().number("lease", Partner.Id));
  }
  if (Connection)
    describeLastUse(*Connection, Now, Text, Json);
}

std::string serverHint(const Snapshot &S) {
  Snapshot Connection;
  int Backend = S.BackendPid;
  if (S.Flags & Lease)
    Backend = S.Partner && takeSnapshotOf(S.Partner, Connection) ? Connection.BackendPid : 0;
  if (!Backend)
    return {};
  return "  look at it on the server: SELECT * FROM pg_stat_activity WHERE pid = " + std::to_string(Backend) +
         ";\n";
}

} // namespace connsan::runtime
