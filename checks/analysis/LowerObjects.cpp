#include "Coroutines.h"
#include "Lowering.h"

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

bool returnsObject(const FunctionProtoType &Type) {
  return isObject(Type.getReturnType()) && !Type.isVariadic();
}

bool returnsObject(const FunctionDecl &Function) {
  const auto *Type = Function.getType()->getAs<FunctionProtoType>();
  return Type && returnsObject(*Type);
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
      } else if (const auto *Return = dyn_cast<ReturnStmt>(S->getStmt())) {
        if (Out.ReturnsObject)
          Add(Return->getRetValue());
      } else if (const auto *Yield = dyn_cast<CoyieldExpr>(S->getStmt())) {
        if (const CallExpr *Call = awaitedCall(*Yield))
          Yielding.insert(Call);
      } else if (const auto *Await = dyn_cast<CoawaitExpr>(S->getStmt())) {
        if (const CallExpr *Call = awaitedCall(*Await);
            Call && Call->getDirectCallee() && isCoroutine(*Call->getDirectCallee()))
          Awaited.try_emplace(Call, NoReg);
      } else if (const auto *New = dyn_cast<CXXNewExpr>(S->getStmt())) {
        if (isObject(New->getAllocatedType()) && !New->isArray())
          Add(New->getInitializer());
      }
    }
}

void Lowering::initialize(Reg Address, QualType Type, const Expr *Init, SourcePoint At) {
  const Expr *Object = constructed(Init);
  const auto *List = dyn_cast<InitListExpr>(Object);
  const RecordDecl *Record = Type->getAsRecordDecl();
  if (!isObject(Type) && (!List || List->isTransparent())) {
    store(Address, valueOf(Init), Type, At);
    return;
  }
  if (!List) {
    makeObject(Address, Type, Object, At);
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
  RegList Parts;
  for (const Expr *Element : List->inits())
    Parts.push_back(valueOf(Element));
  store(Address, value(Fact::Kind::Opaque, Loc, std::move(Parts)), Type, At);
}

/// What an expression of a class makes, in its place.
void Lowering::makeObject(Reg Address, QualType Type, const Expr *Maker, SourcePoint At) {
  SourceLocation Loc = Maker->getExprLoc();
  const auto *Call = dyn_cast<CallExpr>(Maker);
  const bool IsMade = Registers.contains(Maker) || isa<AbstractConditionalOperator>(Maker);
  if (const auto *Construction = dyn_cast<CXXConstructExpr>(Maker); Construction && !IsMade) {
    construct(Address, Construction);
  } else if (const auto *Lambda = dyn_cast<LambdaExpr>(Maker); Lambda && !IsMade) {
    capture(Address, Lambda);
  } else if (Call && !IsMade) {
    if (Reg Made = lowerCall(Call, Address); Made != Address)
      store(Address, value(Fact::Kind::Opaque, Loc, {Made}), Type, At);
  } else if (IsMade) {
    movePart(Address, valueOf(Maker), Type, Loc);
  } else {
    store(Address, value(Fact::Kind::Opaque, Loc, {valueOf(Maker)}), Type, At);
  }
}

/// The address of an object that has no name.
Reg Lowering::temporary(const Expr *E) {
  SourceLocation At = E->getExprLoc();
  Reg Address = temporaryAddress(E, At);
  initialize(Address, E->getType(), E, point(At));
  keepTemporary(E, Address);
  return Address;
}

/// Where it is not known when a temporary ends, it keeps what it holds.
void Lowering::keepTemporary(const Expr *E, Reg Object) {
  const CXXRecordDecl *Record = E->getType()->getAsCXXRecordDecl();
  if (needsDestruction(Record) && !EndsLater.contains(E))
    emit(Fact::Kind::Opaque, E->getExprLoc(), {Object});
}

/// Whether what its destructor does to what it holds is seen.
bool Lowering::isFollowed(QualType Type) const {
  if (standardOwner(Type) || standardProduct(Type) || standardVariant(Type))
    return true;
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  const CXXDestructorDecl *Destructor = Record && Record->hasDefinition() ? Record->getDestructor() : nullptr;
  return Destructor && Destructor->hasBody() &&
         !Context.getSourceManager().isInSystemHeader(Destructor->getLocation());
}

void Lowering::endTemporary(const CXXBindTemporaryExpr &Temporary) {
  const Expr *Maker = constructed(&Temporary);
  SourceLocation At = Temporary.getEndLoc();
  if (EndsLater.contains(Maker) && JoinVariables.contains(Maker))
    destroy(temporaryAddress(Maker, At), Temporary.getType(), At);
}

Reg Lowering::fieldAddress(Reg Object, llvm::StringRef Name, SourceLocation At) {
  return value(Fact::Kind::FieldAddress, At, {Object}, string(Name));
}

/// The name of the place in a closure that stands for a variable, or for `this`. Those of a pack have one
/// name in the source.
static std::string captureName(const CXXRecordDecl &Closure, unsigned Index) {
  auto Written = [&](const LambdaCapture &Capture) {
    return Capture.capturesVariable() ? Capture.getCapturedVar()->getName() : "this";
  };
  llvm::ArrayRef<LambdaCapture> All(Closure.captures_begin(), Closure.capture_size());
  llvm::StringRef Name = Written(All[Index]);
  auto Before = llvm::count_if(All.take_front(Index),
                               [&](const LambdaCapture &Other) { return Written(Other) == Name; });
  return Before == 0 ? Name.str() : Name.str() + "#" + std::to_string(Before);
}

/// The members of a closure have no names of their own.
static std::string nameOf(const FieldDecl &Field) {
  const auto *Class = dyn_cast<CXXRecordDecl>(Field.getParent());
  if (Class && Class->isLambda() && Field.getFieldIndex() < Class->capture_size())
    return captureName(*Class, Field.getFieldIndex());
  return Field.getName().str();
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
  // A base is only part of the object, and its members are not told from the rest.
  const bool IsWhole = E->getConstructionKind() == CXXConstructionKind::Complete;
  if (E->requiresZeroInitialization() && IsWhole)
    store(Address, constant(0, At), E->getType(), point(At));
  else if (Constructor->isTrivial() && IsWhole)
    store(Address, value(Fact::Kind::Opaque, At), E->getType(), point(At));
  if (Constructor->isTrivial())
    return;
  RegList Arguments{Address};
  for (const Expr *Argument : E->arguments())
    Arguments.push_back(valueOf(Argument));
  value(Fact::Kind::Call, At, std::move(Arguments), callee(Constructor, true));
  Current->Facts.back().Landing = landingOf(E);
}

/// With `IsOfType` false it may be of a derived class.
void Lowering::destroy(Reg Address, QualType Type, SourceLocation At, bool IsOfType) {
  if (destroyStandard(Address, Type, At))
    return;
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  const CXXDestructorDecl *Destructor = Record && Record->hasDefinition() ? Record->getDestructor() : nullptr;
  if (!Destructor)
    emit(Fact::Kind::Opaque, At, {Address});
  else if (!Destructor->isTrivial())
    value(Fact::Kind::Call, At, {Address}, callee(Destructor, IsOfType));
}

/// Whether all that makes up the objects of a class is seen: a base whose body is elsewhere may tell others
/// where the object is, who then delete it.
static bool isSeen(const CXXRecordDecl &Class, const SourceManager &Sources) {
  return llvm::all_of(Class.bases(), [&](const CXXBaseSpecifier &Base) {
    const CXXRecordDecl *Record = Base.getType()->getAsCXXRecordDecl();
    return Record && Record->hasDefinition() && !Sources.isInSystemHeader(Record->getLocation()) &&
           llvm::all_of(Record->ctors(),
                        [](const CXXConstructorDecl *C) {
                          return C->isImplicit() || C->isDeleted() || C->isDefaulted() || C->hasBody();
                        }) &&
           isSeen(*Record->getDefinition(), Sources);
  });
}

Reg Lowering::create(const CXXNewExpr *New) {
  SourceLocation At = New->getExprLoc();
  const FunctionDecl *Allocate = New->getOperatorNew();
  const CXXRecordDecl *Class = New->getAllocatedType()->getAsCXXRecordDecl();
  Reg Address = NoReg;
  if (Allocate && Allocate->isReservedGlobalPlacementOperator()) {
    Address = valueOf(New->getPlacementArg(0));
  } else if (!Allocate || (Class && !isSeen(*Class, Context.getSourceManager()))) {
    Address = value(Fact::Kind::Opaque, At);
  } else {
    RegList Arguments{value(Fact::Kind::Opaque, At)}; // the size
    for (const Expr *Argument : New->placement_arguments())
      Arguments.push_back(valueOf(Argument));
    Address = value(Fact::Kind::Call, At, std::move(Arguments), callee(Allocate));
  }
  const Expr *Init = New->getInitializer();
  if (!Init)
    return Address;
  if (New->isArray())
    emit(Fact::Kind::Opaque, At, {valueOf(Init)});
  else if (isa<ImplicitValueInitExpr>(Init))
    store(Address, constant(0, At), New->getAllocatedType(), point(At));
  else
    initialize(Address, New->getAllocatedType(), Init, point(At));
  return Address;
}

void Lowering::endOnHeap(const CXXDeleteExpr *Delete) {
  SourceLocation At = Delete->getExprLoc();
  Reg Pointer = valueOf(Delete->getArgument());
  const CXXRecordDecl *Class =
      Delete->getDestroyedType().isNull() ? nullptr : Delete->getDestroyedType()->getAsCXXRecordDecl();
  if (needsDestruction(Class)) {
    if (Delete->isArrayForm())
      emit(Fact::Kind::Opaque, At, {Pointer});
    else
      destroy(Pointer, Delete->getDestroyedType(), At, Class->isEffectivelyFinal());
  }
  if (const FunctionDecl *Free = Delete->getOperatorDelete())
    value(Fact::Kind::Call, At, {Pointer}, callee(Free));
}

/// A base whose body is not here has its own members, and those of the derived class are none of them.
void Lowering::destroyBase(const CXXBaseSpecifier &Base, SourceLocation At) {
  const CXXRecordDecl *Record = Base.getType()->getAsCXXRecordDecl();
  const bool IsSeen = Record && Record->hasDefinition() && Record->getDestructor() &&
                      Record->getDestructor()->hasBody() &&
                      !Context.getSourceManager().isInSystemHeader(Record->getLocation());
  if (IsSeen || standardOwner(Base.getType()))
    destroy(thisObject(At), Base.getType(), At);
}

/// Makes a closure: a lambda is an object with what it captures as members.
void Lowering::capture(Reg Address, const LambdaExpr *Lambda) {
  auto Field = Lambda->getLambdaClass()->field_begin();
  auto Init = Lambda->capture_init_begin();
  for (const LambdaCapture &Capture : Lambda->captures()) {
    SourceLocation At = Capture.getLocation();
    if (!Capture.capturesVLAType() && *Init)
      initialize(fieldAddress(Address, nameOf(**Field), At), Field->getType(), *Init, point(At));
    ++Field;
    ++Init;
  }
}

/// Where the variable, or `this` when it is null, of the function around a lambda is; nothing when this
/// function is no lambda that captures it.
std::optional<Reg> Lowering::captured(const ValueDecl *Var, SourceLocation At) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  if (!Method || !Method->getParent()->isLambda() || !Method->isImplicitObjectMemberFunction())
    return std::nullopt;
  auto Field = Method->getParent()->field_begin();
  for (const LambdaCapture &Capture : Method->getParent()->captures()) {
    bool IsIt = Var ? Capture.capturesVariable() && Capture.getCapturedVar() == Var : Capture.capturesThis();
    if (IsIt) {
      Reg Place = fieldAddress(thisObject(At), nameOf(**Field), At);
      return Field->getType()->isReferenceType() || Capture.getCaptureKind() == LCK_This
                 ? load(Place, Context.VoidPtrTy, At)
                 : Place;
    }
    ++Field;
  }
  return std::nullopt;
}

} // namespace connsan
