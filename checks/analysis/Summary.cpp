#include "Summary.h"

#include "Hidden.h"

#include "llvm/Support/raw_ostream.h"

#include <set>

namespace connsan {
namespace {

/// The comparison with 0 that a condition makes; nothing when it is not about what the function returned.
std::optional<CompareOp> comparison(When Condition) {
  switch (Condition) {
  case When::Zero:
    return CompareOp::Equal;
  case When::NonZero:
    return CompareOp::NotEqual;
  case When::Negative:
    return CompareOp::Less;
  case When::Positive:
    return CompareOp::Greater;
  case When::Always:
  case When::StatusOk:
  case When::StatusBad:
    break;
  }
  return std::nullopt;
}

bool isOfStatus(When Condition) {
  return Condition == When::StatusOk || Condition == When::StatusBad;
}

Range compared(CompareOp Op, bool Truth) {
  Range R;
  R.restrict(Op, 0, Truth);
  return R;
}

/// What the function may return, cut so that each condition of the model holds for all of a range or for
/// none.
llvm::SmallVector<Range, 3> cases(const Model &M) {
  std::optional<CompareOp> Only;
  for (const ArgumentModel &A : M.Arguments) {
    std::optional<CompareOp> Op = comparison(A.Condition);
    if (!Op)
      continue;
    if (Only && *Op != *Only && *Op != opposite(*Only))
      return {compared(CompareOp::Less, true), compared(CompareOp::Equal, true),
              compared(CompareOp::Greater, true)};
    if (!Only)
      Only = Op;
  }
  if (!Only)
    return {Range()};
  return {compared(*Only, true), compared(*Only, false)};
}

/// What a model says happens when the function returns this, and the status of the one argument whose status
/// matters is good or bad.
Outcome outcome(const Model &M, const ModelSet &Models, const Callee &Called, const Range &Returned,
                bool StatusGood) {
  Outcome O;
  O.Returned = Returned;
  bool ReturnsNull = Returned.single() == 0;
  bool Acquires = M.Returns == Model::Result::Acquire || M.Returns == Model::Result::AcquireOrNull;
  O.Result = Acquires && ReturnsNull ? Model::Result::Nothing : M.Returns;
  O.ResultPlace.Argument = M.ReturnedArgument;
  O.Resource = M.Resource;
  O.Ends = M.Ends;
  for (unsigned I = 0; I < M.Arguments.size(); ++I) {
    const ArgumentModel &Argument = M.Arguments[I];
    std::string Resource = M.resourceOf(Argument).str();
    bool Happens = true;
    if (std::optional<CompareOp> Op = comparison(Argument.Condition))
      Happens = Returned.decide(*Op, 0).value_or(false);
    else if (isOfStatus(Argument.Condition))
      Happens = StatusGood == (Argument.Condition == When::StatusOk);
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
        O.Effects.push_back({Where, Effect::Kind::Release, Resource});
      if (Happens && ByAddress)
        O.Effects.push_back({Where, Effect::Kind::StoreOther, ""});
      break;
    case ArgumentModel::Effect::Transfer:
      if (Happens)
        O.Effects.push_back({Where, Effect::Kind::Transfer, ""});
      break;
    case ArgumentModel::Effect::AcquireOut:
      Where.Hops.push_back({});
      if (Happens)
        O.Effects.push_back({Where, Effect::Kind::StoreOwned, Resource});
      else if (Argument.NullOtherwise)
        O.Effects.push_back({Where, Effect::Kind::StoreNumber, ""});
      else
        O.Effects.push_back({Where, Effect::Kind::StoreOther, ""});
      break;
    }
    if (isOfStatus(Argument.Condition)) {
      O.StatusOf = I;
      O.StatusGood = StatusGood;
      if (const Model *Status = Models.statusFunction()) {
        O.StatusFunction = Status->Function;
        O.StatusOk = *Status->StatusOk;
      }
    }
  }
  return O;
}

/// The outcomes so far are those of a call that ends; it does so by the value of an argument.
void addConditionalEnd(Summary &S, unsigned Argument, std::optional<std::int64_t> From,
                       const Callee &Called) {
  auto Required = [&](bool Ends) {
    Range R;
    R.restrict(From ? CompareOp::GreaterEqual : CompareOp::NotEqual, From.value_or(0), Ends);
    return R;
  };
  // A function of the same name whose argument is a text is not the one that is meant.
  bool IsMeant = Argument >= Called.Parameters.size() || !Called.Parameters[Argument].IsPointer;
  std::vector<Outcome> Ending = S.Outcomes;
  AccessPath Where;
  Where.Argument = Argument;
  for (Outcome &O : S.Outcomes) {
    O.Ends = Model::Ending::Returns;
    if (IsMeant)
      O.Requires.push_back({Where, Required(false)});
  }
  if (!IsMeant)
    return;
  Ending.resize(1); // nothing comes after it
  Ending.front().Requires.push_back({Where, Required(true)});
  S.Outcomes.push_back(std::move(Ending.front()));
}

} // namespace

std::optional<Outcome> thrownBy(const Model *M, const Callee &Called) {
  Model::Throwing Throws = M ? M->Throws : Model::Throwing::Unknown;
  if (Throws == Model::Throwing::Never)
    return std::nullopt;
  Outcome O;
  O.Ends = Model::Ending::Throws;
  if (Throws == Model::Throwing::May) {
    O.Thrown.CaughtAs = M->Exceptions;
    O.Why = Ground::Seen;
  } else {
    O.Why = Called.InCxxLibrary ? Ground::Memory : Ground::Foreign;
    if (Called.InCxxLibrary)
      O.Thrown.CaughtAs = {"std::bad_alloc", "std::exception"};
  }
  return O;
}

/// When it throws it has acquired nothing. What it was to release is most often gone.
static Outcome throwing(Outcome O, const Outcome &Thrown) {
  O.Ends = Model::Ending::Throws;
  O.Thrown = Thrown.Thrown;
  O.Why = Thrown.Why;
  O.Result = Model::Result::Nothing;
  O.Returned = Range();
  for (Effect &E : O.Effects)
    if (E.What == Effect::Kind::StoreOwned)
      E = {E.Where, Effect::Kind::StoreOther, ""};
  return O;
}

bool areToldApart(const Outcome &O, const Outcome &Other, const AccessPath &Place) {
  return llvm::any_of(O.Requires, [&](const Requirement &R) {
    return !(R.Where == Place) && R.Function.empty() &&
           llvm::any_of(Other.Requires, [&](const Requirement &Against) {
             Range Both = R.Holds;
             return Against.isOfSame(R) && !Both.intersect(Against.Holds);
           });
  });
}

DeclaredActs declaredActs(const Model &M, const ModelSet &Models, const Callee &Called) {
  DeclaredActs Acts;
  Acts.Sql = M.Sql;
  Acts.Statement.Argument = M.Sql ? M.Sql->Statement : 0;
  Acts.ActsOn = M.ActsOn;
  Acts.ActsWhen = M.ActsWhen;
  Acts.Text = M.Text;
  auto First = [&](auto Is) { return llvm::find_if(Called.Parameters, Is) - Called.Parameters.begin(); };
  const unsigned Count = Called.Parameters.size();
  unsigned Connection =
      First([&](const Callee::Parameter &P) { return Models.resourceOfType(P.Pointee) == Model{}.Resource; });
  if (Connection == Count) // an object that stands for one
    Connection =
        First([](const Callee::Parameter &P) { return P.IsThis || (!P.Pointee.empty() && !P.IsResult); });
  Acts.Connection.Argument = Connection;
  if (Connection == Count && Models.resourceOfType(Called.Result) == Model{}.Resource) {
    Acts.Connection.From = AccessPath::Root::Result;
  } else if (Connection == Count) {
    Acts.Connection.From = AccessPath::Root::Global;
    Acts.Connection.Global = hidden::Connection.str();
  }
  return Acts;
}

bool changesOwnership(const Summary &S) {
  if (S.Declared.actsOnTransactions())
    return true;
  return llvm::any_of(S.Outcomes, [](const Outcome &O) {
    bool Acquires = O.Result == Model::Result::Acquire || O.Result == Model::Result::AcquireOrNull;
    return (Acquires && O.Resource != MemoryResource) || !O.Acts.empty() ||
           llvm::any_of(O.Effects, [](const Effect &E) {
             return (E.What == Effect::Kind::StoreOwned || E.What == Effect::Kind::Release) &&
                    E.Resource != MemoryResource;
           });
  });
}

/// What one of them may take is gone, and what one of them may acquire is not owed.
Summary weakest(llvm::ArrayRef<const Summary *> Each) {
  if (llvm::all_of(Each, [&](const Summary *S) { return *S == *Each.front(); }))
    return *Each.front();
  Summary Weak;
  Weak.Complete = false;
  Outcome Returns;
  auto Add = [&](const AccessPath &Where, Effect::Kind What) {
    if (Effect E{Where, What, ""}; !llvm::is_contained(Returns.Effects, E))
      Returns.Effects.push_back(std::move(E));
  };
  std::set<std::uint32_t> PassedOn;
  for (const Summary *S : Each) {
    PassedOn.insert(S->PassedOn.begin(), S->PassedOn.end());
    if (llvm::none_of(S->Outcomes, [](const Outcome &O) { return O.Ends == Model::Ending::Returns; }))
      return *S;
    for (const Outcome &O : S->Outcomes) {
      if (O.Ends == Model::Ending::Throws && !llvm::is_contained(Weak.Outcomes, O))
        Weak.Outcomes.push_back(O);
      for (const SessionAct &Act : O.Acts)
        if (SessionAct Forgets{.What = SessionAct::Kind::Forgets, .On = Act.On};
            !llvm::is_contained(Returns.Acts, Forgets))
          Returns.Acts.push_back(std::move(Forgets));
      for (const Effect &E : O.Effects) {
        if (E.What == Effect::Kind::Release || E.What == Effect::Kind::Transfer)
          Add(E.Where, Effect::Kind::Transfer);
        else if (E.Keeps)
          Add(E.Of, Effect::Kind::Transfer);
        else
          Add(E.Where, Effect::Kind::StoreOther);
      }
    }
  }
  Weak.Outcomes.push_back(std::move(Returns));
  Weak.PassedOn.assign(PassedOn.begin(), PassedOn.end());
  return Weak;
}

Summary summarize(const Model &M, const ModelSet &Models, const Callee &Called) {
  Summary S;
  S.Pure = M.Pure || M.StatusOk;
  S.StatusOk = M.StatusOk;
  S.Complete = false; // a model speaks of resources only
  S.WritesOnlyArguments = true;
  S.Declared = declaredActs(M, Models, Called);
  bool ByStatus = false;
  for (unsigned I = 0; I < M.Arguments.size(); ++I) {
    ByStatus |= isOfStatus(M.Arguments[I].Condition);
    if (M.Arguments[I].What == ArgumentModel::Effect::Borrow) {
      Borrow &B = S.Borrows.emplace_back();
      B.Where.Argument = I;
      if (I < Called.Parameters.size())
        B.Resource = Models.resourceOfType(Called.Parameters[I].Pointee);
    }
  }
  for (const Range &Returned : cases(M)) {
    S.Outcomes.push_back(outcome(M, Models, Called, Returned, true));
    if (ByStatus)
      S.Outcomes.push_back(outcome(M, Models, Called, Returned, false));
  }
  if (M.EndsIf)
    addConditionalEnd(S, *M.EndsIf, M.EndsFrom, Called);
  if (Called.MayThrow)
    if (std::optional<Outcome> Thrown = thrownBy(&M, Called))
      S.Outcomes.push_back(throwing(S.Outcomes.front(), *Thrown));
  return S;
}

static void print(llvm::raw_ostream &Out, const Range &R) {
  if (auto Single = R.single())
    Out << *Single;
  else if (R.high() < 0)
    Out << "less than 0";
  else if (R.low() > 0)
    Out << "more than 0";
  else if (!R.admits(0))
    Out << "not 0";
  else if (R.high() == 0)
    Out << "at most 0";
  else if (R.low() == 0)
    Out << "at least 0";
  else
    Out << "limited";
}

static void print(llvm::raw_ostream &Out, const AccessPath &Path) {
  switch (Path.From) {
  case AccessPath::Root::Argument:
    Out << "argument " << Path.Argument + 1;
    break;
  case AccessPath::Root::Global:
    Out << Path.globalName();
    break;
  case AccessPath::Root::Result:
    Out << "the result";
    break;
  }
  for (const AccessPath::Hop &Hop : Path.Hops)
    Out << (Hop.Field.empty() ? "->" : ".") << Hop.Field;
}

static void print(llvm::raw_ostream &Out, const SessionAct &Act) {
  switch (Act.What) {
  case SessionAct::Kind::Runs:
    Out << " runs ";
    print(Out, Act.Statement);
    Out << (Act.Went == SessionAct::Success::Command ? " as a command"
            : Act.Went == SessionAct::Success::Rows  ? " for rows"
                                                     : " in vain");
    break;
  case SessionAct::Kind::Prepares:
    Out << " prepares '" << Act.Name << "'";
    break;
  case SessionAct::Kind::Begins:
    Out << " begins a transaction";
    break;
  case SessionAct::Kind::Commits:
    Out << " commits";
    break;
  case SessionAct::Kind::RollsBack:
    Out << " rolls back";
    break;
  case SessionAct::Kind::Settles:
    Out << " leaves no transaction open";
    break;
  case SessionAct::Kind::Forgets:
    Out << " may begin or end a transaction";
    break;
  }
  Out << " on ";
  print(Out, Act.On);
}

std::string dump(const Summary &S, llvm::StringRef Function) {
  std::string Text;
  llvm::raw_string_ostream Out(Text);
  if (S.Declared.Sql) {
    Out << Function << ": runs ";
    print(Out, S.Declared.Statement);
    Out << " on ";
    print(Out, S.Declared.Connection);
    Out << '\n';
  }
  for (std::uint32_t Argument : S.PassedOn)
    Out << Function << ": gives argument " << Argument + 1 << " to unknown code\n";
  for (const Outcome &O : S.Outcomes) {
    Out << Function << ':';
    if (O.Ends == Model::Ending::Exits)
      Out << " exits";
    if (O.Ends == Model::Ending::Unwinds)
      Out << " unwinds";
    if (O.Ends == Model::Ending::Throws)
      Out << (O.Why == Ground::Seen ? " throws " : " may throw ")
          << (O.Thrown.CaughtAs.empty() ? "something" : O.Thrown.CaughtAs.front()) << ';';
    for (const Requirement &R : O.Requires) {
      Out << " when ";
      if (!R.Function.empty())
        Out << R.Function << " of ";
      print(Out, R.Where);
      Out << " is ";
      print(Out, R.Holds);
      Out << ':';
    }
    for (const Equality &E : O.RequiresEqual) {
      Out << " when ";
      print(Out, E.Left);
      Out << (E.Holds ? " is " : " is not ");
      print(Out, E.Right);
      Out << ':';
    }
    if (!O.Returned.isAny()) {
      Out << " returns ";
      print(Out, O.Returned);
      Out << ':';
    }
    if (O.Result == Model::Result::Acquire || O.Result == Model::Result::AcquireOrNull)
      Out << " returns an owned " << O.Resource << ';';
    if (O.Result == Model::Result::Argument) {
      Out << (O.FromEntry ? " returns what was in " : O.ReturnsAddress ? " returns the place " : " returns ");
      print(Out, O.ResultPlace);
      Out << ';';
    }
    if (!O.ResultFunction.empty()) {
      Out << " returns " << O.ResultFunction << " of ";
      print(Out, O.ResultPlace);
      Out << ';';
    }
    for (const Property &P : O.Properties) {
      Out << " of which " << P.Function << " says ";
      print(Out, P.Holds);
      Out << ';';
    }
    for (const SessionAct &Act : O.Acts) {
      print(Out, Act);
      Out << ';';
    }
    if (O.ReturnedText) {
      Out << " returns \"";
      Out.write_escaped(*O.ReturnedText) << "\";";
    }
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
      case Effect::Kind::StoreCopy:
        Out << " stores ";
        print(Out, E.Of);
        Out << " in ";
        break;
      case Effect::Kind::StoreInitial:
        Out << (E.Keeps ? " keeps " : " copies ");
        print(Out, E.Of);
        Out << " in ";
        break;
      case Effect::Kind::StoreNumber:
        Out << " stores " << (E.Number == 0 ? "null" : std::to_string(E.Number)) << " in ";
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
