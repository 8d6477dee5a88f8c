#include "ModelDump.h"

#include "FactsGenerator.h"
#include "InferredModel.h"
#include "model/ModelWriter.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"

using namespace clang;

namespace connsan {

bool ModelDump::wants(const FunctionDecl &Definition) {
  bool HasName = Definition.getDeclName().isIdentifier() || Definition.isOverloadedOperator();
  return HasName && !isa<CXXConstructorDecl, CXXDestructorDecl>(Definition) && !Definition.isMain() &&
         Definition.isExternallyVisible() && !Definition.isDependentContext() &&
         !Declared.findOwnership(Definition);
}

/// In which ways a function that does not return ends.
void ModelDump::findEnds(const FunctionFacts &Facts, bool IsCxx, Ends &Into) {
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
      } else if (std::optional<FunctionFacts> Inner = FactsOf(C)) {
        findEnds(*Inner, IsCxx, Into);
      } else if (C.NoReturn) {
        (IsCxx ? Into.Unclear : Into.Process) = true;
      }
    }
}

void ModelDump::add(const FunctionDecl &Definition, const FunctionResult &Result) {
  std::string Name = qualifiedName(Definition);
  std::vector<bool> ByAddress;
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&Definition); Method && Method->isInstance())
    ByAddress.push_back(false);
  for (const ParmVarDecl *P : Definition.parameters()) {
    QualType Pointee = P->getType()->getPointeeType();
    ByAddress.push_back(!Pointee.isNull() && Pointee->isPointerType());
  }
  InferredModel Inferred;
  if (Result.GaveUp != GiveUp::No) {
    Inferred.WhyNot = "is too large for the analysis";
  } else {
    Inferred = inferModel(Result.Effects, Name, ByAddress);
    if (Result.Effects.Outcomes.empty()) {
      Ends How;
      Seen.clear();
      if (std::optional<FunctionFacts> Facts =
              generateFacts(Definition, Definition.getASTContext(), Limits().Blocks))
        findEnds(*Facts, Definition.getLangOpts().CPlusPlus, How);
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
    Text += write(*Inferred.Said, Definition.getReturnType()->isPointerType());
  else if (!Inferred.WhyNot.empty())
    Text += "  # " + Name + ": " + Inferred.WhyNot + '\n';
}

} // namespace connsan
