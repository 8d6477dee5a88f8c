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
  using Bodies = llvm::SmallVector<FunctionRef, 1>;
  Bodies meant(llvm::ArrayRef<unsigned> Programs, const Bodies &Named) const;
  std::vector<IndexedFunction> known(const Bodies &Of);
  bool isAmbiguous(const Bodies &Named);
  void addGroups(SummaryIndex &To);

  llvm::ArrayRef<LinkedUnit> Units;
  std::deque<StoredProgram> Programs;
  std::vector<AnalyzedUnit> Analyzed;
  std::map<std::string, Bodies, std::less<>> Defined;              ///< by USR
  std::map<std::vector<unsigned>, std::vector<std::string>> Files; ///< by what they are linked into
  std::optional<Analyzer> Analysis;
  bool LooksAtAll;
};

Linker::Linker(llvm::ArrayRef<LinkedUnit> Units, const Limits &Bounds, ResultCache *Results)
    : Units(Units), LooksAtAll(Results) {
  for (const LinkedUnit &U : Units) {
    const unsigned Number = Programs.size();
    Files[U.Programs].push_back(U.Facts->Stretches[U.Facts->MainFile].File);
    Analyzed.push_back({&Programs.emplace_back(*U.Facts), U.Models});
    for (FunctionId Function = 0; Function < U.Facts->Functions.size(); ++Function) {
      const KnownFunction &F = U.Facts->Functions[Function];
      if (F.Body && F.Body->Definition.IsExternal && !F.Declaration.Usr.empty())
        Defined[F.Declaration.Usr].push_back({Number, Function});
    }
  }
  Analysis.emplace(Analyzed, Bounds, nullptr, [this](unsigned Unit, llvm::StringRef Usr) {
    auto Known = Defined.find(Usr);
    return Known == Defined.end() ? Bodies() : meant(this->Units[Unit].Programs, Known->second);
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

bool haveCommon(llvm::ArrayRef<unsigned> A, llvm::ArrayRef<unsigned> B) {
  return llvm::any_of(A, [&](unsigned Each) { return llvm::is_contained(B, Each); });
}

/// Those that may be called by their name in a unit of these programs. What none of them has comes from
/// somewhere that is not known.
Linker::Bodies Linker::meant(llvm::ArrayRef<unsigned> Programs, const Bodies &Named) const {
  if (Named.size() == 1 || Programs.empty())
    return Named;
  auto Some = [&](auto Predicate) {
    Bodies Found;
    llvm::copy_if(Named, std::back_inserter(Found),
                  [&](FunctionRef Body) { return Predicate(Units[Body.Unit].Programs); });
    return Found;
  };
  Bodies Found = Some([&](llvm::ArrayRef<unsigned> Of) { return haveCommon(Programs, Of); });
  if (Found.empty())
    Found = Some([](llvm::ArrayRef<unsigned> Of) { return Of.empty(); });
  return Found.empty() ? Named : Found;
}

/// Of those that deal with resources, and once for all others.
std::vector<IndexedFunction> Linker::known(const Bodies &Of) {
  std::vector<IndexedFunction> Each;
  for (FunctionRef Body : Of)
    if (std::optional<IndexedFunction> Known = Analysis->summarizeForOthers(Body))
      Each.push_back(std::move(*Known));
  if (!Each.empty() && Each.size() != Of.size())
    Each.push_back(withoutResources());
  return Each;
}

bool differ(llvm::ArrayRef<IndexedFunction> Each) {
  return llvm::any_of(Each, [&](const IndexedFunction &F) { return !(F == Each.front()); });
}

/// Whether units that may mean one of these by their name do not know which.
bool Linker::isAmbiguous(const Bodies &Named) {
  if (Named.size() == 1)
    return false;
  return llvm::any_of(Files, [&](const auto &Group) {
    const std::vector<unsigned> &Programs = Group.first;
    const bool MayMean = Programs.empty() || llvm::any_of(Named, [&](FunctionRef Body) {
                           return haveCommon(Programs, Units[Body.Unit].Programs);
                         });
    return MayMean && differ(known(meant(Programs, Named)));
  });
}

/// What the units of each set of programs mean by names that others define as well.
void Linker::addGroups(SummaryIndex &To) {
  for (const auto &[Programs, Names] : Files) {
    IndexedFunctions Own;
    for (const auto &[Usr, Named] : Defined) {
      const Bodies Meant = meant(Programs, Named);
      if (Meant.size() == Named.size() || !To.contains(Usr))
        continue;
      std::vector<IndexedFunction> Each = known(Meant);
      Own.add(Usr, Each.empty() ? withoutResources() : weakest(Each));
    }
    if (!Own.all().empty())
      To.addGroup(Names).Own = std::move(Own);
  }
}

LinkResult Linker::run() {
  // What is of interest only because something calls it is known when all callers are.
  for (const auto &[Usr, Named] : Defined)
    for (FunctionRef Body : Named)
      Analysis->summarizeForOthers(Body);
  if (LooksAtAll)
    for (unsigned Unit = 0; Unit < Analyzed.size(); ++Unit)
      Analysis->analyzeUnit(Unit);
  LinkResult Result;
  for (const auto &[Usr, Named] : Defined) {
    std::vector<IndexedFunction> Each = known(Named);
    if (Each.empty())
      continue;
    for (FunctionRef Body : Named)
      Result.Models += Analysis->modelLines(Body);
    Result.Ambiguous += isAmbiguous(Named);
    Result.Index.add(Usr, differ(Each) ? weakest(Each) : std::move(Each.front()));
  }
  addGroups(Result.Index);
  return Result;
}

} // namespace

LinkResult linkUnits(llvm::ArrayRef<LinkedUnit> Units, const Limits &Bounds, ResultCache *Results) {
  return Linker(Units, Bounds, Results).run();
}

} // namespace connsan
