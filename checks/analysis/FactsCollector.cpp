#include "FactsCollector.h"

#include "Explorer.h"
#include "FactsLayout.h"
#include "FunctionAnnotations.h"
#include "ParsedProgram.h"

#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Support/xxhash.h"

#include <map>

using namespace clang;

namespace connsan {
namespace {

/// Numbers the places of a unit, in the order of their encoded locations, by which findings are ordered.
class PlaceTable {
public:
  explicit PlaceTable(const SourceManager &Sources) : Sources(Sources) {}

  void add(SourceLocation Loc) {
    if (Loc.isValid())
      Raw.push_back(Loc.getRawEncoding());
  }
  /// Makes all that was added, and what it was expanded from, the places of the unit.
  void number(UnitFacts &Unit);

private:
  void sort();
  void addExpansions();
  SourcePoint numberOf(SourceLocation Loc) const {
    if (Loc.isInvalid())
      return {};
    auto It = std::lower_bound(Raw.begin(), Raw.end(), Loc.getRawEncoding());
    return {std::uint32_t(It - Raw.begin() + 1)};
  }
  SourceStretch stretch(FileID Id) const;

  const SourceManager &Sources;
  std::vector<SourceLocation::UIntTy> Raw;
};

void PlaceTable::sort() {
  llvm::sort(Raw);
  Raw.erase(std::unique(Raw.begin(), Raw.end()), Raw.end());
}

void PlaceTable::addExpansions() {
  llvm::DenseSet<FileID> Seen;
  std::vector<SourceLocation::UIntTy> Pending = Raw;
  while (!Pending.empty()) {
    SourceLocation Loc = SourceLocation::getFromRawEncoding(Pending.back());
    Pending.pop_back();
    if (Loc.isFileID())
      continue;
    FileID Id = Sources.getFileID(Loc);
    if (!Seen.insert(Id).second)
      continue;
    const SrcMgr::ExpansionInfo &From = Sources.getSLocEntry(Id).getExpansion();
    for (SourceLocation Before :
         {From.getSpellingLoc(), From.getExpansionLocStart(), From.getExpansionLocEnd()}) {
      add(Before);
      Pending.push_back(Before.getRawEncoding());
    }
  }
}

SourceStretch PlaceTable::stretch(FileID Id) const {
  const SrcMgr::SLocEntry &Entry = Sources.getSLocEntry(Id);
  SourceStretch S;
  S.IsExpansion = Entry.isExpansion();
  S.Size = Sources.getFileIDSize(Id);
  if (S.IsExpansion) {
    const SrcMgr::ExpansionInfo &From = Entry.getExpansion();
    S.Spelling = numberOf(From.getSpellingLoc());
    S.Start = numberOf(From.getExpansionLocStart());
    S.End = From.isMacroArgExpansion() ? SourcePoint{} : numberOf(From.getExpansionLocEnd());
    S.IsTokenRange = From.isExpansionTokenRange();
    return S;
  }
  llvm::StringRef Text = Sources.getBufferData(Id);
  S.Hash = llvm::xxh3_64bits(Text);
  S.IsSystem = SrcMgr::isSystem(Entry.getFile().getFileCharacteristic());
  if (OptionalFileEntryRef File = Sources.getFileEntryRefForID(Id)) {
    S.File = File->getName();
  } else {
    S.File = Sources.getBufferOrFake(Id).getBufferIdentifier();
    S.Text = Text;
  }
  return S;
}

void PlaceTable::number(UnitFacts &Unit) {
  add(Sources.getLocForStartOfFile(Sources.getMainFileID()));
  sort();
  addExpansions();
  sort();
  FileID Last;
  for (SourceLocation::UIntTy One : Raw) {
    auto [Id, Offset] = Sources.getDecomposedLoc(SourceLocation::getFromRawEncoding(One));
    if (Id != Last) {
      if (Id == Sources.getMainFileID())
        Unit.MainFile = Unit.Stretches.size();
      Unit.Stretches.push_back(stretch(Last = Id));
    }
    Unit.Places.push_back({std::uint32_t(Unit.Stretches.size() - 1), Offset});
  }
  auto Number = [&](SourcePoint &P) { P = numberOf(SourceLocation::getFromRawEncoding(P.Raw)); };
  for (KnownFunction &F : Unit.Functions)
    forEachPoint(F, Number);
  for (AnnotatedFunction &F : Unit.Annotated)
    forEachPoint(F, Number);
  for (ClassDescription &C : Unit.Classes)
    forEachPoint(C, Number);
}

class Collector {
public:
  explicit Collector(ASTContext &Context) : Context(Context), Source(Context) {}
  UnitFacts run();

private:
  FunctionBody body(FunctionId Function, const FunctionDefinition &Definition);
  std::uint32_t recordsReachedBy(FunctionId Function);
  /// Ids are given without gaps as functions are met, so that the highest one tells how many there are.
  void meet(llvm::ArrayRef<FunctionId> Functions) {
    for (FunctionId Function : Functions)
      Met = std::max(Met, Function + 1);
  }

  ASTContext &Context;
  ParsedProgram Source;
  UnitFacts Unit;
  FunctionId Met = 0;
  std::map<std::vector<std::string>, std::uint32_t> RecordSets;
};

std::uint32_t Collector::recordsReachedBy(FunctionId Function) {
  std::vector<std::string> Names;
  Source.reachesRecord(Function, [&](llvm::StringRef Name) {
    Names.push_back(Name.str());
    return false;
  });
  llvm::sort(Names);
  Names.erase(std::unique(Names.begin(), Names.end()), Names.end());
  auto [It, New] = RecordSets.try_emplace(Names, Unit.RecordSets.size());
  if (New)
    Unit.RecordSets.push_back(std::move(Names));
  return It->second;
}

FunctionBody Collector::body(FunctionId Function, const FunctionDefinition &Definition) {
  FunctionBody Body;
  Body.Definition = Definition;
  Body.Interface = Source.interface(Function);
  Body.References = Source.references(Function);
  meet(Body.References);
  Body.Throws = Source.throws(Function);
  Body.Records = recordsReachedBy(Function);
  if (auto Facts = Source.facts(Function, Limits().Blocks))
    Body.Facts = std::make_shared<FunctionFacts>(*Facts);
  return Body;
}

/// All that the compiler opened, by name.
std::vector<InputFile> inputsOf(const SourceManager &Sources) {
  std::vector<InputFile> Inputs;
  for (auto It = Sources.fileinfo_begin(); It != Sources.fileinfo_end(); ++It)
    if (std::optional<llvm::StringRef> Text = It->second->getBufferDataIfLoaded())
      Inputs.push_back({It->first.getName().str(), llvm::xxh3_64bits(*Text)});
  llvm::sort(Inputs, [](const InputFile &A, const InputFile &B) { return A.Name < B.Name; });
  return Inputs;
}

UnitFacts Collector::run() {
  const SourceManager &Sources = Context.getSourceManager();
  Unit.From.Files = inputsOf(Sources);
  if (auto Directory = Sources.getFileManager().getVirtualFileSystem().getCurrentWorkingDirectory())
    Unit.From.Directory = *Directory;
  Unit.IsCxx = Source.isCxx();
  Unit.HasErrors = Source.hasErrors();
  Unit.InScope = Source.functionsInScope();
  meet(Unit.InScope);
  Unit.Classes = Source.classes();
  for (const ClassDescription &C : Unit.Classes) {
    for (const std::vector<FunctionId> *Members : {&C.Constructors, &C.Methods, &C.Assignments})
      meet(*Members);
    if (C.Destructor)
      meet(*C.Destructor);
  }
  for (FunctionId Function = 0; Function < Met; ++Function) {
    KnownFunction &Known = Unit.Functions.emplace_back();
    Known.Declaration = Source.declaration(Function);
    if (const FunctionDefinition *Definition = Source.definition(Function))
      Known.Body = body(Function, *Definition);
  }
  for (const FunctionDecl *Function : annotatedFunctions(Context))
    Unit.Annotated.push_back(describeAnnotations(*Function));

  PlaceTable Places(Sources);
  auto Add = [&](SourcePoint &P) { Places.add(SourceLocation::getFromRawEncoding(P.Raw)); };
  forEachPoint(Unit, Add);
  Places.number(Unit);
  return std::move(Unit);
}

} // namespace

UnitFacts collectFacts(ASTContext &Context) {
  return Collector(Context).run();
}

} // namespace connsan
