#include "Summary.h"

#include "llvm/Support/raw_ostream.h"

namespace connsan {
namespace {

Range rangeOf(When Condition, bool Holds) {
  Range R;
  switch (Condition) {
  case When::Zero:
    R.restrict(CompareOp::Equal, 0, Holds);
    break;
  case When::NonZero:
    R.restrict(CompareOp::NotEqual, 0, Holds);
    break;
  case When::Negative:
    R.restrict(CompareOp::Less, 0, Holds);
    break;
  default:
    break;
  }
  return R;
}

/// What a model says happens when the one condition that it names holds, or does not.
Outcome outcome(const Model &M, const ModelSet &Models, const Callee &Called, When Condition, bool Holds) {
  Outcome O;
  O.Returned = rangeOf(Condition, Holds);
  O.Result = M.Returns;
  O.ResultArgument = M.ReturnedArgument;
  O.Resource = M.Resource;
  O.Ends = M.Ends;
  for (unsigned I = 0; I < M.Arguments.size(); ++I) {
    const ArgumentModel &Argument = M.Arguments[I];
    bool Happens = Argument.Condition == When::Always || Holds;
    AccessPath Where;
    Where.Argument = I;
    // `PGconn **` given to a release: what it points to is released.
    bool ByAddress = I < Called.Parameters.size() && Called.Parameters[I].PointsToPointer;
    if (ByAddress && Argument.What != ArgumentModel::Effect::AcquireOut)
      Where.Hops.push_back({});
    switch (Argument.What) {
    case ArgumentModel::Effect::None:
    case ArgumentModel::Effect::Borrow:
      break;
    case ArgumentModel::Effect::Release:
      if (Happens)
        O.Effects.push_back({Where, Effect::Kind::Release, M.Resource});
      if (Happens && ByAddress)
        O.Effects.push_back({Where, Effect::Kind::StoreOther, ""});
      break;
    case ArgumentModel::Effect::Transfer:
      if (Happens)
        O.Effects.push_back({Where, Effect::Kind::Transfer, ""});
      break;
    case ArgumentModel::Effect::AcquireOut:
      Where.Hops.push_back({});
      O.Effects.push_back({Where, Happens ? Effect::Kind::StoreOwned : Effect::Kind::StoreOther, M.Resource});
      break;
    }
    if (Argument.Condition == When::StatusOk || Argument.Condition == When::StatusBad) {
      O.StatusOf = I;
      O.StatusGood = (Argument.Condition == When::StatusOk) == Holds;
      if (const Model *Status = Models.statusFunction()) {
        O.StatusFunction = Status->Function;
        O.StatusOk = *Status->StatusOk;
      }
    }
  }
  return O;
}

} // namespace

Summary summarize(const Model &M, const ModelSet &Models, const Callee &Called) {
  Summary S;
  S.Pure = M.Pure || M.StatusOk;
  S.StatusOk = M.StatusOk;
  S.Complete = false; // a model speaks of resources only
  S.WritesOnlyArguments = true;
  When Condition = When::Always;
  for (unsigned I = 0; I < M.Arguments.size(); ++I) {
    if (M.Arguments[I].Condition != When::Always)
      Condition = M.Arguments[I].Condition;
    if (M.Arguments[I].What == ArgumentModel::Effect::Borrow) {
      Borrow &B = S.Borrows.emplace_back();
      B.Where.Argument = I;
      if (I < Called.Parameters.size())
        B.Resource = Models.resourceOfType(Called.Parameters[I].Pointee);
    }
  }
  S.Outcomes.push_back(outcome(M, Models, Called, Condition, true));
  if (Condition != When::Always)
    S.Outcomes.push_back(outcome(M, Models, Called, Condition, false));
  return S;
}

static void print(llvm::raw_ostream &Out, const Range &R) {
  if (auto Single = R.single())
    Out << *Single;
  else if (!R.admits(0))
    Out << "not 0";
  else
    Out << "limited";
}

static void print(llvm::raw_ostream &Out, const AccessPath &Path) {
  if (Path.Global.empty())
    Out << "argument " << Path.Argument + 1;
  else
    Out << Path.Global;
  for (const AccessPath::Hop &Hop : Path.Hops)
    Out << (Hop.Field.empty() ? std::string("->") : "." + Hop.Field);
}

std::string dump(const Summary &S, llvm::StringRef Function) {
  std::string Text;
  llvm::raw_string_ostream Out(Text);
  for (const Outcome &O : S.Outcomes) {
    Out << Function << ':';
    if (O.Ends == Model::Ending::Exits)
      Out << " exits";
    if (O.Ends == Model::Ending::Unwinds)
      Out << " unwinds";
    for (const Requirement &R : O.Requires) {
      Out << " when ";
      print(Out, R.Where);
      Out << " is ";
      print(Out, R.Holds);
      Out << ':';
    }
    if (!O.Returned.isAny()) {
      Out << " returns ";
      print(Out, O.Returned);
      Out << ':';
    }
    if (O.Result == Model::Result::Acquire || O.Result == Model::Result::AcquireOrNull)
      Out << " returns an owned " << O.Resource << ';';
    if (O.Result == Model::Result::Argument)
      Out << " returns argument " << O.ResultArgument + 1 << ';';
    if (O.StatusOf)
      Out << " when the status of argument " << *O.StatusOf + 1 << (O.StatusGood ? " is good:" : " is bad:");
    for (const Effect &E : O.Effects) {
      switch (E.What) {
      case Effect::Kind::Release:
        Out << " releases ";
        break;
      case Effect::Kind::Transfer:
        Out << " keeps ";
        break;
      case Effect::Kind::StoreOwned:
        Out << " stores an owned " << E.Resource << " in ";
        break;
      case Effect::Kind::StoreNull:
        Out << " stores null in ";
        break;
      case Effect::Kind::StoreOther:
        Out << " writes ";
        break;
      }
      print(Out, E.Where);
      Out << ';';
    }
    Out << '\n';
  }
  return Text;
}

} // namespace connsan
