#include "Linker.h"

#include "StoredProgram.h"

#include "llvm/ADT/STLExtras.h"

#include <map>

namespace connsan {
namespace {

class Linker {
public:
  Linker(llvm::ArrayRef<LinkedUnit> Units, const Limits &Bounds, ResultCache *Results);
  LinkResult run();

private:
  std::deque<StoredProgram> Programs;
  std::vector<AnalyzedUnit> Analyzed;
  std::map<std::string, llvm::SmallVector<FunctionRef, 1>, std::less<>> Defined; ///< by USR
  std::optional<Analyzer> Analysis;
  bool LooksAtAll;
};

Linker::Linker(llvm::ArrayRef<LinkedUnit> Units, const Limits &Bounds, ResultCache *Results)
    : LooksAtAll(Results) {
  for (const LinkedUnit &U : Units) {
    const unsigned Number = Programs.size();
    Analyzed.push_back({&Programs.emplace_back(*U.Facts), U.Models});
    for (FunctionId Function = 0; Function < U.Facts->Functions.size(); ++Function) {
      const KnownFunction &F = U.Facts->Functions[Function];
      if (F.Body && F.Body->Definition.IsExternal && !F.Declaration.Usr.empty())
        Defined[F.Declaration.Usr].push_back({Number, Function});
    }
  }
  Analysis.emplace(Analyzed, Bounds, nullptr, [this](unsigned, llvm::StringRef Usr) {
    auto Known = Defined.find(Usr);
    return Known == Defined.end() ? llvm::SmallVector<FunctionRef, 1>() : Known->second;
  });
  Analysis->useResults(Results);
}

/// What is known of a function that deals with none.
IndexedFunction withoutResources() {
  IndexedFunction F;
  F.Effects.Outcomes.emplace_back();
  F.Effects.Complete = false;
  return F;
}

LinkResult Linker::run() {
  // What is of interest only because something calls it is known when all callers are.
  for (const auto &[Usr, Bodies] : Defined)
    for (FunctionRef Body : Bodies)
      Analysis->summarizeForOthers(Body);
  if (LooksAtAll)
    for (unsigned Unit = 0; Unit < Analyzed.size(); ++Unit)
      Analysis->analyzeUnit(Unit);
  LinkResult Result;
  for (const auto &[Usr, Bodies] : Defined) {
    std::vector<IndexedFunction> Each;
    for (FunctionRef Body : Bodies)
      if (std::optional<IndexedFunction> Known = Analysis->summarizeForOthers(Body))
        Each.push_back(std::move(*Known));
    if (Each.empty())
      continue;
    for (FunctionRef Body : Bodies)
      Result.Models += Analysis->modelLines(Body);
    if (Each.size() != Bodies.size())
      Each.push_back(withoutResources());
    const bool Differ = llvm::any_of(Each, [&](const IndexedFunction &F) { return !(F == Each.front()); });
    if (Differ)
      ++Result.Ambiguous;
    Result.Index.add(Usr, Differ ? weakest(Each) : std::move(Each.front()));
  }
  return Result;
}

} // namespace

LinkResult linkUnits(llvm::ArrayRef<LinkedUnit> Units, const Limits &Bounds, ResultCache *Results) {
  return Linker(Units, Bounds, Results).run();
}

} // namespace connsan
