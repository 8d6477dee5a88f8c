#include "Transfer.h"

namespace connsan {

/// The number by which derived symbols know a pure function.
std::uint32_t Transfer::pureFunction(llvm::StringRef Name) {
  auto Known = llvm::find(PureFunctions, Name);
  if (Known == PureFunctions.end())
    Known = PureFunctions.insert(Known, Name.str());
  return derivation::FirstPure + (Known - PureFunctions.begin());
}

llvm::StringRef Transfer::pureFunctionOf(const Symbol &S) const {
  bool IsPure = S.What == Symbol::Kind::Derived && S.A >= derivation::FirstPure &&
                S.A < derivation::FirstPure + PureFunctions.size();
  return IsPure && S.Right == Value{} ? llvm::StringRef(PureFunctions[S.A - derivation::FirstPure]) : "";
}

bool Transfer::call(const Fact &F, Site At, Frame &In, Ways &More) {
  const Callee &C = Facts.Callees[F.Index];
  llvm::SmallVector<Value, 8> Arguments;
  for (Reg Operand : F.Operands)
    Arguments.push_back(valueOf(In, Operand));
  const Callee *Target = &C;
  if (F.What == Fact::Kind::IndirectCall) {
    if (Arguments.front().What == Value::Kind::Function)
      Target = &Facts.Callees[Arguments.front().Id];
    // A shared owner that has lost count has no deleter.
    if (Arguments.front().isNull()) {
      if (F.Result != NoReg)
        set(In, F.Result, freshResult(In, At));
      return true;
    }
    Arguments.erase(Arguments.begin());
    if (Target->IgnoresObject)
      Arguments.insert(Arguments.begin(), Value{});
  }
  std::shared_ptr<const Summary> Known = Lookup(*Target);
  const bool IsForeign = !Known || Known->IsForeign;
  llvm::SmallVector<ActCase, 3> Cases{{.Happens = false}};
  if (Known && !Known->Declared.isEmpty()) {
    Cases = casesOf(Known->Declared, *Target, Arguments, In.Now);
    for (const Value Sql = statementOf(Known->Declared, Arguments, In.Now); ActCase &Case : Cases)
      Case.Sql = Sql;
  }
  if (Known && Known->Declared.Text)
    for (const Value Text = textMadeBy(*Known->Declared.Text, F, *Target, Arguments, In);
         ActCase &Case : Cases)
      Case.Text = Text;
  if (IsForeign)
    foreignCall(F, C.IsDeleter ? C : *Target, Arguments, At, In);
  if (IsForeign && !Target->WritesOnlyArguments && !(Known && Known->Declared.actsOnTransactions()))
    meetUnknown(*Target, Arguments, In.Now);
  bool GoesOn = IsForeign && !Target->NoReturn;
  if (!Known)
    return GoesOn;
  llvm::SmallVector<const Outcome *, 8> Ends;
  for (const Outcome &O : Known->Outcomes)
    if (O.Ends != Model::Ending::Throws || isWorthFollowing(In.Now, F, O))
      Ends.push_back(&O);
  std::optional<Frame> First;
  auto Follow = [&](const Outcome &O, const ActCase &Case, Frame Next) {
    After Then = apply(O, Case, *Known, F, *Target, Arguments, At, Next);
    if (Then == After::Thrown)
      More.Thrown.push_back(std::move(Next.Now));
    else if (Then == After::Returned && !Target->NoReturn && First)
      More.Others.push_back(std::move(Next));
    else if (Then == After::Returned && !Target->NoReturn)
      First = std::move(Next);
  };
  llvm::SmallVector<std::pair<const Outcome *, const ActCase *>, 8> Each;
  for (const Outcome *O : Ends)
    for (const ActCase &Case : Cases)
      Each.push_back({O, &Case});
  const bool NeedsNoCopy = !GoesOn && !Each.empty();
  for (const auto &[O, Case] : llvm::ArrayRef(Each).drop_back(NeedsNoCopy))
    Follow(*O, *Case, In);
  if (GoesOn)
    return actForeign(*Known, Cases, F, *Target, Arguments, At, In, More);
  if (NeedsNoCopy)
    Follow(*Each.back().first, *Each.back().second, std::move(In));
  if (First)
    In = std::move(*First);
  return First.has_value();
}

/// What a model says besides of a function of which nothing else is known.
bool Transfer::actForeign(const Summary &S, llvm::ArrayRef<ActCase> Cases, const Fact &F, const Callee &C,
                          llvm::ArrayRef<Value> Arguments, Site At, Frame &In, Ways &More) {
  const Value Result = F.Result == NoReg ? Value{} : valueOf(In, F.Result);
  std::vector<Frame> Next;
  auto Act = [&](const ActCase &Case, Frame From) {
    if (!assumeCase(From.Now, Case, Result))
      return;
    perform(S.Declared, Case, Stage::Both, F, C, Arguments, Result, At, From);
    if (S.Declared.Text)
      keepText(*S.Declared.Text, Case.Text, F, C, Arguments, From);
    Next.push_back(std::move(From));
  };
  for (const ActCase &Case : Cases.drop_back())
    Act(Case, In);
  Act(Cases.back(), std::move(In));
  if (Next.empty())
    return false;
  In = std::move(Next.front());
  std::move(Next.begin() + 1, Next.end(), std::back_inserter(More.Others));
  return true;
}

/// Follows a path from what this call names: the place, if it is one, and what it holds.
std::pair<std::optional<RegionId>, Value>
Transfer::resolve(const AccessPath &Path, State &Now, llvm::ArrayRef<Value> Arguments, const Value &Result) {
  std::optional<RegionId> Place;
  Value V;
  if (Path.From == AccessPath::Root::Result) {
    V = Result;
  } else if (Path.From == AccessPath::Root::Global) {
    auto Variable = Globals.find(Path.Global);
    if (Variable == Globals.end())
      return {std::nullopt, {}};
    Place = Values.variable(Variable->second);
  } else if (Path.Argument < Arguments.size()) {
    V = Arguments[Path.Argument];
  }
  for (const AccessPath::Hop &Hop : Path.Hops) {
    if (Hop.Field.empty()) {
      if (Place)
        V = load(Now, *Place);
      Place = pointedTo(V);
    } else if (Place) {
      Place = Values.field(*Place, nameNumber(Hop.Field));
    }
    if (!Place)
      return {std::nullopt, {}};
  }
  return {Place, Place ? load(Now, *Place) : V};
}

/// False when the outcome cannot be that of this call.
bool Transfer::isPossible(const Outcome &O, State &Now, llvm::ArrayRef<Value> Arguments) {
  for (const Requirement &R : O.Requires) {
    Value V = resolve(R.Where, Now, Arguments).second;
    if (!R.Function.empty())
      V = V.What == Value::Kind::Undefined
              ? V
              : Value::symbol(
                    Values.symbol({Symbol::Kind::Derived, pureFunction(R.Function), 0, V, Value{}}));
    if (!assume(Now, V, R.Holds))
      return false;
  }
  for (const Equality &E : O.RequiresEqual) {
    Value Left = resolve(E.Left, Now, Arguments).second;
    Value Right = resolve(E.Right, Now, Arguments).second;
    if (!assume(Now, compare(Now, CompareOp::Equal, Left, Right), E.Holds))
      return false;
  }
  if (O.StatusOf && *O.StatusOf < Arguments.size()) {
    std::uint32_t Function = pureFunction(O.StatusFunction);
    SymbolId Status = Values.symbol({Symbol::Kind::Derived, Function, 0, Arguments[*O.StatusOf], Value{}});
    if (!assume(Now, Value::symbol(Status), CompareOp::Equal, O.StatusOk, O.StatusGood))
      return false;
  }
  return true;
}

void Transfer::applyBorrows(const Summary &S, const Fact &F, const Callee &C, llvm::ArrayRef<Value> Arguments,
                            Site At, State &Now) {
  for (const Borrow &B : S.Borrows) {
    const AccessPath &Path = B.Where;
    Value V = resolve(Path, Now, Arguments).second;
    if (!V.isSymbol() || Now.rangeOf(V.Id).single() == 0 || !checkUsable(Now, V.Id, F.At, C.Name))
      continue;
    use(Now, V.Id, At);
    bool Const =
        Path.Hops.empty() && Path.Argument < C.Parameters.size() && C.Parameters[Path.Argument].PointsToConst;
    if (!Const)
      mutate(Now, V.Id, At);
    if (!B.Resource.empty() && !Now.Obligations.find(V.Id) &&
        Values.symbolAt(V.Id).What == Symbol::Kind::Initial) {
      Obligation &Used = Now.Obligations[V.Id];
      Used.Now = Obligation::Phase::Used;
      Used.Resource = resource(B.Resource);
      Used.At = At;
    }
  }
}

/// The callee gave it another owner, wherever it was: this function's callers have to know that too.
void Transfer::takenByCallee(State &Now, SymbolId S, Site At) {
  if (!Now.Obligations.find(S) && isOfCaller(S)) {
    Obligation &Owed = Now.Obligations[S];
    Owed.Now = Obligation::Phase::Used;
    Owed.Resource = resource("");
    Owed.At = At;
  }
  giveAway(Now, S);
}

/// Whether the callee does anything with what an argument leads to, as far as that was followed.
static bool isMentioned(unsigned Argument, const Outcome &O, const Summary &S) {
  return llvm::any_of(O.Effects,
                      [&](const Effect &E) { return E.Where.isAbout(Argument) || E.Of.isAbout(Argument); }) ||
         llvm::any_of(S.Borrows, [&](const Borrow &B) { return B.Where.isAbout(Argument); });
}

/// Whether it releases what was at a place when it was called.
static bool releases(const Outcome &O, const AccessPath &Where) {
  return llvm::any_of(O.Effects,
                      [&](const Effect &E) { return E.What == Effect::Kind::Release && E.Where == Where; });
}

/// Whether both lead to parts of one object.
static bool areSiblings(const AccessPath &A, const AccessPath &B) {
  return A.From == B.From && A.Argument == B.Argument && A.Global == B.Global && !A.Hops.empty() &&
         A.Hops.size() == B.Hops.size() &&
         llvm::ArrayRef(A.Hops).drop_back() == llvm::ArrayRef(B.Hops).drop_back();
}

/// Whether nothing is at a place when the call is over.
static bool clears(const Outcome &O, const AccessPath &Where) {
  return llvm::any_of(O.Effects, [&](const Effect &E) {
    return E.What == Effect::Kind::StoreNumber && E.Number == 0 && E.Where == Where;
  });
}

static const Requirement *findRequirement(const Outcome &O, const AccessPath &Where) {
  auto R = llvm::find_if(
      O.Requires, [&](const Requirement &Each) { return Each.Where == Where && Each.Function.empty(); });
  return R == O.Requires.end() ? nullptr : &*R;
}

/// Whether an outcome may come in the place of O, as far as the caller can tell, when `Flag` does not hold:
/// one that leaves nothing to release where O does.
static bool mayComeInstead(const Outcome &Other, const Outcome &O, const AccessPath &Owned,
                           const Requirement &Flag) {
  auto AreApart = [&](const AccessPath &Where) {
    const Requirement *Here = findRequirement(O, Where);
    const Requirement *There = findRequirement(Other, Where);
    Range Both = Here ? Here->Holds : Range();
    return There && !Both.intersect(There->Holds);
  };
  Range Returned = O.Returned;
  const Requirement *OfFlag = findRequirement(Other, Flag.Where);
  return Other.Ends == Model::Ending::Returns && Returned.intersect(Other.Returned) && !AreApart(Owned) &&
         !(OfFlag && Flag.Holds.contains(OfFlag->Holds)) &&
         llvm::none_of(Other.Effects, [&](const Effect &E) {
           return E.What == Effect::Kind::StoreOwned && E.Where == Owned;
         });
}

/// Whether an object of this function is given a resource to keep or not by a field of its own, such as a
/// mode, of which the function knows nothing: then it is for the object to see to it. Asked before the call.
bool Transfer::isLeftToObject(const Effect &E, const Outcome &O, const Summary &S, State &Now,
                              llvm::ArrayRef<Value> Arguments) {
  if (E.What != Effect::Kind::StoreOwned || E.IsInNew)
    return false;
  auto IsUndecided = [&](const Requirement &Flag) {
    return areSiblings(Flag.Where, E.Where) && !(Flag.Where == E.Where) &&
           !resolve(Flag.Where, Now, Arguments).second.isInteger() &&
           llvm::any_of(S.Outcomes,
                        [&](const Outcome &Other) { return mayComeInstead(Other, O, E.Where, Flag); });
  };
  if (llvm::none_of(O.Requires, IsUndecided))
    return false;
  // What a caller gave is passed on to it with the condition.
  std::optional<RegionId> Place = resolve(E.Where, Now, Arguments).first;
  if (!Place)
    return false;
  const Region &Root = Values.regionAt(Values.root(*Place));
  return Root.What == Region::Kind::Variable ? Facts.Variables[Root.Parent].Where != Variable::Storage::Global
                                             : Values.symbolAt(Root.Parent).What == Symbol::Kind::Result;
}

/// A callee that releases what a place holds on one way, and on another that is as possible makes it forget
/// that, or is the destructor of what holds it, has to answer for both.
void Transfer::leaveToCallee(const Outcome &O, const Summary &S, const Callee &C,
                             llvm::ArrayRef<Value> Arguments, State &Now) {
  auto Ends = [](const Effect &E) {
    return E.What == Effect::Kind::Release || E.What == Effect::Kind::Transfer;
  };
  auto Has = [&](const AccessPath &Where, auto Is) {
    return llvm::any_of(O.Effects, [&](const Effect &E) { return E.Where == Where && Is(E); });
  };
  auto Forgets = [](const Effect &E) {
    return E.What == Effect::Kind::StoreNumber || E.What == Effect::Kind::StoreOther;
  };
  for (const Outcome &Other : S.Outcomes)
    for (const Effect &E : Other.Effects) {
      if (!Ends(E) || E.Where.Hops.empty() || Has(E.Where, Ends) ||
          !(C.IsDestructor || Has(E.Where, Forgets)))
        continue;
      const Value Held = resolve(E.Where, Now, Arguments).second;
      const Obligation *Owed = Held.isSymbol() ? Now.Obligations.find(Held.Id) : nullptr;
      if (!Owed || Owed->Now != Obligation::Phase::Held)
        continue;
      if (State Else = Now; isPossible(Other, Else, Arguments))
        giveAway(Now, Held.Id);
    }
}

void Transfer::applyEffects(const Outcome &O, const Summary &S, const Fact &F, const Callee &C,
                            llvm::ArrayRef<Value> Arguments, Site At, Frame &In,
                            llvm::ArrayRef<const Effect *> LeftToObjects) {
  State &Now = In.Now;
  for (std::uint32_t I : S.PassedOn)
    if (I < Arguments.size())
      passOn(Now, Arguments[I]);
  // Places are resolved before anything is written.
  std::vector<std::pair<std::optional<RegionId>, Value>> Resolved;
  std::vector<Value> Moved; // of the effects that move something
  for (const Effect &E : O.Effects) {
    Resolved.push_back(resolve(E.Where, Now, Arguments));
    Moved.push_back(E.What == Effect::Kind::StoreInitial ? resolve(E.Of, Now, Arguments).second : Value{});
  }
  for (std::size_t I = 0; I < O.Effects.size(); ++I) {
    const Effect &E = O.Effects[I];
    if (E.What == Effect::Kind::Release)
      release(In, Resolved[I].second, E.Resource, F.At, At, C.Name);
    else if (E.What == Effect::Kind::Transfer && Resolved[I].second.isSymbol()) {
      // A callee that has lost sight of a connection and leaves it where it was has not closed it.
      if (E.Where.Hops.empty() || clears(O, E.Where))
        forgetTransactionOf(Now, Resolved[I].second);
      takenByCallee(Now, Resolved[I].second.Id, At);
    }
    if (E.What == Effect::Kind::Transfer && Resolved[I].first)
      for (const auto &[Part, Held] : Now.Memory.within(*Resolved[I].first))
        escape(Now, Held);
    if (E.What != Effect::Kind::Transfer || !Resolved[I].second.isAddress())
      continue;
    Callee::Parameter P;
    if (E.Where.From == AccessPath::Root::Argument && E.Where.Argument < C.Parameters.size())
      P = C.Parameters[E.Where.Argument];
    // An object that others know still ends with its scope.
    if (P.IsThis && E.Where.Hops.empty())
      continue;
    escape(Now, Resolved[I].second);
    // Who was given a local's address to keep may write there; the summary cannot tell what.
    if (!P.PointsToConst)
      forgetContents(In, Resolved[I].second.Id, At, true);
  }
  // Whether a callee that releases what it overwrites by a flag does so now is for it to know.
  for (std::size_t I = 0; I < O.Effects.size(); ++I) {
    const Effect &E = O.Effects[I];
    const Value &Old = Resolved[I].second;
    const bool IsKnownToCallee = Old.isSymbol() && isStore(E) && !releases(O, E.Where) &&
                                 llvm::any_of(S.Outcomes, [&](const Outcome &Other) {
                                   return releases(Other, E.Where) && areToldApart(O, Other, E.Where);
                                 });
    if (IsKnownToCallee && Now.rangeOf(Old.Id).single() != 0)
      takenByCallee(Now, Old.Id, At);
  }
  // What is moved is nowhere in between.
  for (const Value &V : Moved)
    if (V.isSymbol())
      InHand.push_back(V.Id);
  for (std::size_t I = 0; I < O.Effects.size(); ++I) {
    const Effect &E = O.Effects[I];
    std::optional<RegionId> Place = E.IsInNew ? resolve(E.Where, Now, Arguments).first : Resolved[I].first;
    if (!Place) {
      if (E.Keeps)
        escape(Now, Moved[I]);
      continue;
    }
    if (E.What == Effect::Kind::StoreInitial) {
      store(In, *Place, Moved[I], PointerAccess, F.At);
      if (E.Keeps && E.Where.From == AccessPath::Root::Global && Moved[I].isSymbol())
        giveAway(Now, Moved[I].Id); // which of the callee's ways it took is seldom certain
    } else if (E.What == Effect::Kind::StoreOwned) {
      const Value Owned = acquire(In, E.Resource, At, E.From);
      store(In, *Place, Owned, PointerAccess, F.At);
      if (llvm::is_contained(LeftToObjects, &E))
        giveAway(Now, Owned.Id);
    } else if (E.What == Effect::Kind::StoreNumber)
      store(In, *Place, Value::integer(E.Number), E.Number == 0 ? ObjectAccess : ScalarAccess, F.At);
    else if (E.What == Effect::Kind::StoreCopy)
      store(In, *Place, resolve(E.Of, Now, Arguments).second, PointerAccess, F.At);
    else if (E.What == Effect::Kind::StoreOther)
      forgetContents(In, *Place, At, true);
  }
  InHand.clear();
  for (std::size_t I = 0; I < std::min(Arguments.size(), C.Parameters.size()); ++I)
    if (S.Complete && C.Parameters[I].IsClosure && !isMentioned(I, O, S))
      escape(Now, Arguments[I]);
  if (!S.Complete) {
    for (std::size_t I = 0; I < Arguments.size(); ++I) {
      bool Told = llvm::any_of(O.Effects,
                               [&](const Effect &E) { return E.Where.isAbout(I) && !E.Where.Hops.empty(); });
      if (Arguments[I].isAddress() && !Told && (I >= C.Parameters.size() || !C.Parameters[I].PointsToConst))
        forgetContents(In, Arguments[I].Id, At, false);
    }
    if (!C.WritesOnlyArguments && !S.WritesOnlyArguments && !C.IsConstructor && !C.IsDestructor)
      forgetGlobals(Now);
  }
}

/// Whether a jump may land in this function, where what it owes may be released.
static bool catchesJumps(const FunctionFacts &Facts) {
  return llvm::any_of(Facts.Callees,
                      [](const Callee &C) { return llvm::StringRef(C.Name).contains("setjmp"); });
}

Transfer::After Transfer::apply(const Outcome &O, const ActCase &Case, const Summary &S, const Fact &F,
                                const Callee &C, llvm::ArrayRef<Value> Arguments, Site At, Frame &In) {
  State &Now = In.Now;
  llvm::SmallVector<const Effect *, 1> LeftToObjects;
  for (const Effect &E : O.Effects)
    if (isLeftToObject(E, O, S, Now, Arguments))
      LeftToObjects.push_back(&E);
  const llvm::SmallVector<Value, 1> LeftToCallee = leftToCallee(O, S, Arguments, Now);
  if (!isPossible(O, Now, Arguments))
    return After::Nothing;
  applyBorrows(S, F, C, Arguments, At, Now);
  leaveToCallee(O, S, C, Arguments, Now);
  Value Taken = O.FromEntry ? resolve(O.ResultPlace, Now, Arguments).second : Value{};
  for (const Value &Connection : LeftToCallee)
    forgetTransactionOf(Now, Connection);
  perform(S.Declared, Case, Stage::Before, F, C, Arguments, {}, At, In);
  const llvm::SmallVector<Value, 2> Statements = statementsOf(O, Arguments, Now);
  if (!performActs(O, Statements, Stage::Before, F, C, Arguments, {}, At, In))
    return After::Nothing;
  if (Taken.isSymbol())
    InHand.push_back(Taken.Id);
  applyEffects(O, S, F, C, Arguments, At, In, LeftToObjects);
  switch (O.Ends) {
  case Model::Ending::Returns:
    Now.AfterFatalName = false;
    break;
  case Model::Ending::Exits:
    return After::Nothing;
  case Model::Ending::Throws:
    performActs(O, Statements, Stage::After, F, C, Arguments, {}, At, In);
    raise(Now, F, numberOf(O.Thrown), O.Why);
    return After::Thrown;
  case Model::Ending::Unwinds:
    if (catchesJumps(Facts))
      return After::Nothing;
    while (true) {
      auto Owed = llvm::find_if(
          Now.Obligations, [](const auto &Entry) { return Entry.second.Now == Obligation::Phase::Held; });
      if (Owed == Now.Obligations.end())
        return After::Nothing;
      report(Now, Owed->first, FindingKind::Unwound, F.At,
             Owed->second.isTransaction() ? SessionNames[Owed->second.At] : holderOf(Now, Owed->first));
    }
  }

  std::optional<Value> Result = resultOf(O, S, C, Arguments, Taken, At, In);
  if (!Result)
    return After::Nothing;
  for (const Effect &E : O.Effects)
    if (E.Where.From == AccessPath::Root::Result && E.What == Effect::Kind::StoreOwned)
      if (std::optional<RegionId> Place = resolve(E.Where, Now, Arguments, *Result).first)
        store(In, *Place, acquire(In, E.Resource, At, E.From), PointerAccess, F.At);
  if (!assumeCase(Now, Case, *Result) ||
      !performActs(O, Statements, Stage::After, F, C, Arguments, *Result, At, In))
    return After::Nothing;
  if (F.Result != NoReg)
    set(In, F.Result, *Result);
  perform(S.Declared, Case, Stage::After, F, C, Arguments, *Result, At, In);
  if (S.Declared.Text)
    keepText(*S.Declared.Text, Case.Text, F, C, Arguments, In);
  return After::Returned;
}

/// What the call returns; nothing when this outcome cannot be.
std::optional<Value> Transfer::resultOf(const Outcome &O, const Summary &S, const Callee &C,
                                        llvm::ArrayRef<Value> Arguments, const Value &Taken, Site At,
                                        Frame &In) {
  State &Now = In.Now;
  Value Result;
  if (O.ReturnedText)
    Result = Value::text(nameNumber(*O.ReturnedText));
  else if (!O.ResultFunction.empty()) {
    if (Value Of = resolve(O.ResultPlace, Now, Arguments).second; Of.What != Value::Kind::Undefined)
      Result = Value::symbol(
          Values.symbol({Symbol::Kind::Derived, pureFunction(O.ResultFunction), 0, Of, Value{}}));
  } else if (O.FromEntry)
    Result = Taken;
  else if (O.ReturnsAddress) {
    if (std::optional<RegionId> Place = resolve(O.ResultPlace, Now, Arguments).first)
      Result = Value::address(*Place);
  } else if (O.Result == Model::Result::Argument)
    Result = resolve(O.ResultPlace, Now, Arguments).second;
  else if (O.Result == Model::Result::Acquire || O.Result == Model::Result::AcquireOrNull)
    Result = acquire(In, O.Resource, At, O.From);
  else if (S.Pure && Arguments.size() <= 2 && !Arguments.empty()) {
    std::uint32_t Function = pureFunction(C.Name);
    Result = Value::symbol(Values.symbol(
        {Symbol::Kind::Derived, Function, 0, Arguments[0], Arguments.size() == 2 ? Arguments[1] : Value{}}));
    if (S.StatusOk && Arguments[0].isNull() && !assume(Now, Result, CompareOp::Equal, *S.StatusOk, false))
      return std::nullopt;
  }
  if (Result.What == Value::Kind::Undefined)
    Result = freshResult(In, At);
  if (Result.isSymbol() && !O.Returned.isAny()) {
    if (std::optional<std::int64_t> Known = O.Returned.single())
      return Value::integer(*Known);
    if (!assume(Now, Result, O.Returned))
      return std::nullopt;
  }
  for (const Property &P : O.Properties) {
    Symbol Said{Symbol::Kind::Derived, pureFunction(P.Function), 0, Result, {}};
    if (!assume(Now, Value::symbol(Values.symbol(Said)), P.Holds))
      return std::nullopt;
  }
  return Result;
}

/// Whether it is the address of an object without a name, or of a part of one.
bool Transfer::isTemporary(const Value &V) const {
  if (!V.isAddress())
    return false;
  const Region &Root = Values.regionAt(Values.root(V.Id));
  return Root.What == Region::Kind::Variable &&
         Facts.Variables[Root.Parent].Where == Variable::Storage::Temporary;
}

void Transfer::foreignCall(const Fact &F, const Callee &C, llvm::ArrayRef<Value> Arguments, Site At,
                           Frame &In) {
  State &Now = In.Now;
  if (C.IsDestructor) {
    // It releases what its object holds, as far as anybody can tell.
    if (std::optional<RegionId> Object = pointedTo(Arguments[0])) {
      for (const auto &[Where, Held] : Now.Memory.within(*Object))
        escape(Now, Held);
      forgetContents(In, *Object, At, false);
    }
    if (Arguments[0].isSymbol())
      passOn(Now, Arguments[0]);
    return;
  }
  NameHint Hint = Hints[&C - Facts.Callees.data()];
  bool GivesCallback =
      llvm::any_of(Arguments, [](const Value &V) { return V.What == Value::Kind::Function; });
  for (std::size_t I = 0; I < Arguments.size(); ++I) {
    const Value &V = Arguments[I];
    Callee::Parameter P{.IsPointer = true};
    if (I < C.Parameters.size())
      P = C.Parameters[I];
    if (P.IsResult) {
      if (std::optional<RegionId> Object = pointedTo(V))
        forgetContents(In, *Object, At, false);
      continue;
    }
    if (C.IsDeleter && V.isSymbol()) {
      takenByCallee(Now, V.Id, At);
      continue;
    }
    if (!P.IsThis && (C.IsConstructor || isTemporary(V))) {
      escape(Now, V); // the object keeps what it is given, and the temporary is the callee's
      continue;
    }
    if (V.isSymbol()) {
      bool IsResource = !Models.resourceOfType(P.Pointee).empty() && !P.PointsToPointer;
      if (IsResource && Hint != NameHint::Release && !checkUsable(Now, V.Id, F.At, C.Name))
        continue;
      use(Now, V.Id, At);
      if (!P.PointsToConst)
        mutate(Now, V.Id, At);
      const bool IsObject = P.IsThis || P.IsVoidPointer || !P.Pointee.empty();
      if (IsObject && !IsResource && !P.PointsToConst && !P.PointsToPointer && !C.WritesOnlyArguments)
        passOn(Now, V);
      if (RegionId Behind = Values.pointee(V.Id); !P.PointsToConst && isOutParameter(Behind))
        forgetContents(In, Behind, At, true);
      if (!P.IsThis && isThis(V.Id))
        giveAway(Now, V.Id);
      const Obligation *Owed = Now.Obligations.find(V.Id);
      // What an object of the caller holds.
      const bool IsMember = (IsResource || P.IsVoidPointer) && !Owed && isOfCaller(V.Id);
      if (P.PointsToConst || !(Owed || IsMember || isPointerParameter(V.Id)))
        continue;
      bool IsHeap = Owed && Resources[Owed->Resource] == MemoryResource;
      bool Keeps = Hint == NameHint::Release || GivesCallback || C.InCxxLibrary ||
                   (P.IsVoidPointer && !C.WritesOnlyArguments) || C.Name.empty() || IsHeap ||
                   Facts.IsDestructor;
      // A library that knows nothing of the resource keeps it for its user.
      bool LikelyKeep = Hint == NameHint::Store || C.ReturnsParameterType || C.HasBody ||
                        (P.IsVoidPointer && C.WritesOnlyArguments);
      bool IsHeld = Owed && Owed->Now == Obligation::Phase::Held;
      if (C.WritesOnlyArguments)
        Keeps = Keeps && (!IsHeap || C.InCxxLibrary);
      else if (!IsHeld && LikelyKeep)
        Keeps = true; // the caller's resource: no later use here could tell
      if (Keeps) {
        forgetTransactionOf(Now, V);
        takenByCallee(Now, V.Id, At);
      } else if (IsHeld && (LikelyKeep || !C.WritesOnlyArguments)) {
        Now.Obligations.change(V.Id)->handOver(
            {At, LikelyKeep ? Handover::Reading::LikelyKeep : Handover::Reading::LikelyBorrow});
      }
    } else if (V.isAddress() && C.InCxxLibrary) {
      // A container that is given a reference to a pointer keeps the pointer, or a copy of the object.
      if (Value Held = load(Now, V.Id); Held.isSymbol())
        giveAway(Now, Held.Id);
      for (const auto &[Where, Held] : Now.Memory.within(V.Id))
        if (!P.IsThis)
          escape(Now, Held);
      if (!P.PointsToConst)
        forgetContents(In, V.Id, At, true);
    } else if (V.isAddress() && !P.PointsToConst) {
      bool Local = !outlivesFunction(Now, V.Id);
      if (Local && (GivesCallback || Hint == NameHint::Store || C.Name.empty()))
        escape(Now, V);
      else if (C.Name.empty() && callerAsksFor(V.Id))
        Now.Fates.set(V.Id, {Obligation::Phase::Transferred, resource("")});
      forgetContents(In, V.Id, At, true);
    }
  }
  if (!C.WritesOnlyArguments && !C.IsConstructor)
    forgetGlobals(Now);
  Now.AfterFatalName = Hint == NameHint::Fatal;
  Now.Signalled |= Hint == NameHint::Signal;
  if (F.Result != NoReg)
    set(In, F.Result, freshResult(In, At));
}

} // namespace connsan
