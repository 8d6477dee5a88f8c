#include "StoredProgram.h"

#include "llvm/ADT/STLExtras.h"

namespace connsan {

const FunctionDefinition *StoredProgram::definition(FunctionId Function) {
  const std::optional<FunctionBody> &Body = Unit.Functions[Function].Body;
  return Body ? &Body->Definition : nullptr;
}

bool StoredProgram::reachesRecord(FunctionId Function, llvm::function_ref<bool(llvm::StringRef)> IsWanted) {
  return llvm::any_of(Unit.RecordSets[body(Function).Records], IsWanted);
}

std::string StoredProgram::fileOf(SourcePoint At) {
  if (At.Raw == 0)
    return "";
  const SourceStretch *Stretch = &Unit.Stretches[Unit.Places[At.Raw - 1].Stretch];
  while (Stretch->IsExpansion) // starts in an earlier one
    Stretch = &Unit.Stretches[Unit.Places[Stretch->Start.Raw - 1].Stretch];
  return Stretch->File;
}

std::shared_ptr<const FunctionFacts> StoredProgram::facts(FunctionId Function, unsigned MaxBlocks) {
  const std::shared_ptr<FunctionFacts> &Facts = body(Function).Facts;
  return Facts && Facts->Blocks.size() <= MaxBlocks ? Facts : nullptr;
}

} // namespace connsan
