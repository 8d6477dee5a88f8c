#include "FunctionAnnotations.h"

#include "model/Annotations.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace connsan {

static void collect(const FunctionDecl &Function, std::vector<const AnnotateAttr *> &Into) {
  llvm::SmallVector<const FunctionDecl *, 4> LatestFirst(Function.getMostRecentDecl()->redecls());
  for (const FunctionDecl *Declaration : llvm::reverse(LatestFirst))
    for (const auto *Attribute : Declaration->specific_attrs<AnnotateAttr>()) {
      auto IsSame = [&](const AnnotateAttr *Known) {
        return Known->getAnnotation() == Attribute->getAnnotation();
      };
      if (!Attribute->isInherited() && Attribute->getAnnotation().starts_with(AnnotationPrefix) &&
          llvm::none_of(Into, IsSame))
        Into.push_back(Attribute);
    }
}

std::vector<const AnnotateAttr *> annotationAttributes(const FunctionDecl &Function) {
  std::vector<const AnnotateAttr *> Found;
  collect(Function, Found);
  if (const FunctionDecl *Pattern = Function.getTemplateInstantiationPattern())
    collect(*Pattern, Found);
  return Found;
}

std::vector<std::string> annotationsOf(const FunctionDecl &Function) {
  std::vector<std::string> Texts;
  for (const AnnotateAttr *Attribute : annotationAttributes(Function))
    Texts.push_back(Attribute->getAnnotation().drop_front(AnnotationPrefix.size()).str());
  return Texts;
}

AnnotatedFunction describeAnnotations(const FunctionDecl &Function) {
  AnnotatedFunction Known;
  Known.Texts = annotationsOf(Function);
  for (const AnnotateAttr *Attribute : annotationAttributes(Function))
    Known.At.push_back({Attribute->getLocation().getRawEncoding()});
  if (Function.hasPrototype() && !Function.isVariadic())
    Known.Arguments = Function.getNumParams() + (Function.isCXXInstanceMember() ? 1 : 0);
  return Known;
}

namespace {

class DeclarationScan {
public:
  std::vector<const FunctionDecl *> Found;

  void visit(const DeclContext &In) {
    for (const Decl *D : In.decls()) {
      if (const auto *Template = dyn_cast<TemplateDecl>(D))
        D = Template->getTemplatedDecl();
      if (const auto *Function = dyn_cast_or_null<FunctionDecl>(D))
        add(*Function);
      else if (isa_and_nonnull<NamespaceDecl, LinkageSpecDecl, ExportDecl, CXXRecordDecl>(D))
        visit(*cast<DeclContext>(D));
    }
  }

private:
  void add(const FunctionDecl &Function) {
    if (Function.hasAttr<AnnotateAttr>() && Seen.insert(Function.getCanonicalDecl()).second &&
        !annotationAttributes(Function).empty())
      Found.push_back(&Function);
  }
  llvm::SmallPtrSet<const FunctionDecl *, 8> Seen;
};

} // namespace

std::vector<const FunctionDecl *> annotatedFunctions(ASTContext &Context) {
  auto Exists = [&](llvm::StringRef Name) { return Context.Idents.find(Name) != Context.Idents.end(); };
  DeclarationScan Scan;
  if (Exists("annotate") || Exists("__annotate__"))
    Scan.visit(*Context.getTranslationUnitDecl());
  return std::move(Scan.Found);
}

} // namespace connsan
