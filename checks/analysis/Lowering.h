#pragma once

#include "Facts.h"
#include "Unwinding.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"

#include <optional>

namespace connsan {

inline SourcePoint point(clang::SourceLocation Loc) {
  return {Loc.getRawEncoding()};
}

/// How much of a place of this type is read or written at once.
Access accessTo(clang::QualType Type);

/// Turns one function body into facts.
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
  Reg lowerCast(const clang::CastExpr *Cast);
  Reg lowerUnary(const clang::UnaryOperator *U);
  Reg lowerBinary(const clang::BinaryOperator *B);
  Reg lowerCall(const clang::CallExpr *Call);
  Reg lowerReference(const clang::DeclRefExpr *Ref);
  void declare(const clang::VarDecl *Var, SourcePoint At);
  void initialize(Reg Address, clang::QualType Type, const clang::Expr *Init, SourcePoint At);
  void leave(const clang::CFGBlock &Source);
  void endLifetime(const clang::VarDecl *Var, clang::SourceLocation At, ExitKind Exit);
  void cleanup(const clang::VarDecl *Var, const clang::FunctionDecl *By);
  void destroy(const clang::VarDecl *Var);
  void landing(const Landing &L);
  void dispatch(const clang::CXXTryStmt &Try);
  BlockId landingOf(const clang::Expr *Thrower) const;
  void raise(const clang::CXXThrowExpr *Throw);

  Fact &emit(Fact::Kind What, clang::SourceLocation At, std::vector<Reg> Operands = {});
  Reg value(Fact::Kind What, clang::SourceLocation At, std::vector<Reg> Operands = {},
            std::uint32_t Index = 0, std::int64_t Immediate = 0);
  Reg constant(std::int64_t Value, clang::SourceLocation At) {
    return value(Fact::Kind::Constant, At, {}, 0, Value);
  }
  Reg addressOf(const clang::VarDecl *Var, clang::SourceLocation At) {
    return value(Fact::Kind::VariableAddress, At, {}, variable(Var));
  }
  Reg temporaryAddress(const clang::Expr *Join, clang::SourceLocation At);
  void store(Reg Address, Reg Value, clang::QualType Type, SourcePoint At);
  Reg load(Reg Address, clang::QualType Type, clang::SourceLocation At) {
    return value(Fact::Kind::Load, At, {Address}, 0, accessTo(Type));
  }

  std::uint32_t variable(const clang::VarDecl *Var);
  std::uint32_t thisVariable();
  std::uint32_t string(llvm::StringRef Text);
  std::uint32_t callee(const clang::FunctionDecl *Target);
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
  llvm::DenseMap<const clang::FunctionDecl *, std::uint32_t> Callees;
  llvm::StringMap<std::uint32_t> Strings;
  llvm::DenseMap<const clang::CFGBlock *, BlockId> Ids;
  Unwinding Ways; ///< of exceptions
  std::vector<BlockId> LandingIds;
  llvm::DenseMap<const clang::Stmt *, const clang::CFGBlock *> Handlers;
};

} // namespace connsan
