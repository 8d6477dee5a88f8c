#include "StandardOwners.h"

#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace connsan {
namespace {

/// The instance of a class template of the standard library that a type is; else null.
const ClassTemplateSpecializationDecl *standardInstance(QualType Type,
                                                        std::initializer_list<llvm::StringRef> Names) {
  const auto *Record = dyn_cast_or_null<ClassTemplateSpecializationDecl>(Type->getAsCXXRecordDecl());
  bool IsIt = Record && Record->isInStdNamespace() && llvm::is_contained(Names, Record->getName());
  return IsIt ? Record : nullptr;
}

QualType typeArgument(const ClassTemplateSpecializationDecl &Record, unsigned Index) {
  const TemplateArgumentList &Arguments = Record.getTemplateArgs();
  bool IsType = Index < Arguments.size() && Arguments[Index].getKind() == TemplateArgument::Type;
  return IsType ? Arguments[Index].getAsType() : QualType();
}

/// What nobody deletes, but a function of a C library releases.
bool isOfC(QualType Type) {
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  return Record && (!Record->hasDefinition() || Record->isCLike());
}

StandardOwner::Deleter deleterOf(QualType Type, QualType Element, const CXXMethodDecl *&Call) {
  using Deleter = StandardOwner::Deleter;
  if (Type->isFunctionPointerType())
    return Deleter::Function;
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record || !Record->hasDefinition())
    return Deleter::Other;
  if (standardInstance(Type, {"default_delete"})) {
    const CXXRecordDecl *Class = Element->getAsCXXRecordDecl();
    return Class && Class->hasDefinition() ? Deleter::Delete : Deleter::Other;
  }
  Call = callOperatorOf(Type);
  return Call ? Deleter::Object : Deleter::Other;
}

} // namespace

const CXXMethodDecl *callOperatorOf(QualType Class) {
  const CXXRecordDecl *Record = Class->getAsCXXRecordDecl();
  if (!Record || !Record->hasDefinition() || Record->isInStdNamespace())
    return nullptr;
  auto Fits = [](const CXXMethodDecl &Method) {
    return Method.getOverloadedOperator() == OO_Call && Method.isImplicitObjectMemberFunction() &&
           Method.getNumParams() == 1 && Method.hasBody();
  };
  for (const Decl *D : Record->getDefinition()->decls()) {
    if (const auto *Method = dyn_cast<CXXMethodDecl>(D); Method && Fits(*Method))
      return Method;
    if (const auto *Template = dyn_cast<FunctionTemplateDecl>(D))
      for (const FunctionDecl *Instance : Template->specializations())
        if (const auto *Method = dyn_cast<CXXMethodDecl>(Instance); Method && Fits(*Method))
          return Method;
  }
  return nullptr;
}

std::optional<StandardOwner> standardOwner(QualType Type) {
  StandardOwner Owner;
  // The bases are where one implementation has the members.
  if (const auto *Shared = standardInstance(Type, {"shared_ptr", "__shared_ptr", "__shared_ptr_access"})) {
    Owner.IsShared = true;
    Owner.Element = typeArgument(*Shared, 0);
    Owner.Deletes = StandardOwner::Deleter::Function;
    return !Owner.Element.isNull() && isOfC(Owner.Element) ? std::optional(Owner) : std::nullopt;
  }
  const auto *Unique = standardInstance(Type, {"unique_ptr"});
  if (!Unique)
    return std::nullopt;
  Owner.Element = typeArgument(*Unique, 0);
  QualType Deleter = typeArgument(*Unique, 1);
  if (Owner.Element.isNull() || Deleter.isNull() || Owner.Element->isArrayType())
    return std::nullopt;
  Owner.Deletes = deleterOf(Deleter, Owner.Element, Owner.Call);
  Owner.DeleterType = Deleter;
  return Owner;
}

std::string StandardProduct::field(std::size_t Index) const {
  if (IsPair)
    return Index == 0 ? "first" : "second";
  return std::to_string(Index);
}

/// The types of which a template with a pack is made.
static llvm::SmallVector<QualType, 4> typeArguments(const ClassTemplateSpecializationDecl &Record) {
  llvm::SmallVector<QualType, 4> Types;
  for (const TemplateArgument &Argument : Record.getTemplateArgs().asArray()) {
    const bool IsPack = Argument.getKind() == TemplateArgument::Pack;
    for (const TemplateArgument &Each : IsPack ? Argument.pack_elements() : llvm::ArrayRef(Argument))
      if (Each.getKind() == TemplateArgument::Type)
        Types.push_back(Each.getAsType());
  }
  return Types;
}

std::optional<StandardProduct> standardProduct(QualType Type) {
  const auto *Record = standardInstance(Type, {"pair", "tuple"});
  if (!Record)
    return std::nullopt;
  StandardProduct Product;
  Product.IsPair = Record->getName() == "pair";
  Product.Elements = typeArguments(*Record);
  return Product;
}

std::optional<StandardVariant> standardVariant(QualType Type) {
  const auto *Record = standardInstance(Type, {"variant"});
  if (!Record)
    return std::nullopt;
  StandardVariant Variant{typeArguments(*Record)};
  auto IsPointer = [](QualType Each) { return Each->isPointerType(); };
  bool IsIt =
      llvm::any_of(Variant.Alternatives, IsPointer) && llvm::none_of(Variant.Alternatives, standardOwner);
  return IsIt ? std::optional(std::move(Variant)) : std::nullopt;
}

bool isStandardOptional(QualType Type) {
  const auto *Record = standardInstance(Type, {"optional"});
  QualType Element = Record ? typeArgument(*Record, 0) : QualType();
  return !Element.isNull() && Element->isPointerType();
}

} // namespace connsan
