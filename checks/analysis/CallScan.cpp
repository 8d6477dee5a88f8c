#include "CallScan.h"

#include "FunctionPointers.h"

#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace connsan {
namespace {

class Visitor : public clang::RecursiveASTVisitor<Visitor> {
public:
  Calls Found;

  bool shouldVisitImplicitCode() const { return true; }
  bool VisitDeclRefExpr(clang::DeclRefExpr *E) { return note(E->getDecl()); }
  bool VisitMemberExpr(clang::MemberExpr *E) { return note(E->getMemberDecl()); }
  bool VisitCallExpr(clang::CallExpr *E) {
    const clang::FunctionDecl *Target =
        E->getDirectCallee() ? nullptr : constantTarget(E->getCallee()->IgnoreParenImpCasts());
    return !Target || note(Target);
  }
  bool VisitCXXThrowExpr(clang::CXXThrowExpr *) {
    Found.Throws = true;
    return true;
  }
  bool VisitCXXConstructExpr(clang::CXXConstructExpr *E) { return note(E->getConstructor()); }

private:
  bool note(const clang::ValueDecl *Decl) {
    if (const auto *Function = llvm::dyn_cast<clang::FunctionDecl>(Decl))
      if (Seen.insert(Function->getCanonicalDecl()).second)
        Found.Functions.push_back(Function);
    return true;
  }
  llvm::SmallPtrSet<const clang::FunctionDecl *, 8> Seen;
};

} // namespace

Calls scanCalls(const clang::FunctionDecl &Definition) {
  Visitor Scan;
  Scan.TraverseStmt(Definition.getBody());
  return std::move(Scan.Found);
}

} // namespace connsan
