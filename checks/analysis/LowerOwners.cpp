#include "Lowering.h"
#include "StandardOwners.h"

#include "clang/AST/DeclCXX.h"

using namespace clang;

/// std::unique_ptr and std::shared_ptr.
namespace connsan {

// The members that they have here.
static constexpr llvm::StringLiteral HeldPointer = "*";
static constexpr llvm::StringLiteral HeldDeleter = "deleter";

using Deleter = StandardOwner::Deleter;

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

/// With no register: nothing is done to the pointer that it holds.
void Lowering::keepDeleter(Reg Owner, std::optional<Reg> Function, SourceLocation At) {
  Reg Place = fieldAddress(Owner, HeldDeleter, At);
  store(Place, Function ? *Function : constant(0, At), Context.VoidPtrTy, point(At));
}

/// What the owner does with a pointer that it gives up.
void Lowering::dispose(Reg Owner, Reg Pointer, const StandardOwner &Type, SourceLocation At) {
  switch (Type.Deletes) {
  case Deleter::Object:
    value(Fact::Kind::Call, At, {fieldAddress(Owner, HeldDeleter, At), Pointer}, callee(Type.Call, true));
    break;
  case Deleter::Function: {
    Reg Function = load(fieldAddress(Owner, HeldDeleter, At), Context.VoidPtrTy, At);
    Callee Unknown{.IsDeleter = true};
    Unknown.Parameters.push_back({.IsPointer = true});
    Out.Callees.push_back(std::move(Unknown));
    value(Fact::Kind::IndirectCall, At, {Function, Pointer}, Out.Callees.size() - 1);
    break;
  }
  case Deleter::Delete:
    if (const CXXRecordDecl *Class = Type.Element->getAsCXXRecordDecl(); !Class->hasTrivialDestructor())
      destroy(Pointer, Type.Element, At, Class->isEffectivelyFinal());
    [[fallthrough]];
  case Deleter::Other:
    emit(Fact::Kind::Opaque, At, {Pointer});
    break;
  }
}

/// One owner takes over from another.
void Lowering::takeOver(Reg To, Reg From, const StandardOwner &Type, SourceLocation At) {
  hold(To, heldBy(From, At), At);
  hold(From, constant(0, At), At);
  if (Type.Deletes == Deleter::Object)
    copyObject(fieldAddress(To, HeldDeleter, At), fieldAddress(From, HeldDeleter, At),
               *Type.Call->getParent(), At);
  if (Type.Deletes == Deleter::Function)
    keepDeleter(To, load(fieldAddress(From, HeldDeleter, At), Context.VoidPtrTy, At), At);
}

/// Which of two owners is the last one is not followed.
void Lowering::share(Reg To, Reg From, SourceLocation At) {
  emit(Fact::Kind::Opaque, At, {heldBy(From, At)});
  hold(To, heldBy(From, At), At);
  keepDeleter(From, std::nullopt, At);
  keepDeleter(To, std::nullopt, At);
}

/// A std::shared_ptr gets a pointer that is its own from now on.
void Lowering::holdShared(Reg Owner, llvm::ArrayRef<const Expr *> Arguments, SourceLocation At) {
  Reg Pointer = Arguments.empty() ? constant(0, At) : valueOf(Arguments[0]);
  hold(Owner, Pointer, At);
  const Expr *How = Arguments.size() > 1 ? Arguments[1] : nullptr;
  const CXXMethodDecl *Call = How ? callOperatorOf(How->getType()) : nullptr;
  if (How && How->getType()->isFunctionPointerType()) {
    keepDeleter(Owner, scalarOf(How), At);
  } else if (Call && Call->getParent()->isEmpty()) {
    std::uint32_t Function = callee(Call, true);
    Out.Callees[Function].IgnoresObject = true;
    keepDeleter(Owner, value(Fact::Kind::FunctionAddress, At, {}, Function), At);
  } else {
    emit(Fact::Kind::Opaque, At, {Pointer});
    keepDeleter(Owner, std::nullopt, At);
  }
}

static bool isMoved(const Expr *E) {
  return !E->isLValue();
}

void Lowering::constructShared(Reg Address, llvm::ArrayRef<const Expr *> Arguments, SourceLocation At) {
  const Expr *First = Arguments.empty() ? nullptr : Arguments[0];
  std::optional<StandardOwner> From = First ? standardOwner(First->getType()) : std::nullopt;
  if (From && From->IsShared && Arguments.size() == 1 && isMoved(First)) {
    takeOver(Address, valueOf(First), *From, At);
  } else if (From && From->IsShared && Arguments.size() == 1) {
    share(Address, valueOf(First), At);
  } else if (First && isObject(First->getType())) {
    // From another kind of owner, or for a part of what another one holds.
    Reg Other = valueOf(First);
    if (From)
      emit(Fact::Kind::Opaque, At, {heldBy(Other, At)});
    emit(Fact::Kind::Opaque, At, {Other});
    hold(Address, value(Fact::Kind::Opaque, At), At);
    keepDeleter(Address, std::nullopt, At);
  } else {
    holdShared(Address, Arguments, At);
  }
}

/// False when it is no owner that is followed.
bool Lowering::constructOwner(Reg Address, const CXXConstructExpr *E) {
  std::optional<StandardOwner> Type = standardOwner(E->getType());
  if (!Type)
    return false;
  SourceLocation At = E->getExprLoc();
  llvm::SmallVector<const Expr *, 4> Arguments(E->arguments());
  if (Type->IsShared) {
    constructShared(Address, Arguments, At);
    return true;
  }
  if (Arguments.empty()) {
    hold(Address, constant(0, At), At);
    return true;
  }
  const Expr *First = Arguments[0];
  if (std::optional<StandardOwner> From = standardOwner(First->getType()); From && !From->IsShared) {
    takeOver(Address, valueOf(First), *Type, At);
    return true;
  }
  if (isObject(First->getType()))
    return false;
  hold(Address, valueOf(First), At);
  if (Arguments.size() == 2) {
    const Expr *Second = Arguments[1];
    const CXXRecordDecl *Class = Second->getType()->getAsCXXRecordDecl();
    if (Class && Type->Deletes == Deleter::Object)
      copyObject(fieldAddress(Address, HeldDeleter, At), valueOf(Second), *Class, At);
    else if (Class)
      emit(Fact::Kind::Opaque, At, {valueOf(Second)});
    else
      keepDeleter(Address, scalarOf(Second), At);
  }
  return true;
}

/// A member function that is called for `Owner`; nothing when it is another.
std::optional<Reg> Lowering::lowerOwnerCall(Reg Owner, const StandardOwner &Type, const FunctionDecl &Member,
                                            llvm::ArrayRef<const Expr *> Arguments, SourceLocation At) {
  auto Dispose = [&] { dispose(Owner, heldBy(Owner, At), Type, At); };
  if (Member.getOverloadedOperator() == OO_Equal && Arguments.size() == 1) {
    std::optional<StandardOwner> From = standardOwner(Arguments[0]->getType());
    if (Type.IsShared) {
      if (From && From->IsShared && !isMoved(Arguments[0])) {
        Reg Source = valueOf(Arguments[0]);
        Dispose();
        share(Owner, Source, At);
      } else {
        Dispose();
        constructShared(Owner, Arguments, At);
      }
    } else if (From) {
      Reg Source = valueOf(Arguments[0]);
      Dispose();
      takeOver(Owner, Source, Type, At);
    } else {
      Dispose();
      hold(Owner, constant(0, At), At);
    }
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
  if (Member.getName() == "release" && !Type.IsShared) {
    Reg Null = constant(0, At);
    return replace(fieldAddress(Owner, HeldPointer, At), Null, Context.VoidPtrTy, At);
  }
  if (Member.getName() == "reset") {
    if (!Arguments.empty() && isa<CXXDefaultArgExpr>(Arguments[0]))
      Arguments = {};
    for (const Expr *Argument : Arguments)
      (void)valueOf(Argument);
    Dispose();
    if (Type.IsShared)
      holdShared(Owner, Arguments, At);
    else
      hold(Owner, Arguments.empty() ? constant(0, At) : valueOf(Arguments[0]), At);
    return Owner;
  }
  if (Member.getName() == "swap" && Arguments.size() == 1 && standardOwner(Arguments[0]->getType())) {
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

} // namespace connsan
