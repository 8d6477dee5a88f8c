#pragma once

#include "Facts.h"
#include "StandardOwners.h"
#include "Unwinding.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/PointerIntPair.h"
#include "llvm/ADT/StringMap.h"

#include <optional>

namespace connsan {

inline SourcePoint point(clang::SourceLocation Loc) {
  return {Loc.getRawEncoding()};
}

/// How much of a place of this type is read or written at once.
Access accessTo(clang::QualType Type);

/// The operand of an expression that only passes on its value; else null.
const clang::Expr *passThrough(const clang::Expr *E);

/// Whether a value of this type is an object of C++, which is passed by its address.
bool isObject(clang::QualType Type);

/// The expression that makes the object, without what only names it.
const clang::Expr *constructed(const clang::Expr *E);

/// Whether its caller gives it a place for the object that it returns.
bool returnsObject(const clang::FunctionProtoType &Type);
bool returnsObject(const clang::FunctionDecl &Function);

/// Turns one function body into facts. The value of an expression whose type is a class is the address of an
/// object. Who calls a function that returns an object gives it a place for that, as its last argument.
class Lowering {
public:
  Lowering(const clang::FunctionDecl &Function, clang::ASTContext &Context)
      : Function(Function), Context(Context) {}

  std::optional<FunctionFacts> run(unsigned MaxBlocks);

private:
  void block(const clang::CFGBlock &Source);
  void terminator(const clang::CFGBlock &Source);
  void prepareJoins(const clang::CFG &Graph);
  void prepareLogical(const clang::Expr *E, const clang::Expr *Join, std::optional<bool> Decided);
  void statement(const clang::Stmt *S);
  void expression(const clang::Expr *E);
  void arm(const clang::Expr *E);
  Reg lower(const clang::Expr *E);
  Reg valueOf(const clang::Expr *E);
  Reg evaluateAnew(const clang::Expr *E);
  Reg lowerCast(const clang::CastExpr *Cast);
  Reg lowerUnary(const clang::UnaryOperator *U);
  Reg lowerBinary(const clang::BinaryOperator *B);
  std::optional<Reg> lowerKnownCall(const clang::FunctionDecl &Target, const clang::CallExpr &Call,
                                    std::optional<Reg> Into);
  Reg lowerCall(const clang::CallExpr *Call, std::optional<Reg> Into = {});
  Reg lowerAwait(const clang::CoroutineSuspendExpr *Await);
  Reg lowerReference(const clang::DeclRefExpr *Ref);
  void declare(const clang::VarDecl *Var, SourcePoint At);
  void initialize(Reg Address, clang::QualType Type, const clang::Expr *Init, SourcePoint At);
  void leave(const clang::CFGBlock &Source);
  void memberInitializer(const clang::CXXCtorInitializer &Init);
  void inheritConstructor(const clang::Expr &Base);

  void prepareObjects(const clang::CFG &Graph);
  void makeObject(Reg Address, clang::QualType Type, const clang::Expr *Maker, SourcePoint At);
  void construct(Reg Address, const clang::CXXConstructExpr *E);
  void destroy(Reg Address, clang::QualType Type, clang::SourceLocation At, bool IsOfType = true);
  void destroyBase(const clang::CXXBaseSpecifier &Base, clang::SourceLocation At);
  void copyObject(Reg To, Reg From, const clang::CXXRecordDecl &Record, clang::SourceLocation At);
  void capture(Reg Address, const clang::LambdaExpr *Lambda);
  std::optional<Reg> captured(const clang::ValueDecl *Var, clang::SourceLocation At);
  Reg temporary(const clang::Expr *E);
  void keepTemporary(const clang::Expr *E, Reg Object);
  bool isFollowed(clang::QualType Type) const;
  void endTemporary(const clang::CXXBindTemporaryExpr &Temporary);
  Reg create(const clang::CXXNewExpr *New);
  void endOnHeap(const clang::CXXDeleteExpr *Delete);
  Reg fieldAddress(Reg Object, llvm::StringRef Name, clang::SourceLocation At);

  bool constructStandard(Reg Address, const clang::CXXConstructExpr *E);
  bool destroyStandard(Reg Address, clang::QualType Type, clang::SourceLocation At);
  std::optional<Reg> lowerStandardMember(const clang::Expr *Object, clang::QualType Type,
                                         const clang::FunctionDecl &Member,
                                         llvm::ArrayRef<const clang::Expr *> Arguments,
                                         clang::SourceLocation At);
  std::optional<Reg> lowerStandardComparison(const clang::CallExpr &Call, CompareOp Op);
  std::optional<Reg> lowerStandardFunction(const clang::FunctionDecl &Target, const clang::CallExpr &Call,
                                           std::optional<Reg> Into);

  Reg replace(Reg Place, Reg New, clang::QualType Type, clang::SourceLocation At);
  Reg heldBy(Reg Owner, clang::SourceLocation At);
  void hold(Reg Owner, Reg Pointer, clang::SourceLocation At);
  void holdShared(Reg Owner, llvm::ArrayRef<const clang::Expr *> Arguments, clang::SourceLocation At);
  void keepDeleter(Reg Owner, std::optional<Reg> Function, clang::SourceLocation At);
  void dispose(Reg Owner, Reg Pointer, const StandardOwner &Type, clang::SourceLocation At);
  void takeOver(Reg To, Reg From, const StandardOwner &Type, clang::SourceLocation At);
  void share(Reg To, Reg From, clang::SourceLocation At);
  void exchangeHeld(Reg Left, Reg Right, clang::SourceLocation At);
  bool constructOwner(Reg Address, const clang::CXXConstructExpr *E);
  void constructShared(Reg Address, llvm::ArrayRef<const clang::Expr *> Arguments, clang::SourceLocation At);
  std::optional<Reg> lowerOwnerCall(Reg Owner, const StandardOwner &Type, const clang::FunctionDecl &Member,
                                    llvm::ArrayRef<const clang::Expr *> Arguments, clang::SourceLocation At);

  Reg scalarOf(const clang::Expr *E);
  void movePart(Reg To, Reg From, clang::QualType Type, clang::SourceLocation At);
  void makeProduct(Reg Address, const StandardProduct &Type, llvm::ArrayRef<const clang::Expr *> Arguments,
                   clang::SourceLocation At);
  void assignProduct(Reg To, const StandardProduct &Type, const clang::Expr *Source,
                     clang::SourceLocation At);
  std::optional<Reg> elementOf(const clang::FunctionDecl &Get, const clang::Expr *Product);
  void setOptional(Reg Address, llvm::ArrayRef<const clang::Expr *> Arguments, clang::SourceLocation At);
  std::optional<Reg> lowerOptionalCall(Reg Object, const clang::FunctionDecl &Member,
                                       llvm::ArrayRef<const clang::Expr *> Arguments,
                                       clang::SourceLocation At);
  void setVariant(Reg Address, const StandardVariant &Type, std::optional<std::size_t> Which,
                  llvm::ArrayRef<const clang::Expr *> Arguments, clang::SourceLocation At);
  void moveVariant(Reg To, Reg From, const StandardVariant &Type, clang::SourceLocation At);
  void makeVariant(Reg Address, const StandardVariant &Type, llvm::ArrayRef<const clang::Expr *> Arguments,
                   clang::SourceLocation At);
  std::optional<Reg> lowerVariantCall(Reg Object, const StandardVariant &Type,
                                      const clang::FunctionDecl &Member,
                                      llvm::ArrayRef<const clang::Expr *> Arguments,
                                      clang::SourceLocation At);
  std::optional<Reg> lowerVariantFunction(const clang::FunctionDecl &Target, const clang::Expr *Object);
  std::optional<Reg> compareWithNullopt(const clang::CallExpr &Call, CompareOp Op);

  void returnValue(const clang::ReturnStmt *Return);
  void returnValue(const clang::CoreturnStmt *Return);
  void endLifetime(const clang::VarDecl *Var, clang::SourceLocation At, ExitKind Exit);
  void cleanup(const clang::VarDecl *Var, const clang::FunctionDecl *By);
  void landing(const Landing &L);
  void dispatch(const clang::CXXTryStmt &Try);
  BlockId landingOf(const clang::Expr *Thrower) const;
  void raise(const clang::CXXThrowExpr *Throw);

  Fact &emit(Fact::Kind What, clang::SourceLocation At, RegList Operands = {});
  Reg value(Fact::Kind What, clang::SourceLocation At, RegList Operands = {}, std::uint32_t Index = 0,
            std::int64_t Immediate = 0);
  Reg constant(std::int64_t Value, clang::SourceLocation At) {
    return value(Fact::Kind::Constant, At, {}, 0, Value);
  }
  Reg compare(CompareOp Op, Reg Left, Reg Right, clang::SourceLocation At);
  Reg addressOf(const clang::VarDecl *Var, clang::SourceLocation At);
  /// Where the function makes the object that it returns.
  Reg resultObject(clang::SourceLocation At) {
    return load(value(Fact::Kind::VariableAddress, At, {}, Out.Parameters.back()), Context.VoidPtrTy, At);
  }
  Reg thisObject(clang::SourceLocation At) {
    return load(value(Fact::Kind::VariableAddress, At, {}, thisVariable()), Context.VoidPtrTy, At);
  }
  Reg temporaryAddress(const clang::Expr *Join, clang::SourceLocation At);
  void store(Reg Address, Reg Value, clang::QualType Type, SourcePoint At);
  Reg load(Reg Address, clang::QualType Type, clang::SourceLocation At) {
    return value(Fact::Kind::Load, At, {Address}, 0, accessTo(Type));
  }

  std::uint32_t variable(const clang::VarDecl *Var);
  std::uint32_t thisVariable();
  std::uint32_t string(llvm::StringRef Text);
  /// A direct call reaches this very function, even if that is virtual.
  std::uint32_t callee(const clang::FunctionDecl *Target, bool IsDirect = false);
  std::uint32_t unknownCallee(clang::QualType FunctionType);
  std::uint32_t sourceText(const clang::Expr *E);

  const clang::FunctionDecl &Function;
  clang::ASTContext &Context;
  FunctionFacts Out;
  Reg Count = 0;       ///< registers so far
  bool Broken = false; ///< code that did not parse is no base for a finding
  Block *Current = nullptr;
  llvm::DenseMap<const clang::Stmt *, Reg> Registers;
  llvm::DenseMap<const clang::VarDecl *, std::uint32_t> Variables;
  std::optional<std::uint32_t> This;
  llvm::DenseMap<const clang::Expr *, std::uint32_t> JoinVariables;
  /// What reaching the end of an operand makes the value of a ?:, && or || of which it is part.
  struct Arm {
    const clang::Expr *Join;
    std::optional<bool> Decided; ///< else the operand's own value
  };
  llvm::DenseMap<const clang::Expr *, llvm::SmallVector<Arm, 1>> Arms;
  llvm::DenseMap<llvm::PointerIntPair<const clang::FunctionDecl *, 1, bool>, std::uint32_t>
      Callees;                                   ///< by whether the call is direct
  llvm::DenseSet<const clang::Expr *> EndsLater; ///< make temporaries whose end is known
  llvm::DenseSet<const clang::Expr *> InPlace;   ///< made where they are to be
  /// Calls of coroutines that are seen and whose end this function waits for, and their results.
  llvm::DenseMap<const clang::Expr *, Reg> Awaited;
  llvm::DenseSet<const clang::Expr *> Yielding; ///< calls that give something to whoever resumes this
  llvm::StringMap<std::uint32_t> Strings;
  llvm::DenseMap<const clang::CFGBlock *, BlockId> Ids;
  Unwinding Ways; ///< of exceptions
  std::vector<BlockId> LandingIds;
  llvm::DenseMap<const clang::Stmt *, const clang::CFGBlock *> Handlers;
};

} // namespace connsan
