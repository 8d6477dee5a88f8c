#pragma once

#include "CallGraph.h"
#include "InferredModel.h"

#include "llvm/ADT/StringSet.h"

namespace connsan {

/// Writes what was inferred for functions in the form of `.connsan.yaml`, or a comment where that form cannot
/// say it.
class ModelDump {
public:
  /// Answers with the facts of a function; null when there are none.
  using FactsLookup = std::function<std::shared_ptr<const FunctionFacts>(FunctionNode &)>;

  ModelDump(CallGraph &Graph, FactsLookup FactsOf) : Graph(Graph), FactsOf(std::move(FactsOf)) {}

  /// Items of a list of models for a function that was analyzed, each on several lines.
  void add(FunctionNode &F);
  /// The same on one line, for functions alone that acquire, release or never return.
  void addLine(FunctionNode &F);
  std::string take() { return std::move(Text); }

private:
  struct Ends {
    bool Process = false; ///< exits
    bool Jump = false;    ///< unwinds
    bool Unclear = false; ///< throws, or is foreign and may
  };
  void findEnds(FunctionNode &F, Ends &Into);
  InferredModel infer(FunctionNode &F);
  void addWhyNot(FunctionNode &F, const InferredModel &Inferred);

  CallGraph &Graph;
  FactsLookup FactsOf;
  llvm::StringSet<> Seen; ///< by `findEnds`
  std::string Text;
};

} // namespace connsan
