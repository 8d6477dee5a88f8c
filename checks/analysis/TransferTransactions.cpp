#include "Hidden.h"
#include "Transfer.h"

namespace connsan {

RegionId Transfer::hiddenPart(RegionId Of, llvm::StringRef Name) {
  return Values.field(Of, nameNumber(Name));
}

/// Whether a place is one that no source names.
bool Transfer::isHidden(RegionId R) const {
  const Region &What = Values.regionAt(R);
  return What.What == Region::Kind::Field && hidden::isName(Names[What.Index]);
}

/// The transaction that this function has begun on a connection, while it is open.
std::optional<SymbolId> Transfer::openTransaction(const State &In, RegionId Session) {
  const Value *Held = In.Memory.find(hiddenPart(Session, hidden::Transaction));
  const Obligation *Owed = Held && Held->isSymbol() ? In.Obligations.find(Held->Id) : nullptr;
  if (!Owed || Owed->Now != Obligation::Phase::Held)
    return std::nullopt;
  return Held->Id;
}

/// A symbol for what begins at a site; nothing when too many that began there are open.
std::optional<SymbolId> Transfer::newTransaction(const State &In, Site At) {
  constexpr std::uint32_t First = 1U << 16; // other than those of what the call returns
  constexpr std::uint32_t Most = 3;
  for (std::uint32_t I = 0; I < Most; ++I)
    if (SymbolId S = Values.symbol({Symbol::Kind::Result, At, First + I, {}, {}}); !In.Obligations.find(S))
      return S;
  return std::nullopt;
}

void Transfer::beginTransaction(Frame &In, const Value &Connection, Site At, SourcePoint Point,
                                const Origin &From, bool IsSure) {
  State &Now = In.Now;
  std::optional<RegionId> Session = pointedTo(Connection);
  if (!Session)
    return;
  if (std::optional<SymbolId> Open = openTransaction(Now, *Session)) {
    Out.stillOpen(Now.Obligations.find(*Open)->At);
    if (Now.Obligations.find(*Open)->At == At) // the next turn of a loop
      return;
    report(Now, *Open, FindingKind::Overwritten, Point, sessionName(Now, Connection));
  }
  const RegionId Place = hiddenPart(*Session, hidden::Transaction);
  std::optional<SymbolId> New = newTransaction(Now, At);
  if (!New) {
    Now.Memory.set(Place, Value{});
    return;
  }
  if (!From.Function.empty())
    Origins.try_emplace({At, Obligation::Transaction}, From);
  AnyTransactions = true;
  Out.began(At);
  SessionNames.try_emplace(At, sessionName(Now, Connection));
  forgetSymbol(Now, *New);
  Obligation &Owed = Now.Obligations[*New];
  Owed = {};
  Owed.Resource = Obligation::Transaction;
  Owed.Acquired = true;
  Owed.At = At;
  if (!IsSure)
    Owed.handOver({At, Handover::Reading::LikelyBorrow});
  Now.Memory.set(Place, Value::symbol(*New));
  Now.Path = Out.extend(Now.Path, Step::Kind::Acquire, At, 0);
}

/// A transaction was to begin and did not: what ends afterwards is not what the callers began.
void Transfer::noteTried(State &In, RegionId Session) {
  AnyTransactions = true;
  if (const RegionId Place = hiddenPart(Session, hidden::Transaction); !In.Memory.find(Place))
    In.Memory.set(Place, Value{});
}

void Transfer::endTransaction(Frame &In, const Value &Connection, SessionAct::Kind How, Site At,
                              SourcePoint Point, llvm::StringRef By) {
  State &Now = In.Now;
  std::optional<RegionId> Session = pointedTo(Connection);
  if (!Session)
    return;
  const RegionId Place = hiddenPart(*Session, hidden::Transaction);
  const Value *Before = Now.Memory.find(Place);
  if (std::optional<SymbolId> Open = openTransaction(Now, *Session)) {
    const Obligation &Owed = *Now.Obligations.find(*Open);
    if (How != SessionAct::Kind::Settles) {
      Out.released(Owed, Point, CurrentBlock);
      Out.concluded(Owed.At, At, How == SessionAct::Kind::Commits);
    }
    Now.Path = Out.extend(Now.Path, Step::Kind::Release, At, *Open);
    Now.Obligations.erase(*Open);
    for (const Memory::Cell &Cell : Now.Memory.cellsAbout(*Open)) // by other names of the connection
      Now.Memory.set(Cell.Where, Value::integer(0));
  } else if (Before && Before->isNull() && How == SessionAct::Kind::Commits) {
    reportNoneOpen(Now, Connection, At, Point, By);
  } else if (!(Before && Before->isNull()) && How != SessionAct::Kind::Settles) {
    Now.Memory.set(hiddenPart(*Session, hidden::Ended), Value::integer(static_cast<std::int64_t>(How)));
    if (!Before)
      Out.concludedOfCallers(At);
  }
  Now.Memory.set(Place, Value::integer(0));
}

/// COMMIT where nothing is open.
void Transfer::reportNoneOpen(State &In, const Value &Connection, Site At, SourcePoint Point,
                              llvm::StringRef By) {
  Violation V;
  V.Kind = FindingKind::ReleasedTwice;
  V.Resource = Values.symbol({Symbol::Kind::Result, At, 0, {}, {}});
  V.Owed.Resource = Obligation::Transaction;
  V.Owed.At = At;
  V.At = Point;
  V.Holder = sessionName(In, Connection);
  V.By = By.str();
  V.MayNotBe = true;
  V.Path = In.Path;
  Out.violated(V);
}

/// Whether one is open is not known any more, and nobody is told of it.
void Transfer::forgetTransaction(State &In, RegionId Session) {
  if (std::optional<SymbolId> Open = openTransaction(In, Session))
    In.Obligations.erase(*Open);
  In.Memory.set(hiddenPart(Session, hidden::Transaction), Value{});
}

/// A connection is released: the server ends its transaction, unless a pool hands it to the next one so.
void Transfer::endSession(State &In, SymbolId Connection, llvm::StringRef Resource, SourcePoint At,
                          llvm::StringRef By) {
  std::optional<RegionId> Session = Values.knownPointee(Connection);
  if (!Session)
    return;
  std::optional<SymbolId> Open = openTransaction(In, *Session);
  if (Open && !Models.isBuiltin(Resource) && !closesConnection(By)) {
    report(In, *Open, FindingKind::Freed, At, holderOf(In, Connection), By.str());
    Open.reset();
  }
  if (Open) {
    Out.closed(*In.Obligations.find(*Open), CurrentBlock);
    In.Obligations.erase(*Open);
  }
  In.Memory.erase(hiddenPart(*Session, hidden::Transaction));
}

/// How the source names a connection, or what stands for one.
std::string Transfer::sessionName(const State &In, const Value &Connection) {
  if (Connection.isSymbol())
    return holderOf(In, Connection.Id);
  return Connection.isAddress() ? nameIn(In, Connection.Id) : "";
}

/// A function of which nothing is known but its name is called.
void Transfer::meetUnknown(const Callee &C, llvm::ArrayRef<Value> Arguments, State &In) {
  if (!NameNumbers.contains(hidden::Transaction))
    return;
  const bool Ends = mayEndTransaction(C.Name);
  for (const auto &[Where, Held] : In.Memory.outside()) {
    const Region &What = Values.regionAt(Where);
    if (What.What != Region::Kind::Field || Names[What.Index] != hidden::Transaction)
      continue;
    if (Ends)
      forgetTransaction(In, What.Parent);
    else if (Held.isNull())
      In.Memory.set(Where, Value{}); // it may begin one
  }
  if (Hints[&C - Facts.Callees.data()] == NameHint::Release)
    for (const Value &V : Arguments)
      if (std::optional<RegionId> Session = pointedTo(V); Session && openTransaction(In, *Session))
        forgetTransaction(In, *Session);
}

void Transfer::forgetTransactionOf(State &In, const Value &Connection) {
  if (hasOpenTransaction(In, Connection))
    forgetTransaction(In, *Values.knownPointee(Connection.Id));
}

bool Transfer::hasOpenTransaction(const State &In, const Value &Connection) {
  return transactionOf(In, Connection) && openTransaction(In, *Values.knownPointee(Connection.Id));
}

/// What is known of the transaction of a connection; null when nothing is.
const Value *Transfer::transactionOf(const State &In, const Value &Connection) {
  std::optional<RegionId> Session =
      AnyTransactions && Connection.isSymbol() ? Values.knownPointee(Connection.Id) : std::nullopt;
  return Session ? In.Memory.find(hiddenPart(*Session, hidden::Transaction)) : nullptr;
}

/// A place holds something that is not known any more: what holds a connection with a transaction is believed
/// to hold the same connection.
void Transfer::forgetPlace(State &In, RegionId Where, const Value &Old, Site At) {
  const Value *Known = transactionOf(In, Old);
  if (!Known) {
    In.Memory.set(Where, Value{});
    return;
  }
  const RegionId Before = *Values.knownPointee(Old.Id);
  const bool IsOpen = openTransaction(In, Before).has_value();
  const Value Transaction = IsOpen ? *Known : Value{};
  const Value New = unknownIn(In, Where, At);
  In.Memory.set(Where, New);
  if (IsOpen)
    assume(In, New, CompareOp::NotEqual, 0, true);
  if (!In.Memory.isStored(Old.Id))
    In.Memory.erase(hiddenPart(Before, hidden::Transaction));
  In.Memory.set(hiddenPart(*pointedTo(New), hidden::Transaction), Transaction);
}

/// A jump with a transaction open: whether that is a way out is seen when all paths are known.
void Transfer::noteJump(State &In, SourcePoint At) {
  if (!AnyTransactions)
    return;
  bool Any = false;
  for (const auto &[S, Owed] : In.Obligations)
    if (Owed.Now == Obligation::Phase::Held && Owed.isTransaction()) {
      Any = true;
      Violation V;
      V.Resource = S;
      V.Owed = Owed;
      V.Exit = In.Exit;
      V.At = At;
      V.Holder = SessionNames[Owed.At];
      V.IsJump = true;
      V.Path = In.Path;
      Out.violated(V);
    }
  if (Any)
    In.Path = Out.extend(In.Path, Step::Kind::Jump, CurrentSite, 0);
}

bool Transfer::mayRollBack(const State &In, const Violation &Lost) {
  auto IsHolder = [&](const Variable &V) {
    return V.Name == Lost.Holder && V.IsPointer && !V.IsObject &&
           (V.Where == Variable::Storage::Local || V.Where == Variable::Storage::Parameter);
  };
  if (llvm::count_if(Facts.Variables, IsHolder) != 1)
    return false;
  const std::uint32_t Number = llvm::find_if(Facts.Variables, IsHolder) - Facts.Variables.begin();
  const RegionId Place = Values.variable(Number);
  const Value *Held = In.Memory.find(Place);
  std::optional<SymbolId> Connection = Held && Held->isSymbol() ? std::optional(Held->Id) : std::nullopt;
  if (!Held && Facts.isParameter(Number))
    Connection = Values.initialOf(Place);
  std::optional<RegionId> Session = Connection ? Values.knownPointee(*Connection) : std::nullopt;
  const Value *Transaction = Session ? In.Memory.find(hiddenPart(*Session, hidden::Transaction)) : nullptr;
  if (!Transaction || Transaction->What == Value::Kind::Undefined)
    return Transaction; // it was to begin, and did not
  const Obligation *Owed = Transaction->isSymbol() ? In.Obligations.find(Transaction->Id) : nullptr;
  return Owed && Owed->At == Lost.Owed.At && Owed->Now == Obligation::Phase::Held;
}

/// Where an open transaction at the end of the function is not worth a word: its connection is lost or broken
/// itself, or nobody can tell any more which connection it is of.
bool Transfer::isMoot(const State &In, SymbolId Transaction) {
  bool IsKnown = false;
  for (const auto &[Where, Held] : In.Memory.cellsAbout(Transaction)) {
    const Region &Session = Values.regionAt(Values.regionAt(Where).Parent);
    IsKnown = true;
    if (Session.What != Region::Kind::Pointee)
      continue;
    if (const Obligation *Owed = In.Obligations.find(Session.Parent);
        Owed && Owed->Acquired && Owed->Now == Obligation::Phase::Held)
      return true;
    const Model *Status = Models.statusFunction();
    if (!Status)
      continue;
    const Symbol Said{
        Symbol::Kind::Derived, pureFunction(Status->Function), 0, Value::symbol(Session.Parent), {}};
    if (!In.rangeOf(Values.symbol(Said)).admits(*Status->StatusOk))
      return true;
  }
  return !IsKnown;
}

} // namespace connsan
