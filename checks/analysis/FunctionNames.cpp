#include "FunctionNames.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Index/USRGeneration.h"
#include "llvm/Support/xxhash.h"

using namespace clang;

namespace connsan {

/// Whether it belongs to an instance of a class template, directly or not.
static bool isInInstance(const FunctionDecl &Function) {
  for (const DeclContext *Around = Function.getParent(); Around; Around = Around->getParent())
    if (isa<ClassTemplateSpecializationDecl>(Around))
      return true;
  return false;
}

/// Clang's name without the arguments of templates: all instances are one function to a reader.
static std::string patternName(const FunctionDecl &Function) {
  std::string Name = Function.getNameAsString();
  for (const DeclContext *Around = Function.getParent(); Around; Around = Around->getParent()) {
    const auto *Scope = dyn_cast<NamedDecl>(Around);
    const auto *Space = dyn_cast<NamespaceDecl>(Around);
    if (!Scope || (Space && (Space->isInline() || Space->isAnonymousNamespace())))
      continue;
    Name = Scope->getNameAsString() + "::" + Name;
  }
  return Name;
}

std::string qualifiedName(const FunctionDecl &Function) {
  if (isInInstance(Function))
    return patternName(Function);
  std::string Name;
  llvm::raw_string_ostream Stream(Name);
  PrintingPolicy Policy(Function.getLangOpts());
  Policy.SuppressUnwrittenScope = true;
  Function.printQualifiedName(Stream, Policy);
  return Name;
}

std::string usrOf(const FunctionDecl &Function) {
  llvm::SmallString<64> Usr;
  if (index::generateUSRForDecl(&Function, Usr))
    return "";
  // Clang gives the same to all lambdas in a lambda.
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&Function); Method && Method->getParent()->isLambda())
    Usr += "@" + std::to_string(Method->getParent()->getLocation().getRawEncoding());
  return Usr.str().str();
}

std::uint64_t typeHash(const FunctionDecl &Function) {
  const auto *Type = Function.getType()->getAs<FunctionProtoType>();
  if (!Type)
    return 0;
  // C and C++ spell a type in the same way.
  LangOptions Language;
  Language.CPlusPlus = true;
  Language.Bool = true;
  PrintingPolicy Policy(Language);
  Policy.AnonymousTagLocations = false;
  auto Print = [&](QualType Part) { return Part.getCanonicalType().getAsString(Policy); };
  std::string Text = Print(Type->getReturnType());
  for (QualType Parameter : Type->param_types())
    Text += "," + Print(Parameter.getUnqualifiedType());
  return llvm::xxh3_64bits(Text + (Type->isVariadic() ? ",..." : "")) | 1;
}

std::string programName(const VarDecl &Var) {
  const SourceManager &Sources = Var.getASTContext().getSourceManager();
  std::string Name = Var.getQualifiedNameAsString();
  if (Var.isExternallyVisible() && !Var.isStaticLocal())
    return Name;
  SourceLocation At = Sources.getExpansionLoc(Var.getLocation());
  Name += ("@" + Sources.getFilename(At)).str();
  return Var.isStaticLocal() ? Name + ":" + std::to_string(Sources.getFileOffset(At)) : Name;
}

} // namespace connsan
