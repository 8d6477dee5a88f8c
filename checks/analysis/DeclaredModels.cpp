#include "DeclaredModels.h"

#include "model/Annotations.h"

#include "llvm/ADT/StringExtras.h"

namespace connsan {

const Model *DeclaredModels::find(llvm::StringRef Function, llvm::ArrayRef<std::string> Annotations) {
  const Model *Known = Models.find(Function);
  if (Annotations.empty())
    return Known;
  std::string Key = Function.str() + '\n' + llvm::join(Annotations, "\n");
  auto [It, New] = Annotated.try_emplace(Key);
  if (!New)
    return It->second ? It->second.get() : Known;
  AnnotationMistake Mistake; // UnitAnalysis reports it
  std::optional<Model> Said = parseAnnotations(Function, Annotations, Mistake);
  if (!Said)
    return Known;
  if (Known) {
    Model All = *Known;
    All.takeOver(*Said);
    Said = std::move(All);
  }
  if (const Model *Users = Models.findUsers(Function))
    Said->takeOver(*Users);
  It->second = std::make_unique<Model>(std::move(*Said));
  return It->second.get();
}

const Model *DeclaredModels::findOwnership(llvm::StringRef Function, llvm::ArrayRef<std::string> Annotations,
                                           bool HasBody) {
  const Model *M = find(Function, Annotations);
  if (!M || !M->Ownership)
    return nullptr;
  const Model *Users = Models.findUsers(Function);
  bool IsBuiltin = M == Models.find(Function) && !(Users && Users->Ownership);
  return IsBuiltin && HasBody && M->Ends != Model::Ending::Returns ? nullptr : M;
}

} // namespace connsan
