#include "WriteText.h"

#include "Words.h"

#include "report/Escape.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>

namespace connsan::report {

using runtime::escapeText;

namespace {

enum class Paint : uint8_t { Plain, Bold, Bad, Faint };

class TextWriter {
public:
  TextWriter(std::ostream &Out, const Report &R, const TextOptions &Options)
      : Out(Out), R(R), Options(Options), OfSite(R.Sites.size()) {
    for (Index I = 0; I < R.Connections.size(); ++I)
      if (const Connection &C = R.Connections[I]; C.Site != None && (C.Open || !C.Leaked.empty()))
        OfSite[C.Site].push_back(I);
    // The longest held first.
    for (auto &List : OfSite)
      std::stable_sort(List.begin(), List.end(), [&R](Index A, Index B) {
        return R.Connections[A].HeldFor > R.Connections[B].HeldFor;
      });
  }

  void write() {
    headline();
    table();
    for (Index I = 0; I < R.Sites.size(); ++I)
      if (isShown(R.Sites[I]))
        site(I);
    events();
  }

private:
  void line(const std::string &Text) { Out << Text << '\n'; }
  std::string painted(const std::string &Text, Paint With) const;
  bool isShown(const Site &S) const { return isTold(S) || Options.AllSites; }
  int64_t lastWord(const Process &P) const { return P.End == Ending::Running ? R.Created : P.LastSeen; }
  std::string nameOf(const Process &P) const;
  void headline();
  void table();
  void site(Index Number);
  void connection(const Connection &C, const Connection *Before);
  void stack(Index Where, const std::string &Call, const std::string &Indent);
  void serverHint(const std::vector<Index> &List);
  void events();

  std::ostream &Out;
  const Report &R;
  const TextOptions &Options;
  std::vector<std::vector<Index>> OfSite;
};

std::string TextWriter::painted(const std::string &Text, Paint With) const {
  constexpr std::array Codes = {"", "\033[1m", "\033[1;31m", "\033[2m"};
  if (!Options.Color || With == Paint::Plain)
    return Text;
  return Codes[static_cast<unsigned>(With)] + Text + "\033[0m";
}

std::string TextWriter::nameOf(const Process &P) const {
  std::string Result = "process " + std::to_string(P.Pid);
  if (!P.Program.empty())
    Result += " " + escapeText(P.Program);
  if (!P.Host.empty())
    Result += " on " + escapeText(P.Host);
  switch (P.End) {
  case Ending::Running:
    return Result + ", running";
  case Ending::Ended:
    return Result + ", ended at " + moment(P.LastSeen);
  case Ending::Gone:
    return Result + ", gone without last words, last seen at " + moment(P.LastSeen);
  case Ending::Unknown:
    break;
  }
  return Result + ", last heard of at " + moment(P.LastSeen);
}

void TextWriter::headline() {
  unsigned Open = 0, Held = 0, Leaked = 0, Leases = 0;
  for (const Connection &C : R.Connections) {
    (C.IsLease ? Leases : Open) += C.Open;
    Held += C.Open && C.Held;
    Leaked += !C.Leaked.empty();
  }
  std::map<Ending, unsigned> Endings;
  for (const Process &P : R.Processes)
    ++Endings[P.End];
  std::string Processes;
  auto Add = [&](Ending E, const char *Words) {
    if (unsigned Count = Endings[E])
      Processes += (Processes.empty() ? "" : ", ") + std::to_string(Count) + " " + Words;
  };
  Add(Ending::Running, "running");
  Add(Ending::Ended, "ended");
  Add(Ending::Gone, "gone without last words");
  Add(Ending::Unknown, "known by a log alone");
  std::string Counts = counted(Open, "connection") + " open";
  if (Leases)
    Counts += ", " + counted(Leases, "lease") + " out";
  if (Held)
    Counts += ", " + painted(std::to_string(Held) + " held too long", Paint::Bad);
  if (Leaked)
    Counts += ", " + painted(std::to_string(Leaked) + " leaked", Paint::Bad);
  line(Options.Title + painted(counted(R.Processes.size(), "process"), Paint::Bold) +
       (Processes.empty() ? "" : " (" + Processes + ")") + ": " + Counts);
}

void TextWriter::table() {
  unsigned Quiet = 0, Shown = 0;
  for (const Site &S : R.Sites)
    ++(isShown(S) ? Shown : Quiet);
  if (Shown) {
    line("");
    line(painted("  site   open   held leaked  acquired  released    longest processes  taken at",
                 Paint::Faint));
  }
  for (Index I = 0; I < R.Sites.size(); ++I) {
    const Site &S = R.Sites[I];
    if (!isShown(S))
      continue;
    char Row[160];
    std::snprintf(Row, sizeof Row, "%6u %6u %6u %6u %9llu %9llu %10s %9zu  ", I + 1, S.Open, S.Held, S.Leaked,
                  static_cast<unsigned long long>(S.Acquired), static_cast<unsigned long long>(S.Released),
                  duration(S.Longest).c_str(), S.Processes.size());
    bool Bad = S.Held || S.Leaked;
    line(painted(Row, Bad ? Paint::Bad : Paint::Plain) + stackInShort(R, S.Where, S.Call) +
         (S.IsLease ? " (lease)" : "") + (S.IsPool ? " (pool)" : ""));
  }
  if (Quiet)
    line("       " + counted(Quiet, "site") + " with nothing open" + (Shown ? "" : ", held or leaked") +
         (Options.Hints ? "; --all-sites lists them too" : ""));
}

void TextWriter::stack(Index Where, const std::string &Call, const std::string &Indent) {
  unsigned Number = 0;
  line(Indent + "#" + std::to_string(Number++) + " " + escapeText(Call));
  for (const std::string &Frame : stackLines(R, Where, Call))
    line(Indent + "#" + std::to_string(Number++) + " " + Frame);
}

void TextWriter::connection(const Connection &C, const Connection *Before) {
  const Process &P = R.Processes[C.Of];
  std::string Words = (C.IsLease ? "lease #" : "connection #") + std::to_string(C.Id);
  if (C.IsLease && C.Partner)
    Words += " of connection #" + std::to_string(C.Partner);
  if (C.HeldFor)
    Words += " held " + duration(C.HeldFor);
  if (std::string Doing = doing(C, lastWord(P)); !Doing.empty())
    Words += ", " + Doing;
  if (!C.Leaked.empty())
    Words += ", " + painted("leaked", Paint::Bad);
  if (C.Acquired.Thread)
    Words +=
        ", by thread " + std::to_string(C.Acquired.Thread) + (C.Acquired.Exited ? ", which has exited" : "");
  line("     " + Words);
  if (std::string Who = identityText(R, C); !Who.empty())
    line("       " + Who);
  if (!C.LastUse.At)
    return;
  std::string Used = "       last used " + duration(lastWord(P) - C.LastUse.At) +
                     (P.End == Ending::Running ? " ago by" : " before by");
  // Those of a site are mostly used from one place.
  if (Before && Before->LastUse.Where == C.LastUse.Where && Before->LastUse.Call == C.LastUse.Call)
    return line(Used + " " + escapeText(C.LastUse.Call) + ", as the one before");
  line(Used + ":");
  stack(C.LastUse.Where, C.LastUse.Call, "         ");
}

void TextWriter::serverHint(const std::vector<Index> &List) {
  std::string Pids;
  unsigned Count = 0;
  for (Index I : List)
    // Of one that has ended, the sessions have as well.
    if (const Connection &C = R.Connections[I];
        C.Open && C.BackendPid && R.Processes[C.Of].End != Ending::Ended) {
      Pids += (Count++ ? ", " : "") + std::to_string(C.BackendPid);
      // Whoever has more of them asks for one of its own.
      constexpr unsigned Most = 50;
      if (Count == Most)
        break;
    }
  if (Count)
    line("   look at " + std::string(Count == 1 ? "it" : "them") +
         " on the server: SELECT * FROM pg_stat_activity WHERE pid " +
         (Count == 1 ? "= " + Pids : "IN (" + Pids + ")") + ";");
}

void TextWriter::site(Index Number) {
  const Site &S = R.Sites[Number];
  line("");
  line(painted("site " + std::to_string(Number + 1), Paint::Bold) + ": " +
       (S.IsLease ? counted(S.Open, "lease") + " out" : counted(S.Open, "connection") + " open") +
       (S.IsPool ? " in a pool" : "") + ", seen from " + moment(S.FirstSeen) + " to " + moment(S.LastSeen));
  stack(S.Where, S.Call, "     ");
  unsigned Listed = 0;
  const Connection *Before = nullptr;
  // By process, the one with the longest hold first.
  std::vector<Index> Order;
  std::map<Index, std::vector<Index>> ByProcess;
  for (Index I : OfSite[Number]) {
    auto &List = ByProcess[R.Connections[I].Of];
    if (List.empty())
      Order.push_back(R.Connections[I].Of);
    List.push_back(I);
  }
  for (Index P : Order)
    for (Index I : ByProcess[P]) {
      if (Options.Connections && Listed == Options.Connections)
        continue;
      if (!Before || Before->Of != P)
        line("   " + nameOf(R.Processes[P]));
      connection(R.Connections[I], Before);
      Before = &R.Connections[I];
      ++Listed;
    }
  if (size_t More = OfSite[Number].size() - Listed)
    line("     and " + std::to_string(More) + " more" +
         (Options.Hints ? " (--connections=0 lists all)" : ""));
  serverHint(OfSite[Number]);
}

void TextWriter::events() {
  // Those that say where something is wrong; the others are in the log and in the other formats.
  for (const Event &E : R.Events) {
    if (E.Acts.empty())
      continue;
    std::string Kind = E.Kind;
    std::replace(Kind.begin(), Kind.end(), '_', ' ');
    line("");
    line(painted(escapeText(Kind), Paint::Bad) + " of connection #" + std::to_string(E.Connection) + " at " +
         moment(E.At));
    line("   " + nameOf(R.Processes[E.Of]));
    for (const auto &[Part, Done] : E.Acts) {
      line("   " + (Part == "here" ? std::string("done") : Part) + " by thread " +
           std::to_string(Done.Thread) + " at:");
      stack(Done.Where, Done.Call, "     ");
    }
  }
}

} // namespace

bool isTold(const Site &S) {
  return S.Open || S.Held || S.Leaked;
}

void writeText(std::ostream &Out, const Report &R, const TextOptions &Options) {
  TextWriter(Out, R, Options).write();
}

} // namespace connsan::report
