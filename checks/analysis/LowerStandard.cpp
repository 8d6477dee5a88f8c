#include "Lowering.h"
#include "StandardOwners.h"

#include "clang/AST/DeclTemplate.h"

using namespace clang;

/// Calls of the standard library that move pointers about.
namespace connsan {

// The members that a std::unique_ptr has here.
static constexpr llvm::StringLiteral HeldPointer = "*";
static constexpr llvm::StringLiteral HeldDeleter = "deleter";

Reg Lowering::heldBy(Reg Owner, SourceLocation At) {
  return load(fieldAddress(Owner, HeldPointer, At), Context.VoidPtrTy, At);
}

/// Gives a place a new value, and what it held.
Reg Lowering::replace(Reg Place, Reg New, QualType Type, SourceLocation At) {
  Reg Old = load(Place, Type, At);
  store(Place, New, Type, point(At));
  Current->Facts.back().Immediate = MovingAccess;
  return Old;
}

void Lowering::hold(Reg Owner, Reg Pointer, SourceLocation At) {
  store(fieldAddress(Owner, HeldPointer, At), Pointer, Context.VoidPtrTy, point(At));
}

/// What the owner does with a pointer that it gives up.
void Lowering::dispose(Reg Owner, Reg Pointer, QualType OwnerType, SourceLocation At) {
  Deleter How = deleterOf(*uniquePointer(OwnerType));
  switch (How.What) {
  case Deleter::Kind::Object:
    value(Fact::Kind::Call, At, {fieldAddress(Owner, HeldDeleter, At), Pointer}, callee(How.Call, true));
    break;
  case Deleter::Kind::Function: {
    Reg Function = load(fieldAddress(Owner, HeldDeleter, At), Context.VoidPtrTy, At);
    QualType Type = uniquePointer(OwnerType)->getTemplateArgs()[1].getAsType();
    value(Fact::Kind::IndirectCall, At, {Function, Pointer}, unknownCallee(Type));
    break;
  }
  case Deleter::Kind::Other:
    emit(Fact::Kind::Opaque, At, {Pointer});
    break;
  }
}

/// One owner takes over from another.
void Lowering::takeOver(Reg To, Reg From, QualType Type, SourceLocation At) {
  hold(To, heldBy(From, At), At);
  hold(From, constant(0, At), At);
  Deleter How = deleterOf(*uniquePointer(Type));
  if (How.What == Deleter::Kind::Object)
    copyObject(fieldAddress(To, HeldDeleter, At), fieldAddress(From, HeldDeleter, At), *How.Call->getParent(),
               At);
  if (How.What == Deleter::Kind::Function)
    store(fieldAddress(To, HeldDeleter, At), load(fieldAddress(From, HeldDeleter, At), Context.VoidPtrTy, At),
          Context.VoidPtrTy, point(At));
}

/// A std::unique_ptr; false when it is none.
bool Lowering::constructStandard(Reg Address, const CXXConstructExpr *E) {
  if (!uniquePointer(E->getType()))
    return false;
  SourceLocation At = E->getExprLoc();
  if (E->getNumArgs() == 0) {
    hold(Address, constant(0, At), At);
    return true;
  }
  const Expr *First = E->getArg(0);
  if (uniquePointer(First->getType())) {
    takeOver(Address, valueOf(First), E->getType(), At);
    return true;
  }
  if (isObject(First->getType()))
    return false;
  hold(Address, valueOf(First), At);
  if (E->getNumArgs() == 2) {
    const Expr *Second = E->getArg(1);
    Reg Place = fieldAddress(Address, HeldDeleter, At);
    const CXXRecordDecl *Class = Second->getType()->getAsCXXRecordDecl();
    if (Class && deleterOf(*uniquePointer(E->getType())).What == Deleter::Kind::Object)
      copyObject(Place, valueOf(Second), *Class, At);
    else if (Class)
      emit(Fact::Kind::Opaque, At, {valueOf(Second)});
    else
      store(Place, valueOf(Second), Context.VoidPtrTy, point(At));
  }
  return true;
}

bool Lowering::destroyStandard(Reg Address, QualType Type, SourceLocation At) {
  if (!uniquePointer(Type))
    return false;
  dispose(Address, heldBy(Address, At), Type, At);
  return true;
}

/// A member function of a std::unique_ptr that is called for `Owner`; nothing when it is another.
std::optional<Reg> Lowering::lowerOwnerCall(Reg Owner, QualType Type, const FunctionDecl &Member,
                                            llvm::ArrayRef<const Expr *> Arguments, SourceLocation At) {
  auto Replace = [&](Reg New) {
    dispose(Owner, heldBy(Owner, At), Type, At);
    hold(Owner, New, At);
    return Owner;
  };
  if (Member.getOverloadedOperator() == OO_Equal && Arguments.size() == 1) {
    if (!uniquePointer(Arguments[0]->getType()))
      return Replace(constant(0, At));
    Reg From = valueOf(Arguments[0]);
    dispose(Owner, heldBy(Owner, At), Type, At);
    takeOver(Owner, From, Type, At);
    return Owner;
  }
  if (Member.getOverloadedOperator() == OO_Star || Member.getOverloadedOperator() == OO_Arrow)
    return heldBy(Owner, At);
  if (isa<CXXConversionDecl>(Member)) {
    Reg Null = constant(0, At);
    return compare(CompareOp::NotEqual, heldBy(Owner, At), Null, At);
  }
  if (!Member.getIdentifier())
    return std::nullopt;
  if (Member.getName() == "get")
    return heldBy(Owner, At);
  if (Member.getName() == "release") {
    Reg Null = constant(0, At);
    return replace(fieldAddress(Owner, HeldPointer, At), Null, Context.VoidPtrTy, At);
  }
  if (Member.getName() == "reset")
    return Replace(Arguments.empty() || isa<CXXDefaultArgExpr>(Arguments[0]) ? constant(0, At)
                                                                             : valueOf(Arguments[0]));
  if (Member.getName() == "swap" && Arguments.size() == 1 && uniquePointer(Arguments[0]->getType())) {
    exchangeHeld(Owner, valueOf(Arguments[0]), At);
    return Owner;
  }
  return std::nullopt;
}

void Lowering::exchangeHeld(Reg Left, Reg Right, SourceLocation At) {
  for (llvm::StringRef Name : {HeldPointer, HeldDeleter}) {
    Reg LeftPlace = fieldAddress(Left, Name, At);
    Reg RightPlace = fieldAddress(Right, Name, At);
    Reg WasRight = load(RightPlace, Context.VoidPtrTy, At);
    Reg WasLeft = replace(LeftPlace, WasRight, Context.VoidPtrTy, At);
    store(RightPlace, WasLeft, Context.VoidPtrTy, point(At));
  }
}

/// A function that is not a member; nothing when it is another.
std::optional<Reg> Lowering::lowerStandardFunction(const FunctionDecl &Target, const CallExpr &Call) {
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
  auto IsNull = [](const Expr *E) { return E->getType()->isNullPtrType(); };
  if (Count == 2 &&
      (Target.getOverloadedOperator() == OO_EqualEqual || Target.getOverloadedOperator() == OO_ExclaimEqual))
    for (unsigned I = 0; I < 2; ++I)
      if (uniquePointer(Call.getArg(I)->getType()) && IsNull(Call.getArg(1 - I))) {
        Reg Held = heldBy(valueOf(Call.getArg(I)), At);
        CompareOp Op =
            Target.getOverloadedOperator() == OO_EqualEqual ? CompareOp::Equal : CompareOp::NotEqual;
        return compare(Op, Held, constant(0, At), At);
      }
  if (!Target.getIdentifier())
    return std::nullopt;
  QualType First = Count == 0 ? QualType() : Call.getArg(0)->getType();
  if (Target.getName() == "exchange" && Count == 2 && First->isScalarType()) {
    Reg Place = valueOf(Call.getArg(0));
    return replace(Place, valueOf(Call.getArg(1)), First, At);
  }
  if (Target.getName() == "swap" && Count == 2) {
    Reg Left = valueOf(Call.getArg(0));
    Reg Right = valueOf(Call.getArg(1));
    if (uniquePointer(First)) {
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
