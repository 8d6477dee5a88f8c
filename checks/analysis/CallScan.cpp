#include "CallScan.h"

#include "FunctionPointers.h"
#include "StandardOwners.h"
#include "VirtualCalls.h"

#include "clang/AST/DeclTemplate.h"
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
  bool VisitCXXConstructExpr(clang::CXXConstructExpr *E) {
    const clang::CXXConstructorDecl *Made = E->getConstructor();
    if (Made->isCopyConstructor() && !Made->isUserProvided() && !E->isElidable())
      Found.Copies.push_back({Made->getParent()->getCanonicalDecl(), E->getExprLoc()});
    noteEnd(E->getType());
    if (standardOwner(E->getType()))
      noteDeleter(E->arguments());
    return note(E->getConstructor());
  }
  bool VisitCXXMemberCallExpr(clang::CXXMemberCallExpr *E) {
    noteEnd(E->getObjectType());
    if (standardOwner(E->getObjectType()))
      noteDeleter(E->arguments());
    if (const clang::CXXMethodDecl *Target = onlyTarget(*E))
      note(Target);
    return true;
  }
  bool VisitCXXDeleteExpr(clang::CXXDeleteExpr *E) {
    if (!E->getDestroyedType().isNull())
      noteEnd(E->getDestroyedType());
    return true;
  }
  bool VisitVarDecl(clang::VarDecl *Var) {
    noteEnd(Var->getType());
    return true;
  }
  bool VisitCXXDefaultInitExpr(clang::CXXDefaultInitExpr *E) { return TraverseStmt(E->getExpr()); }

  /// What is called when an object of this type ends.
  void noteEnd(clang::QualType Type) {
    noteClass(Type);
    if (std::optional<StandardOwner> Owner = standardOwner(Type)) {
      if (!Owner->DeleterType.isNull())
        noteClass(Owner->DeleterType);
      if (Owner->Call)
        note(Owner->Call);
      if (Owner->Deletes == StandardOwner::Deleter::Delete)
        noteEnd(Owner->Element);
    } else if (const clang::CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
               Record && Record->hasDefinition() && Record->getDestructor()) {
      note(Record->getDestructor());
    }
  }

private:
  void noteClass(clang::QualType Type) {
    if (const clang::CXXRecordDecl *Class = Type->getAsCXXRecordDecl(); Class && Class->hasDefinition())
      Found.Classes.insert(Class->getDefinition());
  }
  template<class Expressions> void noteDeleter(const Expressions &Arguments) {
    for (const clang::Expr *Argument : Arguments)
      if (const clang::CXXMethodDecl *Call = callOperatorOf(Argument->getType()))
        note(Call);
  }
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
  if (const auto *Method = llvm::dyn_cast<clang::CXXMethodDecl>(&Definition))
    Scan.Found.Classes.insert(Method->getParent());
  if (const auto *Constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(&Definition))
    for (const clang::CXXCtorInitializer *Init : Constructor->inits())
      Scan.TraverseStmt(Init->getInit());
  if (llvm::isa<clang::CXXConstructorDecl, clang::CXXDestructorDecl>(Definition)) {
    const auto *Record = llvm::cast<clang::CXXRecordDecl>(Definition.getDeclContext());
    for (const clang::FieldDecl *Field : Record->fields())
      Scan.noteEnd(Field->getType());
    for (const clang::CXXBaseSpecifier &Base : Record->bases())
      Scan.noteEnd(Base.getType());
  }
  Scan.TraverseStmt(Definition.getBody());
  return std::move(Scan.Found);
}

} // namespace connsan
