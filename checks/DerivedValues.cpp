#include "DerivedValues.h"

#include "analysis/FunctionNames.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "clang/ASTMatchers/ASTMatchers.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;
using namespace clang::ast_matchers;

namespace connsan {
namespace {

bool isOfStd(const Decl &D) {
  return D.isInStdNamespace() || D.getDeclContext()->isStdNamespace();
}

bool isOfSystem(const FunctionDecl &Function) {
  const SourceManager &Sources = Function.getASTContext().getSourceManager();
  return Sources.isInSystemHeader(Function.getLocation()) || Function.getBuiltinID() != 0;
}

bool isNumber(QualType Type) {
  return Type.getNonReferenceType()->isArithmeticType();
}

bool isNamed(const FunctionDecl &Function, llvm::StringRef Name) {
  return Function.getDeclName().isIdentifier() && Function.getName() == Name;
}

/// Whether a value of this type can lead to something that it does not own. The classes of the standard
/// library that are no templates, its strings and its streams keep copies.
bool canRefer(QualType Type) {
  Type = Type.getNonReferenceType().getCanonicalType();
  if (Type->isArrayType())
    return canRefer(Type->castAsArrayTypeUnsafe()->getElementType());
  if (Type->isAnyPointerType() || Type->isMemberPointerType())
    return true;
  if (Type->isVoidType() || Type->isBooleanType() || Type->isEnumeralType() || Type->isNullPtrType())
    return false;
  const RecordDecl *Record = Type->getAsRecordDecl();
  if (!Record || !isOfStd(*Record))
    return true; // a number may be a handle
  const auto *Template = dyn_cast<ClassTemplateSpecializationDecl>(Record);
  if (!Template || Record->getName() == "basic_string" || Record->getName().ends_with("stream"))
    return false;
  if (Record->getName().ends_with("_view") || Record->getName() == "span")
    return true;
  return llvm::any_of(Template->getTemplateArgs().asArray(), [](const TemplateArgument &A) {
    return A.getKind() == TemplateArgument::Type && !isNumber(A.getAsType()) && canRefer(A.getAsType());
  });
}

/// Through which the callee can give something to its caller.
bool canReceive(QualType Parameter, bool OfSystem) {
  if (!Parameter->isPointerType() && !Parameter->isReferenceType())
    return false;
  QualType Pointee = Parameter->getPointeeType();
  if (Pointee.isConstQualified())
    return false;
  if (Pointee->isPointerType())
    return true;
  return !OfSystem && (Pointee->isRecordType() || Pointee->isVoidType()) && canRefer(Pointee);
}

/// Where an assignment ends up.
struct Target {
  const VarDecl *Base = nullptr; ///< null: something else
  bool IsElsewhere = false;      ///< not in the variable itself but where it leads
};

Target targetOf(const Expr &E) {
  Target To;
  const Expr *Part = E.IgnoreParenCasts();
  while (true) {
    if (const auto *Member = dyn_cast<MemberExpr>(Part)) {
      To.IsElsewhere |= Member->isArrow();
      Part = Member->getBase()->IgnoreParenCasts();
    } else if (const auto *Element = dyn_cast<ArraySubscriptExpr>(Part)) {
      To.IsElsewhere |= !Element->getBase()->IgnoreParenImpCasts()->getType()->isArrayType();
      Part = Element->getBase()->IgnoreParenCasts();
    } else if (const auto *Operator = dyn_cast<UnaryOperator>(Part)) {
      To.IsElsewhere |= Operator->getOpcode() == UO_Deref;
      Part = Operator->getSubExpr()->IgnoreParenCasts();
    } else {
      break;
    }
  }
  if (const auto *Reference = dyn_cast<DeclRefExpr>(Part))
    To.Base = dyn_cast<VarDecl>(Reference->getDecl());
  if (To.Base && (To.Base->getType()->isReferenceType() || !To.Base->hasLocalStorage()))
    To.IsElsewhere = true;
  return To;
}

} // namespace

/// One walk over the function; to be repeated while it finds something new.
class DerivationScan : public RecursiveASTVisitor<DerivationScan> {
public:
  explicit DerivationScan(DerivedValues &Into) : Into(Into) {}

  bool Changed = false;

  bool shouldVisitImplicitCode() const { return true; } // a range-for assigns in it
  bool VisitVarDecl(VarDecl *Var) {
    if (const Expr *Init = Var->getInit(); Init && canRefer(Var->getType()) && Into.carries(*Init)) {
      add(*Var);
      Into.Outlives |= !Var->hasLocalStorage();
    }
    return true;
  }
  bool VisitBinaryOperator(BinaryOperator *E) {
    if (E->isAssignmentOp() && Into.carries(*E->getRHS()))
      assign(*E->getLHS());
    return true;
  }
  bool VisitCallExpr(CallExpr *E) {
    const FunctionDecl *Called = E->getDirectCallee();
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E); Operator && Operator->isAssignmentOp()) {
      if (canRefer(E->getArg(0)->getType()) && Into.carries(*E->getArg(1)))
        assign(*E->getArg(0));
      return true;
    }
    bool Given = llvm::any_of(E->arguments(), [&](const Expr *A) { return Into.carries(*A); });
    if (!Given || (Called && builtinModels().find(qualifiedName(*Called))))
      return true;
    bool OfSystem = Called && isOfSystem(*Called) && !isOfStd(*Called);
    for (unsigned I = 0; I < E->getNumArgs(); ++I)
      if (const Expr *A = E->getArg(I); !Into.carries(*A) && receives(*E, I, OfSystem))
        give(*A);
    if (const auto *Method = dyn_cast<CXXMemberCallExpr>(E))
      if (const Expr *Object = Method->getImplicitObjectArgument()) {
        QualType Type =
            Object->getType()->isPointerType() ? Object->getType()->getPointeeType() : Object->getType();
        if (!Type.isConstQualified() && canRefer(Type))
          give(*Object);
      }
    return true;
  }
  bool VisitCXXConstructExpr(CXXConstructExpr *E) {
    bool Given = llvm::any_of(E->arguments(), [&](const Expr *A) { return Into.carries(*A); });
    if (!Given || isOfStd(*E->getConstructor()->getParent()))
      return true;
    for (unsigned I = 0; I < std::min(E->getNumArgs(), E->getConstructor()->getNumParams()); ++I)
      if (const Expr *A = E->getArg(I);
          !Into.carries(*A) && canReceive(E->getConstructor()->getParamDecl(I)->getType(), false))
        give(*A);
    return true;
  }

private:
  static bool receives(const CallExpr &Call, unsigned I, bool OfSystem) {
    const FunctionDecl *Called = Call.getDirectCallee();
    // The object of an operator that is a member comes before its parameters.
    unsigned Shift = isa<CXXOperatorCallExpr>(Call) && isa_and_nonnull<CXXMethodDecl>(Called) ? 1 : 0;
    if (!Called || I < Shift || I - Shift >= Called->getNumParams())
      return I < Shift ? canRefer(Call.getArg(I)->getType())
                       : canReceive(Call.getArg(I)->getType(), OfSystem);
    return canReceive(Called->getParamDecl(I - Shift)->getType(), OfSystem);
  }
  void add(const VarDecl &Var) {
    if (&Var != &Into.Holder)
      Changed |= Into.Variables.insert(&Var).second;
  }
  void assign(const Expr &To) {
    Target T = targetOf(*To.IgnoreParenCasts());
    if (T.Base)
      add(*T.Base);
    Into.Outlives |= !T.Base || T.IsElsewhere;
  }
  /// What a callee may write to, where the pointer `To` leads or, if it is none, in `To` itself.
  void give(const Expr &To) {
    const Expr *Place = To.IgnoreParenCasts();
    bool IsElsewhere = Place->getType()->isPointerType();
    if (const auto *Address = dyn_cast<UnaryOperator>(Place); Address && Address->getOpcode() == UO_AddrOf) {
      Place = Address->getSubExpr();
      IsElsewhere = false;
    }
    Target T = targetOf(*Place);
    if (T.Base)
      add(*T.Base);
    Into.Outlives |= (!T.Base || T.IsElsewhere || IsElsewhere) && !Into.CalleesKeepNone;
  }

  DerivedValues &Into;
};

DerivedValues::DerivedValues(const FunctionDecl &Function, const VarDecl &Holder, const ModelSet &Models,
                             bool CalleesKeepNone)
    : Holder(Holder), Models(Models), CalleesKeepNone(CalleesKeepNone) {
  DerivationScan Scan(*this);
  do {
    Scan.Changed = false;
    Scan.TraverseStmt(Function.getBody());
  } while (Scan.Changed);
}

bool DerivedValues::areUsedIn(const Stmt &S) const {
  auto Mentions = match(findAll(declRefExpr(to(varDecl().bind("var")))), S, Holder.getASTContext());
  return llvm::any_of(Mentions, [this](const BoundNodes &Found) {
    const auto *Var = Found.getNodeAs<VarDecl>("var");
    return Var == &Holder || Variables.contains(Var);
  });
}

bool DerivedValues::areDestroyed() const {
  auto IsDestroyed = [](const VarDecl *Var) {
    return Var->hasAttr<CleanupAttr>() ||
           Var->needsDestruction(Var->getASTContext()) == QualType::DK_cxx_destructor;
  };
  return IsDestroyed(&Holder) || llvm::any_of(Variables, IsDestroyed);
}

bool DerivedValues::callCarries(const Expr &Call) const {
  const auto *E = dyn_cast<CallExpr>(&Call);
  const FunctionDecl *Called = E ? E->getDirectCallee() : nullptr;
  if (Called) {
    if (const Model *M = Models.find(qualifiedName(*Called))) {
      bool IsOwner = M->Returns == Model::Result::Acquire || M->Returns == Model::Result::AcquireOrNull;
      if (IsOwner || ((M->Pure || M->StatusOk) && isNumber(Call.getType())))
        return false;
    } else if (isOfSystem(*Called) && (isNumber(Call.getType()) || isNamed(*Called, "strdup"))) {
      return false;
    }
  }
  return llvm::any_of(Call.children(), [&](const Stmt *S) {
    const auto *Operand = dyn_cast_or_null<Expr>(S);
    return Operand && carries(*Operand);
  });
}

/// Whether the value may come from what the holder has.
bool DerivedValues::carries(const Expr &Whole) const {
  const Expr &E = *Whole.IgnoreParenImpCasts();
  if (!canRefer(Whole.getType()))
    return false;
  if (const auto *Reference = dyn_cast<DeclRefExpr>(&E)) {
    const auto *Var = dyn_cast<VarDecl>(Reference->getDecl());
    return Var && (Var == &Holder || Variables.contains(Var));
  }
  if (isa<UnaryExprOrTypeTraitExpr>(E))
    return false;
  if (const auto *Operator = dyn_cast<BinaryOperator>(&E);
      Operator && (Operator->isComparisonOp() || Operator->isLogicalOp()))
    return false;
  if (const auto *Operator = dyn_cast<UnaryOperator>(&E);
      Operator &&
      (Operator->getOpcode() == UO_LNot || (Operator->getOpcode() == UO_Deref && isNumber(E.getType()))))
    return false;
  // A number that was read out of something is a copy.
  if (isa<ArraySubscriptExpr, MemberExpr>(E) && isNumber(E.getType()))
    return false;
  if (const auto *Choice = dyn_cast<ConditionalOperator>(&E))
    return carries(*Choice->getTrueExpr()) || carries(*Choice->getFalseExpr());
  if (isa<CallExpr>(E))
    return callCarries(E);
  if (isa<LambdaExpr>(E))
    return areUsedIn(E);
  return llvm::any_of(E.children(), [&](const Stmt *S) {
    const auto *Operand = dyn_cast_or_null<Expr>(S);
    return Operand && carries(*Operand);
  });
}

} // namespace connsan
