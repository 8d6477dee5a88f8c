#include "Lowering.h"
#include "StandardOwners.h"

#include "clang/AST/DeclCXX.h"

using namespace clang;

/// std::variant: a place for each alternative, and which of them is there.
namespace connsan {

static constexpr llvm::StringLiteral Index = "index";

/// The alternative that a template argument names: by its number, or by its type.
static std::optional<std::size_t> alternative(const ASTContext &Context, const StandardVariant &Type,
                                              const TemplateArgument &Which) {
  std::size_t Found = Type.Alternatives.size();
  if (Which.getKind() == TemplateArgument::Integral)
    Found = Which.getAsIntegral().getExtValue();
  else if (Which.getKind() == TemplateArgument::Type)
    Found =
        llvm::find_if(Type.Alternatives,
                      [&](QualType Each) {
                        return Context.hasSameUnqualifiedType(Each, Which.getAsType().getNonReferenceType());
                      }) -
        Type.Alternatives.begin();
  return Found < Type.Alternatives.size() ? std::optional(Found) : std::nullopt;
}

/// What std::in_place_type or std::in_place_index names.
static std::optional<std::size_t> alternativeInPlace(const ASTContext &Context, const StandardVariant &Type,
                                                     const Expr &Tag) {
  const auto *Class = dyn_cast_or_null<ClassTemplateSpecializationDecl>(Tag.getType()->getAsCXXRecordDecl());
  const bool IsTag = Class && Class->isInStdNamespace() && Class->getName().starts_with("in_place_");
  return IsTag ? alternative(Context, Type, Class->getTemplateArgs()[0]) : std::nullopt;
}

/// Without `Which` it is not known which alternative the arguments make.
void Lowering::setVariant(Reg Address, const StandardVariant &Type, std::optional<std::size_t> Which,
                          llvm::ArrayRef<const Expr *> Arguments, SourceLocation At) {
  const bool IsFollowed = Which && Arguments.size() <= 1 && Type.Alternatives[*Which]->isScalarType();
  Reg Made = NoReg;
  if (IsFollowed) {
    Made = Arguments.empty() ? constant(0, At) : scalarOf(Arguments.front());
  } else {
    RegList Given;
    for (const Expr *Argument : Arguments)
      Given.push_back(valueOf(Argument));
    emit(Fact::Kind::Opaque, At, std::move(Given));
  }
  for (std::size_t I = 0; I < Type.Alternatives.size(); ++I) {
    Reg Value = IsFollowed && I == *Which ? Made : Which ? constant(0, At) : value(Fact::Kind::Opaque, At);
    store(fieldAddress(Address, StandardVariant::field(I), At), Value, Type.Alternatives[I], point(At));
  }
  Reg Number = Which ? constant(std::int64_t(*Which), At) : value(Fact::Kind::Opaque, At);
  store(fieldAddress(Address, Index, At), Number, Context.IntTy, point(At));
}

void Lowering::moveVariant(Reg To, Reg From, const StandardVariant &Type, SourceLocation At) {
  for (std::size_t I = 0; I < Type.Alternatives.size(); ++I)
    store(fieldAddress(To, StandardVariant::field(I), At),
          load(fieldAddress(From, StandardVariant::field(I), At), Type.Alternatives[I], At),
          Type.Alternatives[I], point(At));
  store(fieldAddress(To, Index, At), load(fieldAddress(From, Index, At), Context.IntTy, At), Context.IntTy,
        point(At));
}

/// Constructs or assigns.
void Lowering::makeVariant(Reg Address, const StandardVariant &Type, llvm::ArrayRef<const Expr *> Arguments,
                           SourceLocation At) {
  if (Arguments.empty()) {
    setVariant(Address, Type, 0, {}, At);
  } else if (standardVariant(Arguments.front()->getType())) {
    moveVariant(Address, valueOf(Arguments.front()), Type, At);
  } else if (std::optional<std::size_t> Which = alternativeInPlace(Context, Type, *Arguments.front())) {
    setVariant(Address, Type, Which, Arguments.drop_front(), At);
  } else {
    setVariant(Address, Type, alternative(Context, Type, TemplateArgument(Arguments.front()->getType())),
               Arguments, At);
  }
}

/// A member function of a std::variant; nothing when it is another.
std::optional<Reg> Lowering::lowerVariantCall(Reg Object, const StandardVariant &Type,
                                              const FunctionDecl &Member,
                                              llvm::ArrayRef<const Expr *> Arguments, SourceLocation At) {
  if (Member.getOverloadedOperator() == OO_Equal && Arguments.size() == 1) {
    makeVariant(Object, Type, Arguments, At);
    return Object;
  }
  if (!Member.getIdentifier())
    return std::nullopt;
  if (Member.getName() == "index")
    return load(fieldAddress(Object, Index, At), Context.IntTy, At);
  const TemplateArgumentList *Chosen = Member.getTemplateSpecializationArgs();
  if (Member.getName() != "emplace" || !Chosen || Chosen->size() == 0)
    return std::nullopt;
  std::optional<std::size_t> Which = alternative(Context, Type, Chosen->get(0));
  setVariant(Object, Type, Which, Arguments, At);
  return Which ? fieldAddress(Object, StandardVariant::field(*Which), At) : value(Fact::Kind::Opaque, At);
}

/// std::get and std::holds_alternative; nothing when it is another.
std::optional<Reg> Lowering::lowerVariantFunction(const FunctionDecl &Target, const Expr *Object) {
  std::optional<StandardVariant> Type = standardVariant(Object->getType());
  const TemplateArgumentList *Chosen = Target.getTemplateSpecializationArgs();
  if (!Type || !Chosen || Chosen->size() == 0)
    return std::nullopt;
  std::optional<std::size_t> Which = alternative(Context, *Type, Chosen->get(0));
  SourceLocation At = Object->getExprLoc();
  if (!Which)
    return std::nullopt;
  if (Target.getName() == "get")
    return fieldAddress(valueOf(Object), StandardVariant::field(*Which), At);
  if (Target.getName() != "holds_alternative")
    return std::nullopt;
  Reg Number = load(fieldAddress(valueOf(Object), Index, At), Context.IntTy, At);
  return compare(CompareOp::Equal, Number, constant(std::int64_t(*Which), At), At);
}

} // namespace connsan
