#include "CallGraph.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace connsan {

/// Whether a caller of a caller has to know what it does with resources.
static bool handles(const Model &M) {
  return M.acquires() || llvm::any_of(M.Arguments, [&](const ArgumentModel &A) {
           return (A.What == ArgumentModel::Effect::Release || A.What == ArgumentModel::Effect::Transfer) &&
                  M.resourceOf(A) != MemoryResource;
         });
}

const std::shared_ptr<const FunctionResult> &FunctionNode::nothingFound() {
  static const auto Nothing = std::make_shared<const FunctionResult>();
  return Nothing;
}

CallGraph::CallGraph(llvm::ArrayRef<AnalyzedUnit> Analyzed, IndexView Index, BodyLookup Elsewhere)
    : Index(Index), Elsewhere(std::move(Elsewhere)) {
  for (const AnalyzedUnit &One : Analyzed)
    Units.emplace_back(One);
}

FunctionNode *CallGraph::find(FunctionRef Function) {
  Unit &In = Units[Function.Unit];
  auto [It, New] = In.ByFunction.try_emplace(Function.Function, nullptr);
  if (!New)
    return It->second;
  const FunctionDefinition *Definition = In.Source->definition(Function.Function);
  if (!Definition)
    return nullptr;
  FunctionNode &F = Nodes.emplace_back();
  It->second = &F;
  F.At = Function;
  F.IsBuiltin = Definition->IsBuiltin;
  F.IsShort = Definition->IsShort;
  if (const std::string &Usr = declaration(F).Usr; !Usr.empty())
    In.ByUsr[Usr] = &F;
  return &F;
}

llvm::SmallVector<FunctionNode *, 1> CallGraph::elsewhere(unsigned Unit, llvm::StringRef Usr) {
  llvm::SmallVector<FunctionNode *, 1> Found;
  if (Elsewhere && !Usr.empty())
    for (FunctionRef Body : Elsewhere(Unit, Usr))
      if (FunctionNode *F = find(Body))
        Found.push_back(F);
  return Found;
}

/// `Named` is a declaration, or a callee.
template<class T> const Model *CallGraph::modelSaidOf(unsigned Unit, const T &Named) {
  DeclaredModels &Declared = Units[Unit].Declared;
  const Model *Said = Declared.findOwnership(Named.Name, Named.Annotations, Named.HasBody);
  // The program may have a function of its own by the name of a built-in model.
  const bool IsElsewhere =
      Said && !Named.HasBody && (indexed(Named.Usr, Named.Type) || !elsewhere(Unit, Named.Usr).empty());
  return IsElsewhere ? Declared.findOwnership(Named.Name, Named.Annotations, true) : Said;
}

const Model *CallGraph::modelOf(FunctionRef Function) {
  return modelSaidOf(Function.Unit, Units[Function.Unit].Source->declaration(Function.Function));
}

const Model *CallGraph::modelOf(unsigned Unit, const Callee &C) {
  return modelSaidOf(Unit, C);
}

llvm::SmallVector<FunctionNode *, 1> CallGraph::bodiesOf(unsigned Unit, const Callee &C) {
  if (C.Name.empty() || modelOf(Unit, C))
    return {};
  if (!C.HasBody)
    return elsewhere(Unit, C.Usr);
  FunctionNode *Own = Units[Unit].ByUsr.lookup(C.Usr);
  return Own ? llvm::SmallVector<FunctionNode *, 1>{Own} : llvm::SmallVector<FunctionNode *, 1>();
}

const FunctionNode::References &CallGraph::references(FunctionNode &F) {
  if (F.Refers)
    return *F.Refers;
  FunctionNode::References Found;
  for (FunctionId Used : source(F).references(F.At.Function)) {
    const FunctionDeclaration &D = source(F).declaration(Used);
    const Model *Said = D.MayThrow ? declared(F.At.Unit).find(D.Name, D.Annotations) : nullptr;
    const bool NeverThrows = Said && Said->Throws == Model::Throwing::Never;
    Found.Throws |= Said && Said->Throws == Model::Throwing::May;
    if (const Model *Acts = declared(F.At.Unit).find(D.Name, D.Annotations);
        Acts && Acts->actsOnTransactions()) {
      Found.ModelHandles = Found.ModelMatters = true;
      Found.ModelOwns = true;
    }
    if (const Model *M = modelOf({F.At.Unit, Used})) {
      Found.ModelHandles |= handles(*M);
      Found.ModelMatters |= handles(*M) || M->Ends != Model::Ending::Returns;
      Found.ModelOwns |= M->acquires() || M->releases();
      continue;
    }
    if (FunctionNode *Body = find({F.At.Unit, Used})) {
      Found.Bodies.push_back(Body);
      continue;
    }
    llvm::SmallVector<FunctionNode *, 1> Bodies;
    if (!D.HasBody)
      Bodies = elsewhere(F.At.Unit, D.Usr);
    llvm::append_range(Found.Bodies, Bodies);
    if (!Bodies.empty())
      continue;
    std::shared_ptr<const IndexedFunction> Known = D.HasBody ? nullptr : indexed(D.Usr, D.Type);
    if (Known) {
      Found.ModelHandles |= Known->Handles;
      Found.ModelMatters |= Known->IsRelevant;
      Found.ModelOwns |= changesOwnership(Known->Effects);
      Found.Throws |= Known->Throws;
    }
    Found.MayThrow |= D.MayThrow && !NeverThrows && !(Known && !Known->MayThrow);
  }
  return F.Refers.emplace(std::move(Found));
}

/// Calls may be nested as deep as the source likes, so the stack is one of our own. Recursion adds nothing,
/// but who met a function that was still being asked knows only what that one knew: such a no is asked again.
bool CallGraph::ask(FunctionNode &First, Question What, llvm::function_ref<bool(FunctionNode &)> HasItself,
                    llvm::function_ref<bool(FunctionNode &)> HasFrom) {
  llvm::SmallVector<std::pair<FunctionNode *, std::size_t>, 32> Stack; // and how many bodies were asked
  llvm::SmallPtrSet<FunctionNode *, 16> Asking, Tentative;
  auto Begin = [&](FunctionNode &F) {
    if (!(F.*What = HasItself(F)).value()) {
      Stack.push_back({&F, 0});
      Asking.insert(&F);
    }
  };
  if (!(First.*What))
    Begin(First);
  while (!Stack.empty()) {
    auto &[F, Next] = Stack.back();
    llvm::ArrayRef<FunctionNode *> Bodies = references(*F).Bodies;
    if (Next == Bodies.size() || (F->*What).value()) {
      Asking.erase(F);
      Stack.pop_back();
    } else if (FunctionNode &Body = *Bodies[Next]; !(Body.*What)) {
      Begin(Body);
    } else {
      ++Next;
      if (Asking.contains(&Body) || Tentative.contains(&Body))
        Tentative.insert(F);
      F->*What = (Body.*What).value() && HasFrom(Body);
    }
  }
  if ((First.*What).value())
    for (FunctionNode *F : Tentative)
      if (!(F->*What).value())
        (F->*What).reset();
  return (First.*What).value();
}

bool CallGraph::reachesResource(FunctionNode &F) {
  return source(F).reachesRecord(F.At.Function, [&](llvm::StringRef Record) {
    return Record == "void" || !models(F).resourceOfType(Record).empty();
  });
}

bool CallGraph::isRelevant(FunctionNode &F) {
  return ask(
      F, &FunctionNode::Relevant,
      [this](FunctionNode &Asked) { return references(Asked).ModelMatters || reachesResource(Asked); },
      [](FunctionNode &) { return true; });
}

bool CallGraph::handlesResources(FunctionNode &F) {
  return ask(
      F, &FunctionNode::Handles,
      [this](FunctionNode &Asked) { return references(Asked).ModelHandles || reachesResource(Asked); },
      [](FunctionNode &) { return true; });
}

bool CallGraph::throws(FunctionNode &F) {
  return ask(
      F, &FunctionNode::Throws,
      [this](FunctionNode &Asked) {
        return source(Asked).throws(Asked.At.Function) || references(Asked).Throws;
      },
      [](FunctionNode &) { return true; });
}

bool CallGraph::mayThrow(FunctionNode &F) {
  return ask(
      F, &FunctionNode::MayThrow, [this](FunctionNode &Asked) { return references(Asked).MayThrow; },
      [](FunctionNode &) { return true; });
}

bool CallGraph::isBroken(FunctionNode &F) {
  return source(F).hasErrors() &&
         ask(
             F, &FunctionNode::Broken,
             [this](FunctionNode &Asked) { return !source(Asked).isWhole(Asked.At.Function); },
             [](FunctionNode &) { return true; });
}

} // namespace connsan
