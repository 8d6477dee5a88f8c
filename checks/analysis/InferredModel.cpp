#include "InferredModel.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace connsan {
namespace {

/// What one outcome does to one argument.
struct Deed {
  ArgumentModel::Effect What = ArgumentModel::Effect::None;
  std::string Resource;
  bool operator==(const Deed &) const = default;
};

/// The argument, or what it points to.
bool isAboutArgument(const AccessPath &Path, unsigned Index) {
  bool Through = Path.Hops.size() == 1 && Path.Hops.front().Field.empty();
  return Path.isAbout(Index) && (Path.Hops.empty() || Through);
}

bool isAcquired(Model::Result R) {
  return R == Model::Result::Acquire || R == Model::Result::AcquireOrNull;
}

/// The argument that the function returns, if a model can name it.
std::optional<unsigned> argumentReturned(const Outcome &O) {
  if (O.Result != Model::Result::Argument || O.ResultPlace.From != AccessPath::Root::Argument ||
      !O.ResultPlace.Hops.empty() || O.ReturnsAddress)
    return std::nullopt;
  return O.ResultPlace.Argument;
}

class Inference {
public:
  Inference(const Summary &All, llvm::StringRef Function, const std::vector<bool> &ByAddress)
      : S(All), ByAddress(ByAddress) {
    M.Function = Function.str();
    llvm::erase_if(S.Outcomes, [](const Outcome &O) { return O.Ends == Model::Ending::Throws; });
    for (const Outcome &O : All.Outcomes)
      if (O.Ends == Model::Ending::Throws)
        addException(O);
    AlwaysThrows = S.Outcomes.empty() && !All.Outcomes.empty();
  }

  InferredModel run();

private:
  using Problem = std::string; ///< empty when there is none
  struct Way {
    const Outcome &Of;
    std::vector<Deed> Deeds; ///< by argument
  };

  Problem collect();
  Problem deed(Way &Into, const Effect &E) const;
  void addException(const Outcome &O);
  Problem result();
  Problem transactions();
  When toldBy(llvm::function_ref<bool(const Outcome &)> Happens) const;
  Problem arguments();
  Problem argument(unsigned Index);
  void borrows();
  void nameResources();
  bool isNull(const Outcome &O, unsigned Index) const;
  bool dependsOnOthers(unsigned Index) const;
  bool separates(When Condition, unsigned Index, const Deed &Done) const;
  bool saysSomething() const;

  Summary S; ///< of calls that do not throw
  bool AlwaysThrows = false;
  const std::vector<bool> &ByAddress;
  std::vector<Way> Ways;
  Model M;
};

std::string nth(unsigned Index) {
  return "argument " + std::to_string(Index + 1);
}

std::string placeOf(const AccessPath &Path) {
  std::string Text = Path.From == AccessPath::Root::Argument ? nth(Path.Argument)
                     : Path.From == AccessPath::Root::Global ? "'" + Path.globalName().str() + "'"
                                                             : "the result";
  for (const AccessPath::Hop &Hop : Path.Hops)
    Text += Hop.Field.empty() ? "->" : Hop.Field;
  return Text;
}

/// An effect on an argument, where that is what a model would say; else why not.
Inference::Problem Inference::deed(Way &Into, const Effect &E) const {
  Deed Done;
  switch (E.What) {
  case Effect::Kind::Release:
    Done = {ArgumentModel::Effect::Release, E.Resource};
    break;
  case Effect::Kind::Transfer:
    Done = {ArgumentModel::Effect::Transfer, ""};
    break;
  case Effect::Kind::StoreOwned:
    Done = {ArgumentModel::Effect::AcquireOut, E.Resource};
    break;
  case Effect::Kind::StoreCopy:
    return "stores the same " + E.Resource + " in two places, which a model cannot say";
  case Effect::Kind::StoreInitial:
    return E.Keeps ? deed(Into, {E.Of, Effect::Kind::Transfer, ""}) : "";
  case Effect::Kind::StoreNumber:
  case Effect::Kind::StoreOther:
    return ""; // a model leaves open what else is written
  }
  if (E.Resource == MemoryResource && !E.Where.Hops.empty())
    return "";
  unsigned Index = E.Where.Argument;
  bool PointsToPointer = Index < ByAddress.size() && ByAddress[Index];
  bool Through = E.Where.Hops.size() == 1 && E.Where.Hops.front().Field.empty();
  bool Sayable = E.Where.From == AccessPath::Root::Argument &&
                 (E.What == Effect::Kind::StoreOwned || PointsToPointer ? Through : E.Where.Hops.empty());
  if (!Sayable) {
    if (E.What == Effect::Kind::StoreOwned)
      return "stores a " + E.Resource + " that is owed in " + placeOf(E.Where) +
             ", which a model cannot name";
    return (E.What == Effect::Kind::Release ? "releases " : "keeps ") + placeOf(E.Where) +
           ", which a model cannot name";
  }
  if (Into.Deeds.size() <= Index)
    Into.Deeds.resize(Index + 1);
  Deed &Known = Into.Deeds[Index];
  if (Known.What != ArgumentModel::Effect::None && !(Known == Done))
    return "does two things to " + nth(Index);
  Known = std::move(Done);
  return "";
}

Inference::Problem Inference::collect() {
  std::size_t Most = 0;
  for (const Outcome &O : S.Outcomes) {
    Way &New = Ways.emplace_back(Way{O, {}});
    for (const Effect &E : O.Effects)
      if (Problem P = deed(New, E); !P.empty())
        return P;
    Most = std::max(Most, New.Deeds.size());
    if (O.Ends != Ways.front().Of.Ends)
      return "ends in different ways, and a model needs an argument that tells which";
    if (O.StatusOf)
      return "does something that depends on the status of " + nth(*O.StatusOf);
  }
  for (Way &W : Ways)
    W.Deeds.resize(Most);
  return "";
}

/// What is seen to be thrown; of types that have little in common a model cannot speak.
void Inference::addException(const Outcome &O) {
  if (O.Why != Ground::Seen)
    return;
  bool IsFirst = M.Throws != Model::Throwing::May;
  M.Throws = Model::Throwing::May;
  if (IsFirst)
    M.Exceptions = O.Thrown.CaughtAs;
  else if (M.Exceptions != O.Thrown.CaughtAs)
    M.Exceptions.clear();
}

/// Whether the outcome is that of a call whose argument, or what that points to, was null: nothing can happen
/// to it then.
bool Inference::isNull(const Outcome &O, unsigned Index) const {
  return llvm::any_of(O.Requires, [&](const Requirement &R) {
    return isAboutArgument(R.Where, Index) && R.Function.empty() && R.Holds.single() == 0;
  });
}

/// Whether the way it goes depends on more than whether this argument is null.
bool Inference::dependsOnOthers(unsigned Index) const {
  return llvm::any_of(S.Outcomes, [&](const Outcome &O) {
    return llvm::any_of(O.Requires, [&](const Requirement &R) {
      return !isAboutArgument(R.Where, Index) || !R.Function.empty() ||
             (R.Holds.admits(0) && R.Holds.single() != 0);
    });
  });
}

/// Whether the function does this to the argument when the condition holds for what it returns, and nothing
/// when it does not.
bool Inference::separates(When Condition, unsigned Index, const Deed &Done) const {
  constexpr std::pair<When, CompareOp> Comparisons[] = {{When::Zero, CompareOp::Equal},
                                                        {When::NonZero, CompareOp::NotEqual},
                                                        {When::Negative, CompareOp::Less},
                                                        {When::Positive, CompareOp::Greater}};
  CompareOp Op = llvm::find_if(Comparisons, [&](const auto &C) { return C.first == Condition; })->second;
  return llvm::all_of(Ways, [&](const Way &W) {
    if (isNull(W.Of, Index))
      return true;
    Range Returned = W.Of.Returned;
    bool ReturnsIt = argumentReturned(W.Of) == Index && W.Deeds[Index].What == ArgumentModel::Effect::None;
    if (ReturnsIt && !Returned.restrict(CompareOp::NotEqual, 0, true))
      return true;
    return Returned.decide(Op, 0) == (W.Deeds[Index] == Done);
  });
}

Inference::Problem Inference::argument(unsigned Index) {
  std::optional<Deed> Done;
  bool Sometimes = false;
  for (const Way &W : Ways) {
    const Deed &Here = W.Deeds[Index];
    if (Here.What == ArgumentModel::Effect::None)
      Sometimes |= !isNull(W.Of, Index);
    else if (Done && !(*Done == Here))
      return "does different things to " + nth(Index) + " on different paths";
    else
      Done = Here;
  }
  if (!Done)
    return "";
  M.Arguments.resize(std::max<std::size_t>(M.Arguments.size(), Index + 1));
  ArgumentModel &Said = M.Arguments[Index];
  Said.What = Done->What;
  Said.Resource = Done->Resource;
  if (!Sometimes)
    return "";
  const char *Verb = Done->What == ArgumentModel::Effect::Release    ? "releases "
                     : Done->What == ArgumentModel::Effect::Transfer ? "keeps "
                                                                     : "stores a resource in ";
  // Callers that go by the argument rather than by the result would be held to release a second time.
  if (Done->What != ArgumentModel::Effect::AcquireOut && dependsOnOthers(Index))
    return Verb + nth(Index) + " for some arguments only";
  for (When Condition : {When::Zero, When::NonZero, When::Negative, When::Positive})
    if (separates(Condition, Index, *Done)) {
      Said.Condition = Condition;
      return "";
    }
  return Verb + nth(Index) + " on some paths only, and what it returns does not tell which";
}

Inference::Problem Inference::arguments() {
  std::size_t Most = Ways.empty() ? 0 : Ways.front().Deeds.size();
  for (unsigned Index = 0; Index < Most; ++Index)
    if (Problem P = argument(Index); !P.empty())
      return P;
  return "";
}

Inference::Problem Inference::result() {
  bool MayBeNull = false;
  bool OnlyNullIsElse = true;
  bool ArgumentWasNull = true;
  const Outcome *Kind = nullptr;
  for (const Outcome &O : S.Outcomes) {
    MayBeNull |= O.Returned.admits(0);
    if (!isAcquired(O.Result) && !argumentReturned(O))
      continue;
    bool Same = !Kind || (isAcquired(Kind->Result) == isAcquired(O.Result) && Kind->Resource == O.Resource &&
                          Kind->ResultPlace == O.ResultPlace);
    if (!Same)
      return "returns different things on different paths";
    Kind = &O;
  }
  if (!Kind)
    return "";
  for (const Outcome &O : S.Outcomes)
    if (!isAcquired(O.Result) && !argumentReturned(O)) {
      OnlyNullIsElse &= O.Returned.single() == 0;
      ArgumentWasNull &= isNull(O, Kind->ResultPlace.Argument);
    }
  if (!OnlyNullIsElse)
    return isAcquired(Kind->Result) ? "returns a " + Kind->Resource + " that is owed on some paths only"
                                    : "returns " + nth(Kind->ResultPlace.Argument) + " on some paths only";
  if (isAcquired(Kind->Result)) {
    M.Returns = MayBeNull ? Model::Result::AcquireOrNull : Model::Result::Acquire;
    M.Resource = Kind->Resource;
    return "";
  }
  // That NULL is not the argument is said by a condition, or not at all.
  bool NullIsToldApart = llvm::any_of(M.Arguments, [](const ArgumentModel &A) {
    return A.Condition == When::Zero || A.Condition == When::NonZero;
  });
  if (!ArgumentWasNull && !NullIsToldApart)
    return "returns " + nth(Kind->ResultPlace.Argument) + " or null";
  M.Returns = Model::Result::Argument;
  M.ReturnedArgument = Kind->ResultPlace.Argument;
  return "";
}

/// How the function tells by what it returns that something happened; `When::Always` where that is not told.
When Inference::toldBy(llvm::function_ref<bool(const Outcome &)> Happens) const {
  constexpr std::pair<When, CompareOp> Comparisons[] = {{When::Zero, CompareOp::Equal},
                                                        {When::NonZero, CompareOp::NotEqual},
                                                        {When::Negative, CompareOp::Less},
                                                        {When::Positive, CompareOp::Greater}};
  for (const auto &[Condition, Op] : Comparisons)
    if (llvm::all_of(S.Outcomes,
                     [&, Op = Op](const Outcome &O) { return O.Returned.decide(Op, 0) == Happens(O); }))
      return Condition;
  return When::Always;
}

/// What the outcomes do to the transaction of one argument, as far as a model can say it.
Inference::Problem Inference::transactions() {
  std::optional<SessionAct> Act;
  bool IsAlways = true, Differ = S.Declared.Sql && !S.Declared.Statement.Hops.empty();
  for (Outcome &O : S.Outcomes) {
    // Afterwards none is open, as before, or it is not known: a model has no word for it, and needs none.
    llvm::erase_if(O.Acts, [](const SessionAct &Each) { return Each.What >= SessionAct::Kind::Settles; });
    IsAlways &= !O.Acts.empty();
    Differ |= O.Acts.size() > 1;
    for (SessionAct Each : O.Acts) {
      if (Each.What == SessionAct::Kind::RollsBack && Act && Act->What == SessionAct::Kind::Commits)
        Each.What = SessionAct::Kind::Commits;
      Differ |= Act && !(Act->What == Each.What && Act->On == Each.On && Act->Statement == Each.Statement);
      Act = Each;
    }
  }
  if (S.Declared.Sql && !Act)
    Act = SessionAct{.On = S.Declared.Connection, .Statement = S.Declared.Statement};
  if (!Act)
    return "";
  auto IsArgument = [](const AccessPath &Path) {
    return Path.From == AccessPath::Root::Argument && Path.Hops.empty();
  };
  const bool IsSayable = !Differ && IsArgument(Act->On);
  switch (Act->What) {
  case SessionAct::Kind::Runs:
    if (!IsSayable || !IsArgument(Act->Statement))
      break;
    M.Sql.emplace().Statement = Act->Statement.Argument;
    // What returns rows may be told like a failure by who runs commands only.
    for (bool IsRowsGood : {true, false})
      if (M.Sql->Succeeds == When::Always)
        M.Sql->Succeeds = toldBy([&](const Outcome &O) {
          return llvm::any_of(O.Acts, [&](const SessionAct &Each) {
            return Each.Went == SessionAct::Success::Command ||
                   (IsRowsGood && Each.Went == SessionAct::Success::Rows);
          });
        });
    return "";
  case SessionAct::Kind::Begins:
    M.ActsWhen = toldBy([](const Outcome &O) { return !O.Acts.empty(); });
    if (!IsSayable || (!IsAlways && M.ActsWhen == When::Always))
      break;
    M.ActsOn = Model::Transaction::Begins;
    return "";
  case SessionAct::Kind::Commits:
  case SessionAct::Kind::RollsBack:
    if (!IsSayable || !IsAlways)
      break;
    M.ActsOn =
        Act->What == SessionAct::Kind::Commits ? Model::Transaction::Ends : Model::Transaction::RollsBack;
    return "";
  default:
    break;
  }
  return "begins or ends a transaction on " + placeOf(Act->On) + " in a way that a model cannot say";
}

void Inference::borrows() {
  for (const Borrow &B : S.Borrows) {
    if (B.Where.From != AccessPath::Root::Argument || !B.Where.Hops.empty() || B.Resource.empty() ||
        B.Resource == MemoryResource)
      continue;
    M.Arguments.resize(std::max<std::size_t>(M.Arguments.size(), B.Where.Argument + 1));
    ArgumentModel &Said = M.Arguments[B.Where.Argument];
    if (Said.What == ArgumentModel::Effect::None)
      Said.What = ArgumentModel::Effect::Borrow;
  }
}

/// The resource of the whole is the result's, else that of the first argument that has one.
void Inference::nameResources() {
  if (!isAcquired(M.Returns)) {
    auto First = llvm::find_if(M.Arguments, [](const ArgumentModel &A) { return !A.Resource.empty(); });
    if (First != M.Arguments.end())
      M.Resource = First->Resource;
  }
  for (ArgumentModel &A : M.Arguments)
    if (A.Resource == M.Resource)
      A.Resource.clear();
}

bool Inference::saysSomething() const {
  auto Matters = [&](const ArgumentModel &A) {
    return A.What != ArgumentModel::Effect::None && M.resourceOf(A) != MemoryResource;
  };
  return M.acquires() || M.actsOnTransactions() || M.Returns == Model::Result::Argument ||
         M.Ends != Model::Ending::Returns || llvm::any_of(M.Arguments, Matters);
}

InferredModel Inference::run() {
  if (!S.Complete)
    return {std::nullopt, "has too many cases"};
  if (AlwaysThrows)
    return {std::nullopt, "always throws, which a model cannot say"};
  for (auto Step : {&Inference::collect, &Inference::arguments, &Inference::result, &Inference::transactions})
    if (Problem P = (this->*Step)(); !P.empty())
      return {std::nullopt, std::move(P)};
  if (!Ways.empty())
    M.Ends = Ways.front().Of.Ends;
  borrows();
  nameResources();
  if (!saysSomething())
    return {};
  return {std::move(M), ""};
}

} // namespace

InferredModel inferModel(const Summary &S, llvm::StringRef Function, const std::vector<bool> &ByAddress) {
  return Inference(S, Function, ByAddress).run();
}

} // namespace connsan
