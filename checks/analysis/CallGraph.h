#pragma once

#include "DeclaredModels.h"
#include "Explorer.h"
#include "Program.h"
#include "SummaryIndex.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"

#include <deque>
#include <functional>

namespace connsan {

/// A translation unit and the models that hold in it. Both have to outlive what uses them.
struct AnalyzedUnit {
  Program *Source = nullptr;
  const ModelSet *Models = nullptr;
};

/// A function of one of several units.
struct FunctionRef {
  unsigned Unit = 0;
  FunctionId Function = 0;
};

/// The bodies that a unit reaches by a USR and has not itself; more than one where it is not known which of
/// them is meant.
using BodyLookup = std::function<llvm::SmallVector<FunctionRef, 1>(unsigned Unit, llvm::StringRef Usr)>;

/// A function with a body to look at, and what is known of it so far.
struct FunctionNode {
  FunctionRef At;
  bool IsBuiltin = false;
  bool IsShort = false;

  /// What its body refers to.
  struct References {
    bool ModelMatters = false; ///< to a caller of a caller
    bool ModelHandles = false; ///< likewise, for what it does with resources
    bool ModelOwns = false;    ///< a function that acquires or releases
    bool Throws = false;       ///< a model or the index says so
    bool MayThrow = false;     ///< a function without a body, of which nothing says that it does not
    llvm::SmallVector<FunctionNode *, 4> Bodies;
  };
  std::optional<References> Refers;
  // Answers, once they are asked for.
  std::optional<bool> Relevant;
  std::optional<bool> Handles;
  std::optional<bool> Root;
  std::optional<bool> Throws;
  std::optional<bool> MayThrow;
  std::optional<bool> Broken;

  // Of the analysis.
  unsigned Order = 0;  ///< in which it was met
  unsigned Lowest = 0; ///< that it leads back to
  bool Running = false;
  bool Done = false;
  bool CallsItself = false;
  bool IsCalledByOthers = false;              ///< in other units, by what was analyzed
  std::shared_ptr<const FunctionFacts> Facts; ///< while it runs
  std::vector<HeldMember> Held;               ///< at entry
  std::shared_ptr<const FunctionResult> Result = nothingFound();
  std::shared_ptr<const Summary> Effects;
  std::shared_ptr<const Summary> ForOthers; ///< the same without places, once it is asked for

private:
  static const std::shared_ptr<const FunctionResult> &nothingFound();
};

/// The functions of some units with what they call, and what follows from that alone. Not thread-safe.
class CallGraph {
public:
  CallGraph(llvm::ArrayRef<AnalyzedUnit> Units, IndexView Index, BodyLookup Elsewhere);

  using Question = std::optional<bool> FunctionNode::*;
  /// Answers a question of a function: yes when it has something itself, or from one that it refers to and
  /// for which the answer is yes.
  bool ask(FunctionNode &First, Question What, llvm::function_ref<bool(FunctionNode &)> HasItself,
           llvm::function_ref<bool(FunctionNode &)> HasFrom);
  /// Whether a caller that deals with resources has to know what the function does.
  bool isRelevant(FunctionNode &F);
  /// Whether that is for what it does with resources, and not only because it may end the process.
  bool handlesResources(FunctionNode &F);
  /// Whether the body is seen to throw, or to call what does; some of that may be caught.
  bool throws(FunctionNode &F);
  /// Whether it may throw otherwise.
  bool mayThrow(FunctionNode &F);
  /// Whether what is missing in a body, or in one that it leads to, may be what keeps a finding away: a
  /// release, or that it does not return.
  bool isBroken(FunctionNode &F);
  /// Whether the effects of a call are those of this body. Short ones tell what other members go by.
  bool mattersToCallers(FunctionNode &F) { return !F.IsBuiltin && (F.IsShort || isRelevant(F) || throws(F)); }

  /// The node of a function that has a body here, outside of system headers; else null.
  FunctionNode *find(FunctionRef Function);
  const FunctionNode::References &references(FunctionNode &F);
  /// The bodies that a call of a unit reaches, where no model says what the call does.
  llvm::SmallVector<FunctionNode *, 1> bodiesOf(unsigned Unit, const Callee &C);
  /// What the index knows of a function that has no body here.
  std::shared_ptr<const IndexedFunction> indexed(llvm::StringRef Usr, std::uint64_t Type) const {
    return Index.find(Usr, Type);
  }
  /// What is said of the function, where that says who owns what.
  const Model *modelOf(FunctionRef Function);
  const Model *modelOf(unsigned Unit, const Callee &C);
  DeclaredModels &declared(unsigned Unit) { return Units[Unit].Declared; }

  Program &source(const FunctionNode &F) { return *Units[F.At.Unit].Source; }
  const ModelSet &models(const FunctionNode &F) { return *Units[F.At.Unit].Models; }
  const FunctionDeclaration &declaration(const FunctionNode &F) {
    return source(F).declaration(F.At.Function);
  }
  /// In the order in which they were met; those that are met later come after.
  std::deque<FunctionNode> &nodes() { return Nodes; }

private:
  struct Unit {
    explicit Unit(const AnalyzedUnit &From)
        : Source(From.Source), Models(From.Models), Declared(*From.Models) {}
    Program *Source;
    const ModelSet *Models;
    DeclaredModels Declared;
    llvm::DenseMap<FunctionId, FunctionNode *> ByFunction; ///< null where there is no body to look at
    llvm::StringMap<FunctionNode *> ByUsr;
  };
  template<class T> const Model *modelSaidOf(unsigned Unit, const T &Named);
  bool reachesResource(FunctionNode &F);
  llvm::SmallVector<FunctionNode *, 1> elsewhere(unsigned Unit, llvm::StringRef Usr);

  std::deque<Unit> Units;
  IndexView Index;
  BodyLookup Elsewhere;
  std::deque<FunctionNode> Nodes;
};

} // namespace connsan
