#pragma once

#include "CallScan.h"
#include "Program.h"

#include "llvm/ADT/DenseMap.h"

#include <deque>

namespace clang {
class ASTContext;
class CXXRecordDecl;
class FunctionDecl;
} // namespace clang

namespace connsan {

class KeptFacts;

/// A program as its syntax tree: nothing is walked or lowered before somebody asks.
class ParsedProgram : public Program {
public:
  /// `Kept` may be null; else it is the one of this file, and has to outlive this.
  explicit ParsedProgram(clang::ASTContext &Context, KeptFacts *Kept = nullptr);

  bool isCxx() const override;
  bool hasErrors() const override;
  std::vector<FunctionId> functionsInScope() override;
  const std::vector<ClassDescription> &classes() override;
  const FunctionDeclaration &declaration(FunctionId Function) override;
  const FunctionDefinition *definition(FunctionId Function) override;
  FunctionInterface interface(FunctionId Function) override;
  llvm::ArrayRef<FunctionId> references(FunctionId Function) override;
  bool throws(FunctionId Function) override;
  bool isWhole(FunctionId Function) override;
  bool reachesRecord(FunctionId Function, llvm::function_ref<bool(llvm::StringRef)> IsWanted) override;
  std::string fileOf(SourcePoint At) override;
  std::shared_ptr<const FunctionFacts> facts(FunctionId Function, unsigned MaxBlocks) override;

private:
  struct Entry {
    const clang::FunctionDecl *Declared = nullptr;
    const clang::FunctionDecl *Defined = nullptr; ///< once `HasDefinition` is known
    std::optional<FunctionDeclaration> Declaration;
    std::optional<bool> HasDefinition;
    FunctionDefinition Definition;
    std::optional<std::vector<FunctionId>> References;
    // Once `References` are known.
    bool Throws = false;
    llvm::SmallVector<Calls::Copy, 0> Copies;
    llvm::SmallVector<const clang::CXXRecordDecl *, 0> Classes;
    std::optional<bool> IsWhole;
  };
  ClassDescription describe(const clang::CXXRecordDecl &Class);
  FunctionId idOf(const clang::FunctionDecl &Function);
  bool isWholeClass(const clang::CXXRecordDecl &Class);

  clang::ASTContext &Context;
  KeptFacts *Kept;
  const std::vector<const clang::FunctionDecl *> InScope;
  std::optional<std::vector<ClassDescription>> Classes;
  std::deque<Entry> Entries; ///< by id
  llvm::DenseMap<const clang::FunctionDecl *, FunctionId> Ids;
  llvm::DenseMap<const clang::CXXRecordDecl *, bool> WholeClasses;
};

} // namespace connsan
