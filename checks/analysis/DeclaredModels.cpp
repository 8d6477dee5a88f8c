#include "DeclaredModels.h"

#include "FactsGenerator.h"
#include "FunctionAnnotations.h"
#include "model/Annotations.h"

#include "llvm/ADT/StringExtras.h"

namespace connsan {

static const Model *withOwnership(const Model *M) {
  return M && M->Ownership ? M : nullptr;
}

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

const Model *DeclaredModels::find(const clang::FunctionDecl &Function) {
  return find(qualifiedName(Function), annotationsOf(Function));
}

const Model *DeclaredModels::findOwnership(llvm::StringRef Function,
                                           llvm::ArrayRef<std::string> Annotations) {
  return withOwnership(find(Function, Annotations));
}

const Model *DeclaredModels::findOwnership(const clang::FunctionDecl &Function) {
  return withOwnership(find(Function));
}

} // namespace connsan
