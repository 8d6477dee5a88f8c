#include "Lowering.h"
#include "StandardOwners.h"

#include "clang/AST/DeclCXX.h"

using namespace clang;

/// std::pair, std::tuple and std::optional.
namespace connsan {

// The members that an optional has here; where there is nothing, the value is NULL or 0.
static constexpr llvm::StringLiteral Contained = "*";
static constexpr llvm::StringLiteral Engaged = "engaged";

/// The value that a parameter gets that is a reference to a scalar.
Reg Lowering::scalarOf(const Expr *E) {
  const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E->IgnoreParens());
  if (Temporary)
    return valueOf(Temporary->getSubExpr());
  return E->isGLValue() ? load(valueOf(E), E->getType(), E->getExprLoc()) : valueOf(E);
}

/// Gives a part of an object what is at another place.
void Lowering::movePart(Reg To, Reg From, QualType Type, SourceLocation At) {
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  std::optional<StandardOwner> Owner = standardOwner(Type);
  if (!isObject(Type)) {
    store(To, load(From, Type, At), Type, point(At));
  } else if (Owner && Owner->IsShared) {
    share(To, From, At);
  } else if (Owner) {
    takeOver(To, From, *Owner, At);
  } else if (Class->hasDefinition() && Class->hasTrivialDestructor() && !Class->isUnion()) {
    copyObject(To, From, *Class, At);
  } else {
    emit(Fact::Kind::Opaque, At, {From});
    store(To, value(Fact::Kind::Opaque, At), Type, point(At));
  }
}

void Lowering::makeProduct(Reg Address, const StandardProduct &Type, llvm::ArrayRef<const Expr *> Arguments,
                           SourceLocation At) {
  std::optional<StandardProduct> From =
      Arguments.size() == 1 ? standardProduct(Arguments[0]->getType()) : std::nullopt;
  if (From && From->Elements.size() == Type.Elements.size()) {
    Reg Source = valueOf(Arguments[0]);
    for (std::size_t I = 0; I < Type.Elements.size(); ++I)
      movePart(fieldAddress(Address, Type.field(I), At), fieldAddress(Source, From->field(I), At),
               Type.Elements[I], At);
    return;
  }
  const bool IsEach = Arguments.size() == Type.Elements.size();
  RegList Unknown;
  for (const Expr *Argument : Arguments)
    if (!IsEach)
      Unknown.push_back(valueOf(Argument));
  if (!Unknown.empty())
    emit(Fact::Kind::Opaque, At, std::move(Unknown));
  for (std::size_t I = 0; I < Type.Elements.size(); ++I) {
    QualType Element = Type.Elements[I];
    Reg Place = fieldAddress(Address, Type.field(I), At);
    if (IsEach && isObject(Element) && isObject(Arguments[I]->getType()))
      movePart(Place, valueOf(Arguments[I]), Arguments[I]->getType(), At);
    else if (IsEach && (Element->isReferenceType() || isObject(Element)))
      store(Place, valueOf(Arguments[I]), Element, point(At));
    else if (IsEach)
      store(Place, scalarOf(Arguments[I]), Element, point(At));
    else if (Arguments.empty() && Element->isScalarType())
      store(Place, constant(0, At), Element, point(At));
    else
      store(Place, value(Fact::Kind::Opaque, At), Element, point(At));
  }
}

void Lowering::assignProduct(Reg To, const StandardProduct &Type, const Expr *Source, SourceLocation At) {
  StandardProduct From = *standardProduct(Source->getType());
  Reg Other = valueOf(Source);
  for (std::size_t I = 0; I < std::min(Type.Elements.size(), From.Elements.size()); ++I) {
    QualType Element = Type.Elements[I];
    Reg Place = fieldAddress(To, Type.field(I), At);
    if (Element->isReferenceType()) {
      Place = load(Place, Element, At);
      Element = Element->getPointeeType();
    }
    if (std::optional<StandardOwner> Owner = standardOwner(Element))
      dispose(Place, heldBy(Place, At), *Owner, At);
    movePart(Place, fieldAddress(Other, From.field(I), At), Element, At);
  }
}

/// A reference to an element, as std::get gives it.
std::optional<Reg> Lowering::elementOf(const FunctionDecl &Get, const Expr *Product) {
  std::optional<StandardProduct> Type = standardProduct(Product->getType());
  const TemplateArgumentList *Arguments = Get.getTemplateSpecializationArgs();
  if (!Type || !Arguments || Arguments->size() == 0)
    return std::nullopt;
  const TemplateArgument &Which = Arguments->get(0);
  std::size_t Index = Type->Elements.size();
  if (Which.getKind() == TemplateArgument::Integral)
    Index = Which.getAsIntegral().getExtValue();
  else if (Which.getKind() == TemplateArgument::Type)
    Index = llvm::find_if(Type->Elements,
                          [&](QualType Each) { return Context.hasSameType(Each, Which.getAsType()); }) -
            Type->Elements.begin();
  if (Index >= Type->Elements.size())
    return std::nullopt;
  SourceLocation At = Product->getExprLoc();
  Reg Place = fieldAddress(valueOf(Product), Type->field(Index), At);
  return Type->Elements[Index]->isReferenceType() ? load(Place, Type->Elements[Index], At) : Place;
}

void Lowering::setOptional(Reg Address, llvm::ArrayRef<const Expr *> Arguments, SourceLocation At) {
  const Expr *Last = Arguments.empty() ? nullptr : Arguments.back();
  const Expr *First = Arguments.empty() ? nullptr : Arguments.front();
  auto Set = [&](Reg Value, Reg IsThere) {
    store(fieldAddress(Address, Contained, At), Value, Context.VoidPtrTy, point(At));
    store(fieldAddress(Address, Engaged, At), IsThere, Context.BoolTy, point(At));
  };
  if (First && isStandardOptional(First->getType())) {
    Reg Other = valueOf(First);
    Set(load(fieldAddress(Other, Contained, At), Context.VoidPtrTy, At),
        load(fieldAddress(Other, Engaged, At), Context.BoolTy, At));
  } else if (Last && !isObject(Last->getType())) {
    Set(scalarOf(Last), constant(1, At));
  } else {
    Set(constant(0, At), constant(0, At));
  }
}

/// A member function of a std::optional; nothing when it is another.
std::optional<Reg> Lowering::lowerOptionalCall(Reg Object, const FunctionDecl &Member,
                                               llvm::ArrayRef<const Expr *> Arguments, SourceLocation At) {
  if (Member.getOverloadedOperator() == OO_Equal && Arguments.size() == 1) {
    setOptional(Object, Arguments, At);
    return Object;
  }
  if (Member.getOverloadedOperator() == OO_Star || Member.getOverloadedOperator() == OO_Arrow)
    return fieldAddress(Object, Contained, At);
  if (isa<CXXConversionDecl>(Member))
    return load(fieldAddress(Object, Engaged, At), Context.BoolTy, At);
  if (!Member.getIdentifier())
    return std::nullopt;
  if (Member.getName() == "has_value")
    return load(fieldAddress(Object, Engaged, At), Context.BoolTy, At);
  if (Member.getName() == "value")
    return fieldAddress(Object, Contained, At);
  if (Member.getName() == "value_or" && Arguments.size() == 1 &&
      Arguments[0]->isNullPointerConstant(Context, Expr::NPC_ValueDependentIsNotNull))
    return load(fieldAddress(Object, Contained, At), Context.VoidPtrTy, At);
  if (Member.getName() == "reset" || Member.getName() == "emplace") {
    setOptional(Object, Arguments, At);
    return fieldAddress(Object, Contained, At);
  }
  return std::nullopt;
}

/// Whether an optional has a value, compared with std::nullopt; nothing when it is another comparison.
std::optional<Reg> Lowering::compareWithNullopt(const CallExpr &Call, CompareOp Op) {
  for (unsigned I = 0; I < 2; ++I) {
    const CXXRecordDecl *Other = Call.getArg(1 - I)->getType()->getAsCXXRecordDecl();
    if (!isStandardOptional(Call.getArg(I)->getType()) || !Other || Other->getName() != "nullopt_t")
      continue;
    SourceLocation At = Call.getExprLoc();
    Reg IsThere = load(fieldAddress(valueOf(Call.getArg(I)), Engaged, At), Context.BoolTy, At);
    return compare(Op, IsThere, constant(0, At), At);
  }
  return std::nullopt;
}

} // namespace connsan
