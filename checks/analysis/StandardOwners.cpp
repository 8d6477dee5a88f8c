#include "StandardOwners.h"

#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace connsan {

const ClassTemplateSpecializationDecl *uniquePointer(QualType Type) {
  const auto *Record = dyn_cast_or_null<ClassTemplateSpecializationDecl>(Type->getAsCXXRecordDecl());
  if (!Record || !Record->isInStdNamespace() || Record->getName() != "unique_ptr")
    return nullptr;
  const TemplateArgumentList &Arguments = Record->getTemplateArgs();
  bool IsOfObject = Arguments.size() == 2 && Arguments[0].getKind() == TemplateArgument::Type &&
                    !Arguments[0].getAsType()->isArrayType();
  return IsOfObject ? Record : nullptr;
}

/// The call operator that takes one argument.
static const CXXMethodDecl *callOperator(const CXXRecordDecl &Record) {
  auto Fits = [](const CXXMethodDecl &Method) {
    return Method.getOverloadedOperator() == OO_Call && Method.isInstance() && Method.getNumParams() == 1;
  };
  for (const Decl *D : Record.decls()) {
    if (const auto *Method = dyn_cast<CXXMethodDecl>(D); Method && Fits(*Method))
      return Method;
    if (const auto *Template = dyn_cast<FunctionTemplateDecl>(D))
      for (const FunctionDecl *Instance : Template->specializations())
        if (const auto *Method = dyn_cast<CXXMethodDecl>(Instance); Method && Fits(*Method))
          return Method;
  }
  return nullptr;
}

Deleter deleterOf(const ClassTemplateSpecializationDecl &UniquePointer) {
  QualType Type = UniquePointer.getTemplateArgs()[1].getAsType();
  if (Type->isFunctionPointerType())
    return {Deleter::Kind::Function, nullptr};
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record || !Record->hasDefinition() || Record->isInStdNamespace())
    return {};
  const CXXMethodDecl *Call = callOperator(*Record->getDefinition());
  return Call && Call->hasBody() ? Deleter{Deleter::Kind::Object, Call} : Deleter{};
}

} // namespace connsan
