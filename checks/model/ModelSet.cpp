#include "Model.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace connsan {

bool Model::acquires() const {
  bool Out = llvm::any_of(Arguments, [&](const ArgumentModel &A) {
    return A.What == ArgumentModel::Effect::AcquireOut && resourceOf(A) != MemoryResource;
  });
  return Out ||
         ((Returns == Result::Acquire || Returns == Result::AcquireOrNull) && Resource != MemoryResource);
}

bool Model::releases() const {
  return llvm::any_of(Arguments, [&](const ArgumentModel &A) {
    return A.What == ArgumentModel::Effect::Release && resourceOf(A) != MemoryResource;
  });
}

bool Model::actsOnTransactions() const {
  return ActsOn != Transaction::Unknown || Sql;
}

void Model::takeOver(const Model &Later) {
  Model Before = std::move(*this);
  *this = Later.Ownership ? Later : Before;
  const Model &Actor = Later.ActsOn != Transaction::Unknown ? Later : Before;
  ActsOn = Actor.ActsOn;
  ActsWhen = Actor.ActsWhen;
  Sql = Later.Sql ? Later.Sql : Before.Sql;
  Text = Later.Text ? Later.Text : Before.Text;
  const Model &Thrower = Later.Throws != Throwing::Unknown ? Later : Before;
  Throws = Thrower.Throws;
  Exceptions = Thrower.Exceptions;
}

void ModelSet::add(const Model &M) {
  if (M.StatusOk)
    StatusFunction = M.Function;
  auto Put = [&](llvm::StringMap<Model> &Into) {
    auto [It, New] = Into.try_emplace(M.Function, M);
    if (!New)
      It->second.takeOver(M);
  };
  Put(Models);
  if (BuiltinsKnown)
    Put(Users);
}

void ModelSet::markBuiltin() {
  BuiltinsKnown = true;
  for (const auto &Entry : Models) {
    const Model &M = Entry.getValue();
    Builtin.insert(M.Resource);
    for (const ArgumentModel &A : M.Arguments)
      Builtin.insert(M.resourceOf(A));
  }
}

bool ModelSet::hasType(llvm::StringRef Resource) const {
  return llvm::any_of(Types, [&](const auto &Entry) { return Entry.getValue() == Resource; });
}

std::string ModelSet::describeResources() const {
  std::vector<std::string> Each;
  for (const auto &Entry : Types)
    Each.push_back((Entry.getKey() + " is " + Entry.getValue()).str());
  for (const auto &Entry : Builtin)
    Each.push_back(Entry.getKey().str());
  llvm::sort(Each);
  return llvm::join(Each, "\n");
}

const Model *ModelSet::find(llvm::StringRef Function) const {
  auto It = Models.find(Function);
  return It == Models.end() ? nullptr : &It->second;
}

const Model *ModelSet::findUsers(llvm::StringRef Function) const {
  auto It = Users.find(Function);
  return It == Users.end() ? nullptr : &It->second;
}

} // namespace connsan
