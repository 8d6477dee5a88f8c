#include "ModelDump.h"

#include "InferredModel.h"
#include "model/ModelWriter.h"

namespace connsan {

/// In which ways a function that does not return ends.
void ModelDump::findEnds(const FunctionFacts &Facts, Ends &Into) {
  for (const Block &B : Facts.Blocks)
    for (const Fact &F : B.Facts) {
      Into.Unclear |= F.What == Fact::Kind::Throw;
      if (F.What != Fact::Kind::Call)
        continue;
      const Callee &C = Facts.Callees[F.Index];
      if (const Model *M = Declared.findOwnership(C.Name, C.Annotations, C.HasBody)) {
        Into.Process |= M->Ends == Model::Ending::Exits;
        Into.Jump |= M->Ends == Model::Ending::Unwinds;
      } else if (!Seen.insert(C.Usr).second) {
        continue;
      } else if (std::shared_ptr<const FunctionFacts> Inner = FactsOf(C)) {
        findEnds(*Inner, Into);
      } else if (C.NoReturn) {
        (IsCxx ? Into.Unclear : Into.Process) = true;
      }
    }
}

void ModelDump::add(const std::string &Name, const FunctionInterface &Interface, const FunctionResult &Result,
                    llvm::function_ref<std::shared_ptr<const FunctionFacts>()> OwnFacts) {
  InferredModel Inferred;
  if (Result.GaveUp != GiveUp::No) {
    Inferred.WhyNot = "is too large for the analysis";
  } else {
    Inferred = inferModel(Result.Effects, Name, Interface.PointsToPointers);
    if (Result.Effects.Outcomes.empty()) {
      Ends How;
      Seen.clear();
      if (std::shared_ptr<const FunctionFacts> Facts = OwnFacts())
        findEnds(*Facts, How);
      Inferred = {};
      if (How.Unclear || (How.Process && How.Jump)) {
        Inferred.WhyNot = "never returns, but not only because the process ends";
      } else {
        Inferred.Said.emplace().Function = Name;
        Inferred.Said->Ends = How.Jump ? Model::Ending::Unwinds : Model::Ending::Exits;
      }
    }
  }
  if (Inferred.Said)
    Text += write(*Inferred.Said, Interface.ReturnsPointer);
  else if (!Inferred.WhyNot.empty())
    Text += "  # " + Name + ": " + Inferred.WhyNot + '\n';
}

} // namespace connsan
