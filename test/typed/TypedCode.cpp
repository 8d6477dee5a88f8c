// connsan-typed-code: what the checks do while a source is being typed. Each source is cut, and damaged in
// other ways, again and again; every such mutant is parsed as an editor would and checked. What has to hold:
//
// 1. Nothing crashes, and none takes longer than --seconds.
// 2. No finding vanishes when the code is completed: where a source was cut, or a statement was begun in it,
//    and it does not compile, every finding of high confidence is one of the whole source as well: of the
//    same kind, in the same function, for what was acquired at the same place.
//
//    What was begun in the definition of a macro is left out: what it takes away cannot be seen where the
//    macro is used.
//
// The other mutants (what is missing, twice or misnamed) are completed in no one way; of them 1 has to hold.
#include "Editor.h"
#include "Mutation.h"

#include "analysis/CpuTime.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Signals.h"

#include <map>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/common_interface_defs.h>
#endif

using namespace connsan;
using namespace connsan::typed;
namespace cl = llvm::cl;

namespace {

cl::OptionCategory Category("Options of connsan-typed-code");
cl::list<std::string> Sources(cl::Positional, cl::desc("SOURCE..."), cl::OneOrMore, cl::cat(Category));
cl::opt<unsigned> Mutants("mutants", cl::desc("So many mutants of all sources together"), cl::init(2000),
                          cl::cat(Category));
cl::opt<unsigned> Seed("seed", cl::desc("Other mutants for other numbers"), cl::init(1), cl::cat(Category));
cl::opt<double> Most("seconds", cl::desc("Of the CPU, for one mutant"), cl::init(5), cl::cat(Category));
cl::opt<std::string> Only("only", cl::desc("This mutant alone"), cl::value_desc("FILE:NUMBER"),
                          cl::cat(Category));
cl::opt<bool> Print("print", cl::desc("Print what is checked"), cl::cat(Category));
cl::list<std::string> Arguments("arg", cl::desc("An argument for the compiler"), cl::cat(Category));

/// How to see the present mutant again; kept where a signal handler can print it.
std::string Reproduction;
const char *Program = "";

void printReproduction() {
  llvm::errs() << "to reproduce: " << Reproduction << '\n';
}

void describe(const std::string &Path, unsigned Number) {
  Reproduction = std::string(Program) + " --seed=" + std::to_string(Seed) + " --only=" + Path + ":" +
                 std::to_string(Number) + " --print";
  for (const std::string &Argument : Arguments)
    Reproduction += " --arg=" + Argument;
  Reproduction += " " + Path;
}

llvm::StringRef nameOf(FindingKind Kind) {
  return isLeak(Kind) ? "leak" : "wrong use or release";
}

/// Findings that the whole source does not have.
std::vector<FindingKey> vanishing(const Checked &Damaged, const Checked &Whole, const Mutant &M) {
  std::vector<FindingKey> Gone;
  for (FindingKey P : Damaged.Findings) {
    P.Acquired = M.originOf(P.Acquired);
    if (!Whole.Findings.contains(P) && !Whole.Doubtful.contains(P))
      Gone.push_back(P);
  }
  return Gone;
}

/// One source with all of its mutants.
class Run {
public:
  Run(const std::string &Path, llvm::StringRef Text)
      : Path(Path), Text(Text), IsCxx(llvm::sys::path::extension(Path) == ".cpp"),
        Open(Path, {Arguments.begin(), Arguments.end()}) {
    describe(Path, 0);
    if (Open.isOpen())
      Whole = Open.check(Text);
  }
  bool isOpen() const { return Open.isOpen(); }
  /// Whether what has to hold did.
  bool check(unsigned Number);

private:
  std::string Path;
  std::string Text;
  bool IsCxx;
  Editor Open;
  Checked Whole;
};

bool Run::check(unsigned Number) {
  describe(Path, Number);
  std::seed_seq Seeds{unsigned(Seed), Number, unsigned(Text.size())};
  std::mt19937 Random(Seeds);
  Mutant M = mutate(Text, IsCxx, Random);
  if (Print)
    llvm::outs() << "// " << M.What << '\n' << M.Text << '\n';
  llvm::outs().flush();
  std::chrono::nanoseconds Start = cpuTime();
  Checked Result = Open.check(M.Text);
  double Took = std::chrono::duration<double>(cpuTime() - Start).count();
  bool Holds = Took <= Most;
  if (!Holds)
    llvm::errs() << Path << ": " << M.What << ": took " << Took << " s of CPU time\n";
  if ((M.IsPrefix || M.IsUnfinished) && Result.HasErrors && !Whole.HasErrors)
    for (const FindingKey &P : vanishing(Result, Whole, M)) {
      Holds = false;
      llvm::errs() << Path << ": " << M.What << ": a finding (" << nameOf(P.Kind) << ") in '" << P.Function
                   << "' for what line " << 1 + llvm::StringRef(Text).take_front(P.Acquired).count('\n')
                   << " acquires vanishes when the code is completed\n";
    }
  if (!Holds)
    printReproduction();
  return Holds;
}

} // namespace

int main(int argc, const char **argv) {
  Program = argv[0];
  llvm::sys::PrintStackTraceOnErrorSignal(argv[0]);
  llvm::sys::AddSignalHandler([](void *) { printReproduction(); }, nullptr);
#ifdef __SANITIZE_ADDRESS__
  __sanitizer_set_death_callback(printReproduction);
#endif
  cl::HideUnrelatedOptions(Category);
  cl::ParseCommandLineOptions(argc, argv, "Checks sources as they are while somebody types\n");

  std::size_t Size = 0;
  std::map<std::string, std::string> Texts;
  for (const std::string &Path : Sources) {
    auto Buffer = llvm::MemoryBuffer::getFile(Path);
    if (!Buffer) {
      llvm::errs() << "connsan-typed-code: " << Path << ": " << Buffer.getError().message() << '\n';
      return 2;
    }
    Size += (Texts[Path] = (*Buffer)->getBuffer().str()).size();
  }
  auto [OnlyPath, OnlyNumber] = llvm::StringRef(Only).rsplit(':');
  unsigned Done = 0;
  unsigned Failed = 0;
  for (const auto &[Path, Text] : Texts) {
    if (!Only.empty() && Path != OnlyPath)
      continue;
    Run Here(Path, Text);
    if (!Here.isOpen()) {
      llvm::errs() << "connsan-typed-code: " << Path << ": cannot be parsed\n";
      return 2;
    }
    // Long sources have more mutants.
    unsigned Count = 1 + (std::uint64_t(Mutants) * Text.size()) / Size;
    unsigned First = 1;
    if (!Only.empty()) {
      if (OnlyNumber.getAsInteger(10, First))
        return 2;
      Count = 1;
    }
    for (unsigned I = 0; I < Count; ++I, ++Done)
      Failed += !Here.check(First + I);
  }
  llvm::outs() << Done << " mutants, " << Failed << " failed\n";
  return Failed == 0 && Done > 0 ? 0 : 1;
}
