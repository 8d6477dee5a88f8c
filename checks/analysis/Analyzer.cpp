#include "Analyzer.h"

#include "CallScan.h"
#include "DeclaredModels.h"
#include "DefinitionScan.h"
#include "FactsGenerator.h"
#include "ModelDump.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Index/USRGeneration.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"

using namespace clang;

namespace connsan {
namespace {

/// Whether a caller of a caller has to know.
bool matters(const Model &M) {
  return M.acquires() || M.Ends != Model::Ending::Returns ||
         llvm::any_of(M.Arguments, [&](const ArgumentModel &A) {
           return (A.What == ArgumentModel::Effect::Release || A.What == ArgumentModel::Effect::Transfer) &&
                  M.resourceOf(A) != MemoryResource;
         });
}

bool givesOwnership(const Summary &S) {
  for (const Outcome &O : S.Outcomes) {
    if (O.Result == Model::Result::Acquire || O.Result == Model::Result::AcquireOrNull)
      return O.Resource != MemoryResource;
    for (const Effect &E : O.Effects)
      if (E.What == Effect::Kind::StoreOwned && E.Resource != MemoryResource)
        return true;
  }
  return false;
}

} // namespace

class Analyzer::Implementation {
public:
  Implementation(ASTContext &Context, const ModelSet &Models, const Limits &Bounds)
      : Context(Context), Models(Models), Declared(Models), Bounds(Bounds),
        Lookup([this](const Callee &C) { return summaryOf(C); }) {}

  struct Entry {
    const FunctionDecl *Definition = nullptr;
    std::optional<llvm::SmallVector<const FunctionDecl *, 8>> References;
    std::optional<bool> Relevant;
    std::optional<bool> Root;
    bool Running = false;
    bool Done = false;
    FunctionResult Result;
    std::shared_ptr<const Summary> Effects;
  };

  Entry *find(const FunctionDecl *Function);
  llvm::ArrayRef<const FunctionDecl *> references(Entry &E);
  bool isRelevant(Entry &E);
  bool isRoot(Entry &E);
  bool handlesResource(QualType Type, unsigned Depth) const;
  void analyze(Entry &E);
  std::shared_ptr<const Summary> summaryOf(const Callee &C);
  std::shared_ptr<const Summary> summaryOf(Entry &E);

  ASTContext &Context;
  const ModelSet &Models;
  DeclaredModels Declared;
  Limits Bounds;
  SummaryLookup Lookup;
  std::vector<std::unique_ptr<Entry>> Entries;
  llvm::DenseMap<const FunctionDecl *, Entry *> ByDeclaration;
  llvm::StringMap<Entry *> ByUsr;
  llvm::StringMap<std::shared_ptr<const Summary>> ModelSummaries;
  unsigned Depth = 0;
};

/// The entry of a function that has a body here, outside of system headers.
Analyzer::Implementation::Entry *Analyzer::Implementation::find(const FunctionDecl *Function) {
  auto [It, New] = ByDeclaration.try_emplace(Function->getCanonicalDecl(), nullptr);
  if (!New)
    return It->second;
  const FunctionDecl *Definition = nullptr;
  if (!Function->hasBody(Definition) ||
      Context.getSourceManager().isInSystemHeader(Definition->getLocation()))
    return nullptr;
  Entry *E = Entries.emplace_back(std::make_unique<Entry>()).get();
  ByDeclaration[Function->getCanonicalDecl()] = E;
  E->Definition = Definition;
  llvm::SmallString<64> Usr;
  if (!index::generateUSRForDecl(Definition, Usr))
    ByUsr[Usr] = E;
  return E;
}

llvm::ArrayRef<const FunctionDecl *> Analyzer::Implementation::references(Entry &E) {
  if (!E.References)
    E.References = referencedFunctions(*E.Definition);
  return *E.References;
}

/// A pointer to a resource, or to an object that may hold one.
bool Analyzer::Implementation::handlesResource(QualType Type, unsigned Depth) const {
  if (Type->isPointerType() || Type->isReferenceType())
    Type = Type->getPointeeType();
  if (Type->isPointerType())
    Type = Type->getPointeeType();
  const RecordDecl *Record = Type->getAsRecordDecl();
  if (!Record)
    return false;
  if (!Models.resourceOfType(Record->getName()).empty())
    return true;
  if (Depth == 0 || !(Record = Record->getDefinition()))
    return false;
  return llvm::any_of(Record->fields(),
                      [&](const FieldDecl *F) { return handlesResource(F->getType(), Depth - 1); });
}

/// Whether a caller that deals with resources has to know what this function does.
bool Analyzer::Implementation::isRelevant(Entry &E) {
  if (E.Relevant)
    return *E.Relevant;
  E.Relevant = false; // recursion adds nothing of its own
  bool Found = llvm::any_of(E.Definition->parameters(),
                            [&](const ParmVarDecl *P) { return handlesResource(P->getType(), 2); });
  for (const FunctionDecl *Used : references(E)) {
    if (Found)
      break;
    if (const Model *M = Declared.findOwnership(*Used))
      Found = matters(*M);
    else if (Entry *Known = find(Used))
      Found = isRelevant(*Known);
  }
  E.Relevant = Found;
  return Found;
}

/// Whether there may be something to find in this function: it may come to owe a release, or releases itself.
bool Analyzer::Implementation::isRoot(Entry &E) {
  if (E.Root)
    return *E.Root;
  E.Root = false;
  bool Found = false;
  for (const FunctionDecl *Used : references(E)) {
    if (Found)
      break;
    if (const Model *M = Declared.findOwnership(*Used))
      Found = M->acquires() || M->releases();
    else if (Entry *Known = find(Used); Known && isRoot(*Known))
      if (auto Effects = summaryOf(*Known))
        Found = givesOwnership(*Effects);
  }
  E.Root = Found;
  return Found;
}

void Analyzer::Implementation::analyze(Entry &E) {
  if (E.Done || E.Running)
    return;
  E.Running = true;
  ++Depth;
  std::optional<FunctionFacts> Facts = generateFacts(*E.Definition, Context, Bounds.Blocks);
  if (Facts)
    E.Result = explore(*Facts, Models, Lookup, Bounds);
  else
    E.Result.GaveUp = GiveUp::Blocks;
  --Depth;
  E.Running = false;
  E.Done = true;
  if (Facts)
    E.Effects = std::make_shared<Summary>(E.Result.Effects);
}

std::shared_ptr<const Summary> Analyzer::Implementation::summaryOf(Entry &E) {
  constexpr unsigned Deepest = 64;
  if (E.Definition->getBuiltinID() || !isRelevant(E)) {
    static const auto Harmless = [] {
      auto S = std::make_shared<Summary>();
      S->Outcomes.emplace_back();
      S->Complete = false;
      return S;
    }();
    return Harmless;
  }
  if (Depth < Deepest)
    analyze(E);
  return E.Effects;
}

std::shared_ptr<const Summary> Analyzer::Implementation::summaryOf(const Callee &C) {
  if (C.Name.empty())
    return nullptr;
  const std::string &Key = C.Annotations.empty() ? C.Name : C.Usr;
  if (auto It = ModelSummaries.find(Key); It != ModelSummaries.end())
    return It->second;
  if (const Model *M = Declared.findOwnership(C.Name, C.Annotations, C.HasBody))
    return ModelSummaries[Key] = std::make_shared<Summary>(summarize(*M, Models, C));
  if (!C.HasBody || C.IsVirtual)
    return nullptr;
  auto It = ByUsr.find(C.Usr);
  return It == ByUsr.end() ? nullptr : summaryOf(*It->second);
}

Analyzer::Analyzer(ASTContext &Context, const ModelSet &Models, const Limits &Bounds)
    : Impl(std::make_unique<Implementation>(Context, Models, Bounds)) {}
Analyzer::~Analyzer() = default;

std::vector<Finding> Analyzer::findings() {
  llvm::SmallVector<Implementation::Entry *, 64> InScope;
  for (const FunctionDecl *Definition : definitionsIn(Impl->Context))
    if (Implementation::Entry *E = Impl->find(Definition))
      InScope.push_back(E);
  std::vector<Finding> All;
  for (Implementation::Entry *E : InScope)
    if (Impl->isRoot(*E))
      Impl->analyze(*E);
  for (const Implementation::Entry *E : InScope)
    llvm::append_range(All, E->Result.Findings);
  return All;
}

std::string Analyzer::dumpFacts() {
  std::string Text;
  for (const auto &E : Impl->Entries)
    if (E->Done)
      if (auto Facts = generateFacts(*E->Definition, Impl->Context, Impl->Bounds.Blocks))
        Text += dump(*Facts);
  return Text;
}

std::string Analyzer::dumpStates() {
  std::string Text;
  for (const auto &E : Impl->Entries)
    if (E->Done)
      if (auto Facts = generateFacts(*E->Definition, Impl->Context, Impl->Bounds.Blocks))
        Text += connsan::dumpStates(*Facts, Impl->Models, Impl->Lookup, Impl->Bounds);
  return Text;
}

std::string Analyzer::dumpSummaries() {
  std::string Text;
  for (const auto &E : Impl->Entries)
    if (E->Done)
      Text += dump(E->Result.Effects, qualifiedName(*E->Definition));
  return Text;
}

std::string Analyzer::dumpModels() {
  ModelDump Dump(Impl->Declared, [this](const Callee &C) -> std::optional<FunctionFacts> {
    auto It = Impl->ByUsr.find(C.Usr);
    if (It == Impl->ByUsr.end())
      return std::nullopt;
    return generateFacts(*It->second->Definition, Impl->Context, Impl->Bounds.Blocks);
  });
  for (std::size_t I = 0; I < Impl->Entries.size(); ++I) { // the analysis of one may add others
    Implementation::Entry &E = *Impl->Entries[I];
    if (!Dump.wants(*E.Definition) || !Impl->isRelevant(E))
      continue;
    Impl->analyze(E);
    Dump.add(*E.Definition, E.Result);
  }
  return Dump.take();
}

} // namespace connsan
