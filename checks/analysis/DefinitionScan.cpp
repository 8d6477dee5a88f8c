#include "DefinitionScan.h"

#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace connsan {
namespace {

class Visitor : public RecursiveASTVisitor<Visitor> {
public:
  explicit Visitor(ASTContext &Context)
      : Sources(Context.getSourceManager()), LooksIntoBodies(Context.getLangOpts().CPlusPlus) {}

  std::vector<const FunctionDecl *> Found;

  bool shouldVisitTemplateInstantiations() const { return true; }
  bool shouldVisitImplicitCode() const { return true; }
  bool shouldWalkTypesOfTypeLocs() const { return false; }
  bool TraverseTypeLoc(TypeLoc, bool = true) { return true; }

  bool TraverseDecl(Decl *D) {
    if (!D || isa<TranslationUnitDecl>(D))
      return RecursiveASTVisitor::TraverseDecl(D);
    if (isa<VarDecl, TypedefNameDecl, EnumDecl, UsingDecl>(D) && !LooksIntoBodies)
      return true;
    if (const auto *Function = dyn_cast<FunctionDecl>(D);
        Function && !Function->doesThisDeclarationHaveABody())
      return true;
    if (D->getLexicalDeclContext()->isTranslationUnit() && Sources.isInSystemHeader(D->getLocation()))
      return true;
    return RecursiveASTVisitor::TraverseDecl(D);
  }
  /// C has no functions inside of functions.
  bool TraverseStmt(Stmt *S, DataRecursionQueue *Queue = nullptr) {
    return LooksIntoBodies ? RecursiveASTVisitor::TraverseStmt(S, Queue) : true;
  }
  bool VisitFunctionDecl(FunctionDecl *Function) {
    if (Function->isThisDeclarationADefinition() && !Sources.isInSystemHeader(Function->getLocation()))
      Found.push_back(Function);
    return true;
  }

private:
  const SourceManager &Sources;
  bool LooksIntoBodies;
};

} // namespace

std::vector<const FunctionDecl *> definitionsIn(ASTContext &Context) {
  Visitor Scan(Context);
  for (Decl *D : Context.getTraversalScope())
    Scan.TraverseDecl(D);
  return std::move(Scan.Found);
}

} // namespace connsan
