#include "Lowering.h"
#include "StandardOwners.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace connsan {

bool isObject(QualType Type) {
  return Type->getAsCXXRecordDecl() != nullptr;
}

/// The expression that makes the object, without what only names it.
const Expr *constructed(const Expr *E) {
  while (true) {
    E = E->IgnoreParens();
    const auto *Cast = dyn_cast<CastExpr>(E);
    const auto *List = dyn_cast<InitListExpr>(E);
    if (List && List->isTransparent())
      E = List->getInit(0);
    else if (Cast && (Cast->getCastKind() == CK_ConstructorConversion || Cast->getCastKind() == CK_NoOp))
      E = Cast->getSubExpr();
    else if (const Expr *Inner = passThrough(E);
             Inner && isa<FullExpr, MaterializeTemporaryExpr, CXXBindTemporaryExpr, CXXDefaultInitExpr>(E))
      E = Inner;
    else
      return E;
  }
}

/// Notes what is made where it is to be, rather than in a temporary and then copied.
void Lowering::prepareObjects(const CFG &Graph) {
  auto Add = [&](const Expr *Init) {
    if (Init)
      InPlace.insert(constructed(Init));
  };
  for (const CFGBlock *Source : Graph)
    for (const CFGElement &Element : *Source) {
      if (auto Init = Element.getAs<CFGInitializer>())
        Add(Init->getInitializer()->getInit());
      auto S = Element.getAs<CFGStmt>();
      if (!S)
        continue;
      if (const auto *Declaration = dyn_cast<DeclStmt>(S->getStmt())) {
        for (const Decl *D : Declaration->decls())
          if (const auto *Var = dyn_cast<VarDecl>(D); Var && isObject(Var->getType()))
            Add(Var->getInit());
      } else if (const auto *List = dyn_cast<InitListExpr>(S->getStmt()); List && isObject(List->getType())) {
        for (const Expr *Init : (List->getSemanticForm() ? List->getSemanticForm() : List)->inits())
          if (isObject(Init->getType()))
            Add(Init);
      } else if (const auto *Lambda = dyn_cast<LambdaExpr>(S->getStmt())) {
        for (const Expr *Init : Lambda->capture_inits())
          if (Init && isObject(Init->getType()) && Init->isPRValue())
            Add(Init);
      }
    }
}

void Lowering::initialize(Reg Address, QualType Type, const Expr *Init, SourcePoint At) {
  const Expr *Object = constructed(Init);
  const auto *List = dyn_cast<InitListExpr>(Object);
  const RecordDecl *Record = Type->getAsRecordDecl();
  if (!List || List->isTransparent()) {
    const bool IsValue = !isObject(Type) || Registers.contains(Object) || isa<CallExpr>(Object);
    if (IsValue)
      store(Address, valueOf(isObject(Type) ? Object : Init), Type, At);
    else if (const auto *Construction = dyn_cast<CXXConstructExpr>(Object))
      construct(Address, Construction);
    else if (const auto *Lambda = dyn_cast<LambdaExpr>(Object))
      capture(Address, Lambda);
    else
      store(Address, value(Fact::Kind::Opaque, Object->getExprLoc(), {valueOf(Object)}), Type, At);
    return;
  }
  if (const InitListExpr *Semantic = List->getSemanticForm())
    List = Semantic;
  SourceLocation Loc = List->getBeginLoc();
  if (Record && !Record->isUnion()) {
    auto Field = Record->field_begin();
    llvm::ArrayRef<const Expr *> Elements = List->inits();
    if (const auto *Class = dyn_cast<CXXRecordDecl>(Record))
      for (const CXXBaseSpecifier &Base : Class->bases())
        if (!Elements.empty()) {
          initialize(Address, Base.getType(), Elements.front(), At);
          Elements = Elements.drop_front();
        }
    for (const Expr *Element : Elements) {
      if (Field == Record->field_end())
        break;
      if (!isa<ImplicitValueInitExpr>(Element))
        initialize(value(Fact::Kind::FieldAddress, Loc, {Address}, string(Field->getName())),
                   Field->getType(), Element, At);
      else
        store(value(Fact::Kind::FieldAddress, Loc, {Address}, string(Field->getName())), constant(0, Loc),
              Field->getType(), At);
      ++Field;
    }
    return;
  }
  if (const auto *Array = Context.getAsConstantArrayType(Type)) {
    for (unsigned I = 0; I < List->getNumInits(); ++I)
      initialize(value(Fact::Kind::ElementAddress, Loc, {Address}, 1, I), Array->getElementType(),
                 List->getInit(I), At);
    return;
  }
  std::vector<Reg> Parts;
  for (const Expr *Element : List->inits())
    Parts.push_back(valueOf(Element));
  store(Address, value(Fact::Kind::Opaque, Loc, std::move(Parts)), Type, At);
}

/// The address of an object that has no name. Its destructor is not followed: it keeps what it holds.
Reg Lowering::temporary(const Expr *E) {
  SourceLocation At = E->getExprLoc();
  Reg Address = temporaryAddress(E, At);
  initialize(Address, E->getType(), E, point(At));
  const CXXRecordDecl *Record = E->getType()->getAsCXXRecordDecl();
  if (Record->hasDefinition() && !Record->hasTrivialDestructor())
    emit(Fact::Kind::Opaque, At, {Address});
  return Address;
}

Reg Lowering::fieldAddress(Reg Object, llvm::StringRef Name, SourceLocation At) {
  return value(Fact::Kind::FieldAddress, At, {Object}, string(Name));
}

/// The name of the place in a closure that stands for a variable, or for `this`.
static llvm::StringRef captureName(const LambdaCapture &Capture) {
  return Capture.capturesVariable() ? Capture.getCapturedVar()->getName() : "this";
}

/// The members of a closure have no names of their own.
static llvm::StringRef nameOf(const FieldDecl &Field) {
  const auto *Class = dyn_cast<CXXRecordDecl>(Field.getParent());
  if (Class && Class->isLambda() && Field.getFieldIndex() < Class->capture_size())
    return captureName(Class->captures_begin()[Field.getFieldIndex()]);
  return Field.getName();
}

/// Each member, those of the bases included.
void Lowering::copyObject(Reg To, Reg From, const CXXRecordDecl &Record, SourceLocation At) {
  for (const CXXBaseSpecifier &Base : Record.bases())
    if (const CXXRecordDecl *Inner = Base.getType()->getAsCXXRecordDecl(); Inner && Inner->hasDefinition())
      copyObject(To, From, *Inner->getDefinition(), At);
  for (const FieldDecl *Field : Record.fields()) {
    if (nameOf(*Field).empty())
      continue;
    Reg Target = fieldAddress(To, nameOf(*Field), At);
    Reg Source = fieldAddress(From, nameOf(*Field), At);
    if (const CXXRecordDecl *Inner = Field->getType()->getAsCXXRecordDecl(); Inner && !Inner->isUnion())
      copyObject(Target, Source, *Inner, At);
    else
      store(Target, load(Source, Field->getType(), At), Field->getType(), point(At));
  }
}

void Lowering::construct(Reg Address, const CXXConstructExpr *E) {
  SourceLocation At = E->getExprLoc();
  const CXXConstructorDecl *Constructor = E->getConstructor();
  if (constructStandard(Address, E))
    return;
  if (Constructor->isTrivial() && Constructor->isCopyOrMoveConstructor() &&
      !Constructor->getParent()->isUnion()) {
    copyObject(Address, valueOf(E->getArg(0)), *Constructor->getParent(), At);
    return;
  }
  if (E->requiresZeroInitialization())
    store(Address, constant(0, At), E->getType(), point(At));
  else if (Constructor->isTrivial())
    store(Address, value(Fact::Kind::Opaque, At), E->getType(), point(At));
  if (Constructor->isTrivial())
    return;
  std::vector<Reg> Arguments{Address};
  for (const Expr *Argument : E->arguments())
    Arguments.push_back(valueOf(Argument));
  value(Fact::Kind::Call, At, std::move(Arguments), callee(Constructor, true));
  Current->Facts.back().Landing = landingOf(E);
}

void Lowering::destroy(Reg Address, QualType Type, SourceLocation At) {
  if (destroyStandard(Address, Type, At))
    return;
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  const CXXDestructorDecl *Destructor = Record && Record->hasDefinition() ? Record->getDestructor() : nullptr;
  if (!Destructor)
    emit(Fact::Kind::Opaque, At, {Address});
  else if (!Destructor->isTrivial())
    value(Fact::Kind::Call, At, {Address}, callee(Destructor, true));
}

/// A base whose body is not here has its own members, and those of the derived class are none of them.
void Lowering::destroyBase(const CXXBaseSpecifier &Base, SourceLocation At) {
  const CXXRecordDecl *Record = Base.getType()->getAsCXXRecordDecl();
  if (Record && Record->hasDefinition() && Record->getDestructor() && Record->getDestructor()->hasBody() &&
      !Context.getSourceManager().isInSystemHeader(Record->getLocation()))
    destroy(thisObject(At), Base.getType(), At);
}

/// Makes a closure: a lambda is an object with what it captures as members.
void Lowering::capture(Reg Address, const LambdaExpr *Lambda) {
  auto Field = Lambda->getLambdaClass()->field_begin();
  auto Init = Lambda->capture_init_begin();
  for (const LambdaCapture &Capture : Lambda->captures()) {
    SourceLocation At = Capture.getLocation();
    if (!Capture.capturesVLAType() && *Init)
      initialize(fieldAddress(Address, captureName(Capture), At), Field->getType(), *Init, point(At));
    ++Field;
    ++Init;
  }
}

/// Where the variable, or `this` when it is null, of the function around a lambda is; nothing when this
/// function is no lambda that captures it.
std::optional<Reg> Lowering::captured(const ValueDecl *Var, SourceLocation At) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  if (!Method || !Method->getParent()->isLambda() || !Method->isInstance())
    return std::nullopt;
  auto Field = Method->getParent()->field_begin();
  for (const LambdaCapture &Capture : Method->getParent()->captures()) {
    bool IsIt = Var ? Capture.capturesVariable() && Capture.getCapturedVar() == Var : Capture.capturesThis();
    if (IsIt) {
      Reg Place = fieldAddress(thisObject(At), captureName(Capture), At);
      return Field->getType()->isReferenceType() || Capture.getCaptureKind() == LCK_This
                 ? load(Place, Context.VoidPtrTy, At)
                 : Place;
    }
    ++Field;
  }
  return std::nullopt;
}

} // namespace connsan
