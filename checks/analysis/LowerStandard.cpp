#include "Lowering.h"
#include "StandardOwners.h"

#include "clang/AST/DeclCXX.h"

using namespace clang;

/// Which parts of the standard library are followed by what they are specified to do.
namespace connsan {

/// False when it is none of them.
bool Lowering::constructStandard(Reg Address, const CXXConstructExpr *E) {
  if (constructOwner(Address, E))
    return true;
  llvm::SmallVector<const Expr *, 4> Arguments(E->arguments());
  if (std::optional<StandardProduct> Product = standardProduct(E->getType())) {
    makeProduct(Address, *Product, Arguments, E->getExprLoc());
    return true;
  }
  if (std::optional<StandardVariant> Variant = standardVariant(E->getType())) {
    makeVariant(Address, *Variant, Arguments, E->getExprLoc());
    return true;
  }
  if (!isStandardOptional(E->getType()))
    return false;
  setOptional(Address, Arguments, E->getExprLoc());
  return true;
}

bool Lowering::destroyStandard(Reg Address, QualType Type, SourceLocation At) {
  if (std::optional<StandardOwner> Owner = standardOwner(Type)) {
    dispose(Address, heldBy(Address, At), *Owner, At);
    return true;
  }
  std::optional<StandardProduct> Product = standardProduct(Type);
  if (!Product)
    return isStandardOptional(Type) || standardVariant(Type);
  for (std::size_t I = 0; I < Product->Elements.size(); ++I)
    if (isObject(Product->Elements[I]))
      destroy(fieldAddress(Address, Product->field(I), At), Product->Elements[I], At);
  return true;
}

/// A member function that is called for an object; nothing when it is another.
std::optional<Reg> Lowering::lowerStandardMember(const Expr *Object, QualType Type,
                                                 const FunctionDecl &Member,
                                                 llvm::ArrayRef<const Expr *> Arguments, SourceLocation At) {
  if (std::optional<StandardOwner> Owner = standardOwner(Type))
    return lowerOwnerCall(valueOf(Object), *Owner, Member, Arguments, At);
  if (isStandardOptional(Type))
    return lowerOptionalCall(valueOf(Object), Member, Arguments, At);
  if (std::optional<StandardVariant> Variant = standardVariant(Type))
    return lowerVariantCall(valueOf(Object), *Variant, Member, Arguments, At);
  std::optional<StandardProduct> Product = standardProduct(Type);
  if (!Product || Member.getOverloadedOperator() != OO_Equal || Arguments.size() != 1 ||
      !standardProduct(Arguments[0]->getType()))
    return std::nullopt;
  Reg To = valueOf(Object);
  assignProduct(To, *Product, Arguments[0], At);
  return To;
}

/// Whether two things are equal, or differ; nothing when how to tell is not known here.
std::optional<Reg> Lowering::lowerStandardComparison(const CallExpr &Call, CompareOp Op) {
  if (std::optional<Reg> Known = compareWithNullopt(Call, Op))
    return Known;
  SourceLocation At = Call.getExprLoc();
  for (unsigned I = 0; I < 2; ++I)
    if (standardOwner(Call.getArg(I)->getType()) && Call.getArg(1 - I)->getType()->isNullPtrType())
      return compare(Op, heldBy(valueOf(Call.getArg(I)), At), constant(0, At), At);
  return std::nullopt;
}

/// A function that is not a member; nothing when it is another.
std::optional<Reg> Lowering::lowerStandardFunction(const FunctionDecl &Target, const CallExpr &Call,
                                                   std::optional<Reg> Into) {
  SourceLocation At = Call.getExprLoc();
  switch (Target.getBuiltinID()) {
  case Builtin::BImove:
  case Builtin::BImove_if_noexcept:
  case Builtin::BIforward:
  case Builtin::BIforward_like:
  case Builtin::BIas_const:
  case Builtin::BIaddressof:
  case Builtin::BI__addressof:
    return valueOf(Call.getArg(0));
  default:
    break;
  }
  if (!Target.isInStdNamespace())
    return std::nullopt;
  const unsigned Count = Call.getNumArgs();
  if (Count == 2 && Target.getOverloadedOperator() == OO_EqualEqual)
    return lowerStandardComparison(Call, CompareOp::Equal);
  if (Count == 2 && Target.getOverloadedOperator() == OO_ExclaimEqual)
    return lowerStandardComparison(Call, CompareOp::NotEqual);
  if (!Target.getIdentifier())
    return std::nullopt;
  QualType First = Count == 0 ? QualType() : Call.getArg(0)->getType();
  if (Count == 1)
    if (std::optional<Reg> Known = lowerVariantFunction(Target, Call.getArg(0)))
      return Known;
  if (Target.getName() == "get" && Count == 1)
    return elementOf(Target, Call.getArg(0));
  const bool MakesProduct = Target.getName() == "make_pair" || Target.getName() == "make_tuple" ||
                            Target.getName() == "tie" || Target.getName() == "forward_as_tuple";
  if (std::optional<StandardProduct> Product = standardProduct(Call.getType()); Product && MakesProduct) {
    Reg Address = Into ? *Into : temporaryAddress(&Call, At);
    llvm::SmallVector<const Expr *, 4> Arguments(Call.arguments());
    makeProduct(Address, *Product, Arguments, At);
    if (!Into)
      keepTemporary(&Call, Address);
    return Address;
  }
  if (Target.getName() == "exchange" && Count == 2 && First->isScalarType()) {
    Reg Place = valueOf(Call.getArg(0));
    return replace(Place, scalarOf(Call.getArg(1)), First, At);
  }
  if (Target.getName() == "swap" && Count == 2) {
    Reg Left = valueOf(Call.getArg(0));
    Reg Right = valueOf(Call.getArg(1));
    if (standardOwner(First)) {
      exchangeHeld(Left, Right, At);
      return Left;
    }
    if (First->isScalarType()) {
      Reg WasRight = load(Right, First, At);
      Reg WasLeft = replace(Left, WasRight, First, At);
      store(Right, WasLeft, First, point(At));
      return Left;
    }
  }
  return std::nullopt;
}

} // namespace connsan
