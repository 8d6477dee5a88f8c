#include "Transfer.h"

namespace connsan {

std::uint16_t Transfer::resource(llvm::StringRef Name) {
  auto Known = llvm::find(Resources, Name);
  if (Known == Resources.end())
    Known = Resources.insert(Known, Name.str());
  return Known - Resources.begin();
}

const Origin *Transfer::originOf(const Obligation &Owed) const {
  auto Known = Origins.find({Owed.At, Owed.Resource});
  return Known == Origins.end() ? nullptr : &Known->second;
}

Value Transfer::acquire(Frame &In, llvm::StringRef Resource, Site At, const Origin &From) {
  if (!From.Function.empty())
    Origins.try_emplace({At, resource(Resource)}, From);
  Value Owned = freshResult(In, At);
  Obligation &Owed = In.Now.Obligations[Owned.Id];
  Owed = {};
  Owed.Resource = resource(Resource);
  Owed.Acquired = true;
  Owed.At = At;
  In.Now.Path = Out.extend(In.Now.Path, Step::Kind::Acquire, At, 0);
  return Owned;
}

void Transfer::use(State &In, SymbolId S, Site At) {
  const Obligation *Known = In.Obligations.find(S);
  if (!Known || Known->Handovers.empty())
    return;
  llvm::erase_if(In.Obligations.change(S)->Handovers, [&](const Handover &H) {
    if (H.At == At)
      return false;
    Out.proven(H);
    return true;
  });
}

void Transfer::release(Frame &In, const Value &V, llvm::StringRef Resource, SourcePoint At, Site Where,
                       llvm::StringRef By) {
  if (Resource == MemoryResource) {
    // Freeing an object ends the places in it.
    if (std::optional<RegionId> Object = pointedTo(V)) {
      RegionId Root = Values.root(*Object);
      bool Owned = !outlivesFunction(In.Now, Root);
      llvm::SmallVector<std::pair<SymbolId, std::string>, 2> Gone;
      for (const auto &[Part, Held] : In.Now.Memory.within(Root)) {
        In.Now.Memory.erase(Part);
        if (Held.isSymbol())
          Gone.push_back({Held.Id, nameIn(In.Now, Part)});
      }
      for (auto &[Lost, Name] : Gone) {
        // What this function stored in an object of others goes down with it too.
        if (const Obligation *Inner = In.Now.Obligations.find(Lost);
            !Owned && Inner && Inner->Acquired && Inner->Now == Obligation::Phase::Stored)
          In.Now.Obligations.change(Lost)->Now = Obligation::Phase::Held;
        checkLost(In, Lost, FindingKind::Freed, At, Name);
      }
    }
  }
  if (!V.isSymbol() || In.Now.rangeOf(V.Id).single() == 0)
    return;
  State &Now = In.Now;
  use(Now, V.Id, Where);
  endSession(Now, V.Id, Resource, At, By);
  if (const Obligation *Before = Now.Obligations.find(V.Id)) {
    llvm::StringRef Acquired = Resources[Before->Resource];
    if (Before->Now == Obligation::Phase::Released) {
      report(Now, V.Id, FindingKind::ReleasedTwice, At, holderOf(Now, V.Id), By.str());
    } else if (Before->Acquired && Acquired != Resource && Acquired != MemoryResource) {
      // A connection may be given to a pool that hands it out as a lease; a lease is not to be finished.
      if (Models.isBuiltin(Acquired) && !Models.isBuiltin(Resource)) {
        giveAway(Now, V.Id);
        return;
      }
      // libpq's plain allocations are freed with free() where libpq and the program share an allocator.
      if (Models.hasType(Acquired) || !Models.isBuiltin(Acquired))
        report(Now, V.Id, FindingKind::ReleasedWrongly, At, holderOf(Now, V.Id), By.str());
    }
  }
  bool New = !Now.Obligations.find(V.Id);
  Obligation &Owed = Now.Obligations[V.Id];
  if (New) {
    Owed.Resource = resource(Resource);
    Owed.At = Where;
  }
  if (Owed.Acquired)
    Out.released(Owed, At, CurrentBlock);
  Owed.Now = Obligation::Phase::Released;
  Owed.Handovers.clear();
  Now.Path = Out.extend(Now.Path, Step::Kind::Release, Where, V.Id);
}

/// What a parameter pointed to at entry: the caller has to know what becomes of it.
bool Transfer::isPointerParameter(SymbolId S) const {
  const Symbol &What = Values.symbolAt(S);
  if (What.What != Symbol::Kind::Initial)
    return false;
  const Region &Where = Values.regionAt(What.A);
  return Where.What == Region::Kind::Variable && Facts.Variables[Where.Parent].IsPointer &&
         Facts.Variables[Where.Parent].Where == Variable::Storage::Parameter;
}

/// The object for which this method was called.
bool Transfer::isThis(SymbolId S) const {
  const Symbol &What = Values.symbolAt(S);
  if (What.What != Symbol::Kind::Initial || Facts.Parameters.empty())
    return false;
  const Region &Where = Values.regionAt(What.A);
  return Where.What == Region::Kind::Variable && Where.Parent == Facts.Parameters.front() &&
         Facts.Variables[Where.Parent].Name == "this";
}

void Transfer::giveAway(State &In, SymbolId S) {
  const Obligation *Known = In.Obligations.find(S);
  if (!Known && !isPointerParameter(S) && !isThis(S))
    return;
  if (Known && (Known->Now == Obligation::Phase::Released || Known->Now == Obligation::Phase::Transferred))
    return;
  Obligation *Owed = &In.Obligations[S];
  if (!Known) {
    Owed->Now = Obligation::Phase::Used;
    Owed->Resource = resource("");
  }
  Out.transferred(*Owed, CurrentSite);
  bool WasHeap = Owed->Now == Obligation::Phase::Held && Resources[Owed->Resource] == MemoryResource;
  Owed->Now = Obligation::Phase::Transferred;
  if (WasHeap)
    escape(In, Value::address(Values.pointee(S)));
}

/// The caller gets V: the duty, where it was this function's, and what an object of the heap holds.
void Transfer::handOut(State &In, const Value &V) {
  const Obligation *Owed = V.isSymbol() ? In.Obligations.find(V.Id) : nullptr;
  if (!Owed || Owed->Now != Obligation::Phase::Held) {
    escape(In, V);
    return;
  }
  if (Resources[Owed->Resource] == MemoryResource)
    storeContents(In, V.Id);
  giveAway(In, V.Id);
}

/// What an object of the heap holds goes where the object goes.
void Transfer::storeContents(State &In, SymbolId Object) {
  llvm::SmallVector<SymbolId, 4> Objects{Object};
  while (!Objects.empty())
    for (const auto &[Where, Held] : In.Memory.within(Values.pointee(Objects.pop_back_val())))
      if (const Obligation *Inner = Held.isSymbol() ? In.Obligations.find(Held.Id) : nullptr;
          Inner && Inner->Now == Obligation::Phase::Held && Inner->Acquired) {
        Out.transferred(*Inner, CurrentSite);
        In.Obligations.change(Held.Id)->Now = Obligation::Phase::Stored;
        if (Resources[Inner->Resource] == MemoryResource)
          Objects.push_back(Held.Id);
      }
}

/// What V leads to gets an owner that the analysis does not follow, or one that outlives the function.
void Transfer::escape(State &In, const Value &V) {
  if (V.isSymbol()) {
    const Obligation *Owed = In.Obligations.find(V.Id);
    bool IsElsewhere =
        Owed && (Owed->Now == Obligation::Phase::Stored || Owed->Now == Obligation::Phase::Used);
    if (!IsElsewhere || isPointerParameter(V.Id))
      giveAway(In, V.Id);
    return;
  }
  if (!V.isAddress())
    return;
  RegionId Root = Values.root(V.Id);
  if (In.isEscaped(Root))
    return;
  In.escape(Root);
  // What the caller's objects hold may be in one that was made here.
  const Region &Object = Values.regionAt(Root);
  const Obligation *Heap =
      Object.What == Region::Kind::Pointee ? In.Obligations.find(Object.Parent) : nullptr;
  const bool IsNew =
      isTemporary(V) || (Heap && Heap->Acquired && Resources[Heap->Resource] == MemoryResource);
  for (const auto &[Where, Held] : In.Memory.within(Root))
    if (IsNew && Held.isSymbol() && isOfCaller(Held.Id))
      takenByCallee(In, Held.Id, CurrentSite);
    else
      escape(In, Held);
}

void Transfer::report(State &In, SymbolId S, FindingKind Kind, SourcePoint At, std::string Holder,
                      std::string By) {
  const Obligation *Owed = In.Obligations.find(S);
  const bool IsThrown = In.isThrown() && isLeak(Kind);
  if (Resources[Owed->Resource] != MemoryResource && !(IsThrown && In.Thrown.Why == Ground::Memory)) {
    Violation V;
    V.Kind = Kind;
    V.Resource = S;
    V.Owed = *Owed;
    V.Exit = In.Exit;
    V.At = At;
    V.Holder = std::move(Holder);
    V.By = std::move(By);
    // Who ends a thread after a signal is ending the process.
    V.MayBeEnd = In.AfterFatalName || (In.Signalled && Kind == FindingKind::Unwound);
    V.MayNotBe = IsThrown && In.Thrown.Why == Ground::Foreign && !In.Thrown.MayBeCaught;
    V.ThrownFrom = In.Thrown.From;
    V.Path = In.Path;
    Out.violated(V);
  }
  In.Obligations.erase(S);
  if (isLeak(Kind)) // its transaction is lost with it
    forgetTransactionOf(In, Value::symbol(S));
}

/// False when the resource was released before, which is then reported.
bool Transfer::checkUsable(State &In, SymbolId S, SourcePoint At, llvm::StringRef By) {
  const Obligation *Owed = In.Obligations.find(S);
  if (!Owed || Owed->Now != Obligation::Phase::Released)
    return true;
  report(In, S, FindingKind::UsedAfterRelease, At, holderOf(In, S), By.str());
  return false;
}

/// Nothing leads to an object on the heap any more, so nothing to what it holds.
void Transfer::loseContents(Frame &In, SymbolId Object, FindingKind Kind, SourcePoint At,
                            llvm::StringRef Holder) {
  std::string Pointee = Holder.empty() ? "" : "*" + Holder.str();
  llvm::SmallVector<std::pair<SymbolId, std::string>, 2> Gone;
  for (const auto &[Part, Held] : In.Now.Memory.within(Values.pointee(Object))) {
    In.Now.Memory.erase(Part);
    if (Held.isSymbol())
      Gone.push_back({Held.Id, nameOf(Part, Pointee)});
  }
  for (auto &[Lost, Name] : Gone)
    checkLost(In, Lost, Kind, At, Name);
}

void Transfer::checkLost(Frame &In, SymbolId S, FindingKind Kind, SourcePoint At, std::string Holder) {
  const Obligation *Owed = In.Now.Obligations.find(S);
  if (!Owed || Owed->Now != Obligation::Phase::Held)
    return;
  // It ends with its connection.
  if (Owed->isTransaction()) {
    In.Now.Obligations.erase(S);
    return;
  }
  // A temporary is gone when anything else ends.
  if (In.Now.Memory.anyAbout(S, [&](const Memory::Cell &Cell) {
        return Cell.Held == Value::symbol(S) && !isTemporary(Value::address(Cell.Where));
      }))
    return;
  if (Resources[Owed->Resource] == MemoryResource)
    loseContents(In, S, Kind, At, Holder);
  if (In.Now.Obligations.find(S)) // it may have led to itself
    report(In.Now, S, Kind, At, std::move(Holder));
}

/// There will be no object whose destructor could release what the function put into its members.
void Transfer::loseMembers(State &In, std::uint32_t ObjectParameter) {
  std::optional<SymbolId> This = Values.initialOf(Values.variable(ObjectParameter));
  std::optional<RegionId> Object = This ? Values.knownPointee(*This) : std::nullopt;
  if (!Object)
    return;
  for (const auto &[Member, Held] : In.Memory.within(*Object))
    if (Held.isSymbol())
      if (const Obligation *Owed = In.Obligations.find(Held.Id);
          Owed && Owed->Acquired && Owed->Now == Obligation::Phase::Stored)
        In.Obligations.change(Held.Id)->Now = Obligation::Phase::Held;
}

void Transfer::exitFunction(State &In) {
  if (Facts.IsMain)
    return;
  if (!In.Leaving || !isWayOut(In.Exit)) {
    In.Exit = ExitKind::FunctionEnd;
    In.ExitAt = Facts.End;
  }
  if (Facts.IsConstructor && In.isThrown())
    loseMembers(In, Facts.Parameters.front());
  if (Facts.ReturnsObject && In.isThrown())
    loseMembers(In, Facts.Parameters.back());
  llvm::SmallVector<SymbolId, 4> Owed;
  for (const auto &[S, What] : In.Obligations)
    if (What.Now == Obligation::Phase::Held && What.Acquired && !(What.isTransaction() && isMoot(In, S)))
      Owed.push_back(S);
  for (SymbolId S : Owed) {
    const Obligation &What = *In.Obligations.find(S);
    report(In, S, FindingKind::Exit, In.ExitAt,
           What.isTransaction() ? SessionNames[What.At] : holderOf(In, S));
  }
}

} // namespace connsan
