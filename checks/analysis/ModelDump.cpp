#include "ModelDump.h"

#include "model/ModelWriter.h"

namespace connsan {

/// In which ways a function that does not return ends.
void ModelDump::findEnds(FunctionNode &F, Ends &Into) {
  std::shared_ptr<const FunctionFacts> Facts = FactsOf(F);
  if (!Facts)
    return;
  for (const Block &B : Facts->Blocks)
    for (const Fact &Each : B.Facts) {
      Into.Unclear |= Each.What == Fact::Kind::Throw;
      if (Each.What != Fact::Kind::Call)
        continue;
      const Callee &C = Facts->Callees[Each.Index];
      if (const Model *M = Graph.modelOf(F.At.Unit, C)) {
        Into.Process |= M->Ends == Model::Ending::Exits;
        Into.Jump |= M->Ends == Model::Ending::Unwinds;
        continue;
      }
      if (!Seen.insert(C.Usr).second)
        continue;
      llvm::SmallVector<FunctionNode *, 1> Bodies = Graph.bodiesOf(F.At.Unit, C);
      for (FunctionNode *Body : Bodies)
        findEnds(*Body, Into);
      if (Bodies.empty() && C.NoReturn)
        (Graph.source(F).isCxx() ? Into.Unclear : Into.Process) = true;
    }
}

InferredModel ModelDump::infer(FunctionNode &F) {
  InferredModel Inferred;
  const std::string &Name = Graph.declaration(F).Name;
  const FunctionResult &Result = *F.Result;
  if (Result.GaveUp != GiveUp::No) {
    Inferred.WhyNot = "is too large for the analysis";
    return Inferred;
  }
  if (!Result.Effects.Outcomes.empty())
    return inferModel(Result.Effects, Name, Graph.source(F).interface(F.At.Function).PointsToPointers);
  Ends How;
  Seen.clear();
  findEnds(F, How);
  if (How.Unclear || (How.Process && How.Jump)) {
    Inferred.WhyNot = "never returns, but not only because the process ends";
  } else {
    Inferred.Said.emplace().Function = Name;
    Inferred.Said->Ends = How.Jump ? Model::Ending::Unwinds : Model::Ending::Exits;
  }
  return Inferred;
}

void ModelDump::addWhyNot(FunctionNode &F, const InferredModel &Inferred) {
  if (!Inferred.WhyNot.empty())
    Text += "  # " + Graph.declaration(F).Name + ": " + Inferred.WhyNot + '\n';
}

void ModelDump::add(FunctionNode &F) {
  InferredModel Inferred = infer(F);
  if (Inferred.Said)
    Text += write(*Inferred.Said, Graph.source(F).interface(F.At.Function).ReturnsPointer);
  else
    addWhyNot(F, Inferred);
}

void ModelDump::addLine(FunctionNode &F) {
  InferredModel Inferred = infer(F);
  if (!Inferred.Said)
    addWhyNot(F, Inferred);
  else if (const Model &M = *Inferred.Said; M.matters() || (M.Ends != Model::Ending::Returns && !M.EndsIf))
    Text += writeLine(M, Graph.source(F).interface(F.At.Function).ReturnsPointer);
}

} // namespace connsan
