#include "ParsedProgram.h"

#include "CallScan.h"
#include "DefinitionScan.h"
#include "FactsGenerator.h"
#include "FunctionAnnotations.h"
#include "FunctionNames.h"
#include "KeptFacts.h"
#include "SourceCoverage.h"
#include "StandardOwners.h"
#include "Unwinding.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/Support/Path.h"

using namespace clang;

namespace connsan {

ParsedProgram::ParsedProgram(ASTContext &Context, KeptFacts *Kept)
    : Context(Context), Kept(Kept), InScope(definitionsIn(Context)) {
  if (Kept)
    Kept->begin(Context, InScope);
}

FunctionId ParsedProgram::idOf(const FunctionDecl &Function) {
  auto [It, New] = Ids.try_emplace(Function.getCanonicalDecl(), Entries.size());
  if (New)
    Entries.emplace_back().Declared = &Function;
  return It->second;
}

/// The name of the file of a function that another file may have as well: a static one, or main.
static std::string distinguishingFile(const FunctionDecl &Function, const SourceManager &Sources) {
  const FunctionDecl *Pattern = Function.getTemplateInstantiationPattern();
  const FunctionDecl &Written = Pattern ? *Pattern : Function;
  if (Written.isExternallyVisible() && !Written.isMain())
    return "";
  SourceLocation At = Sources.getExpansionLoc(Written.getLocation());
  return llvm::sys::path::filename(Sources.getFilename(At)).str();
}

/// Whether other units have no body of it: all have those that are inline, or instances of a template.
static bool isReachedByName(const FunctionDecl &Function) {
  return Function.isExternallyVisible() && !Function.isMain() && !Function.isInlined() &&
         Function.getTemplateSpecializationKind() != TSK_ImplicitInstantiation;
}

bool ParsedProgram::isCxx() const {
  return Context.getLangOpts().CPlusPlus;
}

bool ParsedProgram::hasErrors() const {
  return Context.getDiagnostics().hasUncompilableErrorOccurred();
}

std::vector<FunctionId> ParsedProgram::functionsInScope() {
  std::vector<FunctionId> Found;
  for (const FunctionDecl *Definition : InScope)
    Found.push_back(idOf(*Definition));
  return Found;
}

static bool copiesMembers(const CXXRecordDecl &Class) {
  if (Class.needsImplicitCopyConstructor())
    return !Class.defaultedCopyConstructorIsDeleted();
  return llvm::any_of(Class.ctors(), [](const CXXConstructorDecl *Constructor) {
    return Constructor->isCopyConstructor() && Constructor->isDefaulted() && !Constructor->isDeleted();
  });
}

ClassDescription ParsedProgram::describe(const CXXRecordDecl &Class) {
  const SourceManager &Sources = Context.getSourceManager();
  ClassDescription C;
  C.At = {Class.getLocation().getRawEncoding()};
  C.IsInMainFile = Sources.isInMainFile(Sources.getExpansionLoc(Class.getLocation()));
  C.CopiesMembers = copiesMembers(Class);
  if (!Class.isExternallyVisible())
    C.File =
        llvm::sys::path::filename(Sources.getFilename(Sources.getExpansionLoc(Class.getLocation()))).str();
  for (const FieldDecl *Field : Class.fields())
    C.Fields.push_back({Field->getName().str(), Field->getAccess() == AS_private});
  for (const CXXMethodDecl *Method : Class.methods()) {
    if (Method->isDeleted() || !Method->isUserProvided() || Method->isStatic())
      continue;
    const auto *Constructor = dyn_cast<CXXConstructorDecl>(Method);
    const bool IsAssignment = Method->isCopyAssignmentOperator() || Method->isMoveAssignmentOperator();
    if (isa<CXXDestructorDecl>(Method))
      C.Destructor = idOf(*Method);
    else if (!Constructor || !Constructor->isCopyOrMoveConstructor())
      (Constructor ? C.Constructors : IsAssignment ? C.Assignments : C.Methods).push_back(idOf(*Method));
  }
  C.HasUnwrittenConstructor = Class.hasDefaultConstructor() && !Class.hasUserProvidedDefaultConstructor();
  return C;
}

const std::vector<ClassDescription> &ParsedProgram::classes() {
  if (Classes)
    return *Classes;
  Classes.emplace();
  llvm::DenseMap<const CXXRecordDecl *, std::size_t> Met;
  for (FunctionId Function : functionsInScope()) {
    const auto *Method = dyn_cast<CXXMethodDecl>(Entries[Function].Declared);
    if (!Method || Method->getParent()->isLambda() || Met.contains(Method->getParent()->getCanonicalDecl()))
      continue;
    const CXXRecordDecl *Class = Method->getParent()->getDefinition();
    if (!Class || Class->isDependentContext())
      continue;
    Met[Class->getCanonicalDecl()] = Classes->size();
    ClassDescription C = describe(*Class);
    llvm::StringRef Name = declaration(Function).Name;
    C.Name = Name.substr(0, Name.rfind("::" + Method->getNameAsString())).str();
    Classes->push_back(std::move(C));
  }
  const bool MayBeCopied = llvm::any_of(
      *Classes, [](const ClassDescription &C) { return C.CopiesMembers && C.Destructor.has_value(); });
  for (FunctionId Function : MayBeCopied ? functionsInScope() : std::vector<FunctionId>()) {
    if (!definition(Function))
      continue;
    (void)references(Function);
    for (const Calls::Copy &Made : Entries[Function].Copies)
      if (auto Class = Met.find(Made.Class); Class != Met.end())
        (*Classes)[Class->second].Copies.push_back({Function, {Made.At.getRawEncoding()}});
  }
  return *Classes;
}

const FunctionDeclaration &ParsedProgram::declaration(FunctionId Function) {
  Entry &E = Entries[Function];
  if (!E.Declaration)
    E.Declaration = {
        qualifiedName(*E.Declared), usrOf(*E.Declared),
        typeHash(*E.Declared),      annotationsOf(*E.Declared),
        E.Declared->hasBody(),      Context.getLangOpts().CXXExceptions && connsan::mayThrow(*E.Declared)};
  return *E.Declaration;
}

const FunctionDefinition *ParsedProgram::definition(FunctionId Function) {
  Entry &E = Entries[Function];
  if (!E.HasDefinition) {
    E.HasDefinition = E.Declared->hasBody(E.Defined) &&
                      !Context.getSourceManager().isInSystemHeader(E.Defined->getLocation());
    if (*E.HasDefinition) {
      E.Definition.At = {E.Defined->getLocation().getRawEncoding()};
      E.Definition.File = distinguishingFile(*E.Defined, Context.getSourceManager());
      E.Definition.IsBuiltin = E.Defined->getBuiltinID() != 0;
      E.Definition.IsExternal = isReachedByName(*E.Defined);
      const auto *Body = dyn_cast<CompoundStmt>(E.Defined->getBody());
      E.Definition.IsShort = Body && Body->size() == 1 && isa<ReturnStmt>(Body->body_front());
    }
  }
  return *E.HasDefinition ? &E.Definition : nullptr;
}

FunctionInterface ParsedProgram::interface(FunctionId Function) {
  const FunctionDecl &Definition = *Entries[Function].Defined;
  FunctionInterface Interface;
  bool HasName = Definition.getDeclName().isIdentifier() || Definition.isOverloadedOperator();
  Interface.IsCallable = HasName && !isa<CXXConstructorDecl, CXXDestructorDecl>(Definition) &&
                         !Definition.isMain() && Definition.isExternallyVisible() &&
                         !Definition.isDependentContext();
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&Definition);
      Method && Method->isImplicitObjectMemberFunction())
    Interface.PointsToPointers.push_back(false);
  for (const ParmVarDecl *P : Definition.parameters()) {
    QualType Pointee = P->getType()->getPointeeType();
    Interface.PointsToPointers.push_back(!Pointee.isNull() && Pointee->isPointerType());
  }
  Interface.ReturnsPointer = Definition.getReturnType()->isPointerType();
  return Interface;
}

llvm::ArrayRef<FunctionId> ParsedProgram::references(FunctionId Function) {
  Entry &E = Entries[Function];
  if (!E.References) {
    E.References.emplace();
    Calls Found = scanCalls(*E.Defined);
    E.Throws = Found.Throws;
    E.Copies = std::move(Found.Copies);
    E.Classes = Found.Classes.takeVector();
    for (const FunctionDecl *Used : Found.Functions)
      E.References->push_back(idOf(*Used));
  }
  return *E.References;
}

bool ParsedProgram::throws(FunctionId Function) {
  (void)references(Function);
  return Entries[Function].Throws;
}

/// With its bases and members; what a system header declares is sound.
bool ParsedProgram::isWholeClass(const CXXRecordDecl &Class) {
  auto [It, New] = WholeClasses.try_emplace(&Class, true);
  if (!New || Context.getSourceManager().isInSystemHeader(Class.getLocation()))
    return It->second;
  auto IsWhole = [this](QualType Type) {
    const CXXRecordDecl *Part = Type->getAsCXXRecordDecl();
    return !Part || !Part->hasDefinition() || isWholeClass(*Part->getDefinition());
  };
  const bool AreParts =
      llvm::all_of(Class.bases(), [&](const CXXBaseSpecifier &Base) { return IsWhole(Base.getType()); }) &&
      llvm::all_of(Class.fields(), [&](const FieldDecl *Field) { return IsWhole(Field->getType()); });
  return WholeClasses[&Class] = AreParts && isWholeInTree(Class, Context);
}

bool ParsedProgram::isWhole(FunctionId Function) {
  Entry &E = Entries[Function];
  if (!E.IsWhole && hasErrors())
    (void)references(Function); // which finds the classes
  if (!E.IsWhole)
    E.IsWhole =
        !hasErrors() ||
        (isWholeInTree(*E.Defined, Context) &&
         llvm::all_of(E.Classes, [this](const CXXRecordDecl *Class) { return isWholeClass(*Class); }));
  return *E.IsWhole;
}

/// A pointer to such a record, or to an object that may hold one.
static bool reaches(QualType Type, unsigned Depth, llvm::function_ref<bool(llvm::StringRef)> IsWanted) {
  if (Type->isPointerType() || Type->isReferenceType())
    Type = Type->getPointeeType();
  if (Type->isPointerType())
    Type = Type->getPointeeType();
  if (std::optional<StandardOwner> Owner = standardOwner(Type))
    Type = Owner->Element;
  const RecordDecl *Record = Type->getAsRecordDecl();
  if (!Record)
    return false;
  if (IsWanted(Record->getName()))
    return true;
  if (Depth == 0 || !(Record = Record->getDefinition()))
    return false;
  return llvm::any_of(Record->fields(),
                      [&](const FieldDecl *F) { return reaches(F->getType(), Depth - 1, IsWanted); });
}

bool ParsedProgram::reachesRecord(FunctionId Function, llvm::function_ref<bool(llvm::StringRef)> IsWanted) {
  const FunctionDecl &Defined = *Entries[Function].Defined;
  const auto *Method = dyn_cast<CXXMethodDecl>(&Defined);
  if (Method && Method->isImplicitObjectMemberFunction() &&
      reaches(Method->getFunctionObjectParameterType(), 2, IsWanted))
    return true;
  auto IsReached = [&](QualType Type) {
    return (Type->isVoidPointerType() && IsWanted("void")) || reaches(Type, 2, IsWanted);
  };
  return IsReached(Defined.getReturnType()) ||
         llvm::any_of(Defined.parameters(), [&](const ParmVarDecl *P) { return IsReached(P->getType()); });
}

std::string ParsedProgram::fileOf(SourcePoint At) {
  const SourceManager &Sources = Context.getSourceManager();
  const std::uint32_t Raw = Kept ? Kept->inTree(At).Raw : At.Raw;
  return Sources.getFilename(Sources.getExpansionLoc(SourceLocation::getFromRawEncoding(Raw))).str();
}

std::shared_ptr<const FunctionFacts> ParsedProgram::facts(FunctionId Function, unsigned MaxBlocks) {
  if (!isWhole(Function))
    return nullptr;
  const FunctionDecl &Defined = *Entries[Function].Defined;
  if (Kept)
    if (std::shared_ptr<const FunctionFacts> Known = Kept->find(Defined, MaxBlocks))
      return Known;
  std::optional<FunctionFacts> Facts = generateFacts(Defined, Context, MaxBlocks);
  if (!Facts)
    return nullptr;
  return Kept ? Kept->keep(Defined, MaxBlocks, std::move(*Facts))
              : std::make_shared<FunctionFacts>(std::move(*Facts));
}

} // namespace connsan
