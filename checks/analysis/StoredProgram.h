#pragma once

#include "UnitFacts.h"

namespace connsan {

/// A program as the facts of it, which have to outlive it.
class StoredProgram : public Program {
public:
  explicit StoredProgram(const UnitFacts &Unit) : Unit(Unit) {}

  bool isCxx() const override { return Unit.IsCxx; }
  bool hasErrors() const override { return Unit.HasErrors; }
  std::vector<FunctionId> functionsInScope() override { return Unit.InScope; }
  const std::vector<ClassDescription> &classes() override { return Unit.Classes; }
  const FunctionDeclaration &declaration(FunctionId Function) override {
    return Unit.Functions[Function].Declaration;
  }
  const FunctionDefinition *definition(FunctionId Function) override;
  FunctionInterface interface(FunctionId Function) override { return body(Function).Interface; }
  llvm::ArrayRef<FunctionId> references(FunctionId Function) override { return body(Function).References; }
  bool throws(FunctionId Function) override { return body(Function).Throws; }
  bool isWhole(FunctionId Function) override { return !Unit.HasErrors || body(Function).Facts; }
  bool reachesRecord(FunctionId Function, llvm::function_ref<bool(llvm::StringRef)> IsWanted) override;
  std::string fileOf(SourcePoint At) override;
  std::shared_ptr<const FunctionFacts> facts(FunctionId Function, unsigned MaxBlocks) override;

private:
  const FunctionBody &body(FunctionId Function) const { return *Unit.Functions[Function].Body; }

  const UnitFacts &Unit;
};

} // namespace connsan
