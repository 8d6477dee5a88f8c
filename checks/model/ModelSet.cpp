#include "Model.h"

#include "llvm/ADT/STLExtras.h"

namespace connsan {

bool Model::acquires() const {
  if (Resource == MemoryResource)
    return false;
  bool Out = llvm::any_of(Arguments,
                          [](const ArgumentModel &A) { return A.What == ArgumentModel::Effect::AcquireOut; });
  return Out || Returns == Result::Acquire || Returns == Result::AcquireOrNull;
}

bool Model::releases() const {
  return Resource != MemoryResource && llvm::any_of(Arguments, [](const ArgumentModel &A) {
           return A.What == ArgumentModel::Effect::Release;
         });
}

void ModelSet::add(Model M) {
  if (M.StatusOk)
    StatusFunction = M.Function;
  std::string Name = M.Function;
  Models.insert_or_assign(Name, std::move(M));
}

void ModelSet::markBuiltin() {
  for (const auto &Entry : Models)
    Builtin.insert(Entry.getValue().Resource);
}

bool ModelSet::hasType(llvm::StringRef Resource) const {
  return llvm::any_of(Types, [&](const auto &Entry) { return Entry.getValue() == Resource; });
}

const Model *ModelSet::find(llvm::StringRef Function) const {
  auto It = Models.find(Function);
  return It == Models.end() ? nullptr : &It->second;
}

} // namespace connsan
