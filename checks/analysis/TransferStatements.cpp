#include "Hidden.h"
#include "Transfer.h"

/// What a call does with SQL, and in which ways it may go; what that does to a transaction is in
/// TransferTransactions.cpp.
namespace connsan {

/// What PQresultStatus answers.
namespace result_status {
constexpr std::int64_t CommandOk = 1, BadResponse = 5, FatalError = 7;
} // namespace result_status

/// What PQtransactionStatus answers.
namespace transaction_status {
constexpr std::int64_t Idle = 0, Active = 1, InError = 3, Unknown = 4;
} // namespace transaction_status

static Range between(std::int64_t Low, std::int64_t High) {
  Range R;
  R.restrict(CompareOp::GreaterEqual, Low, true);
  R.restrict(CompareOp::LessEqual, High, true);
  return R;
}

static Range zero(bool IsZero) {
  Range R;
  R.restrict(CompareOp::Equal, 0, IsZero);
  return R;
}

static bool changesTransaction(llvm::ArrayRef<SqlCommand> Commands) {
  return llvm::any_of(Commands,
                      [](SqlCommand C) { return C != SqlCommand::Other && C != SqlCommand::Unknown; });
}

/// The statements of a text, which is read once.
llvm::ArrayRef<SqlCommand> Transfer::commandsOf(const Value &Text) {
  const bool GoesOn = Text.Number != 0;
  auto [It, New] = KnownCommands.try_emplace({Text.Id, GoesOn});
  if (New)
    It->second = sqlCommands(Names[Text.Id], GoesOn);
  return It->second;
}

/// What a statement does, as far as it is known here; one of the callers is left to them.
void Transfer::runStatement(Frame &In, const Value &Connection, const Value &Sql, Stage When,
                            SessionAct::Success Went, Site At, SourcePoint Point, llvm::StringRef By,
                            bool IsSure) {
  std::optional<RegionId> Session = pointedTo(Connection);
  if (!Session)
    return;
  if (Sql.isSymbol() && When != Stage::Before) {
    State &Now = In.Now;
    Out.ran(Now, *Session, Sql.Id);
    // Once something is known of the transaction, the callers' statement comes in between.
    if (Now.Memory.find(hiddenPart(*Session, hidden::Transaction)))
      return;
    const RegionId Place = hiddenPart(*Session, hidden::Ran[static_cast<unsigned>(Went)]);
    const bool IsOther = llvm::any_of(hidden::Ran, [&](llvm::StringRef Name) {
      const Value *Known = Now.Memory.find(hiddenPart(*Session, Name));
      return Known && !(*Known == Sql);
    });
    for (llvm::StringRef Name : hidden::Ran)
      if (const RegionId Each = hiddenPart(*Session, Name); Now.Memory.find(Each))
        Now.Memory.set(Each, Value{});
    Now.Memory.set(Place, IsOther ? Value{} : Sql);
    return;
  }
  if (Sql.What != Value::Kind::Text)
    return;
  const llvm::ArrayRef<SqlCommand> Commands = commandsOf(Sql);
  bool IsBegun = false;
  for (std::size_t I = 0; I < Commands.size(); ++I) {
    const bool IsLast = I + 1 == Commands.size();
    IsBegun |= Commands[I] == SqlCommand::Begin;
    if (When == Stage::Before && IsBegun)
      return;
    switch (Commands[I]) {
    case SqlCommand::Begin:
      if (!IsLast || Went != SessionAct::Success::Failed)
        beginTransaction(In, Connection, At, Point, {}, IsSure);
      else
        noteTried(In.Now, *Session);
      break;
    case SqlCommand::Commit:
      if (When != Stage::After || IsBegun)
        endTransaction(In, Connection, SessionAct::Kind::Commits, At, Point, By);
      break;
    case SqlCommand::RollBack:
      if (When != Stage::After || IsBegun)
        endTransaction(In, Connection, SessionAct::Kind::RollsBack, At, Point, By);
      break;
    case SqlCommand::Chain:
    case SqlCommand::Other:
    case SqlCommand::Unknown:
      break;
    }
  }
}

/// Whether a statement can end with this success: a command that is all about transactions returns no rows.
bool Transfer::isPossible(const Value &Sql, SessionAct::Success Went) {
  if (Went != SessionAct::Success::Rows || Sql.What != Value::Kind::Text)
    return true;
  const llvm::ArrayRef<SqlCommand> Commands = commandsOf(Sql);
  return Commands.empty() || llvm::any_of(Commands, [](SqlCommand C) {
           return C == SqlCommand::Other || C == SqlCommand::Unknown;
         });
}

/// What may come of SQL that a function runs, as its result will tell.
llvm::SmallVector<Transfer::ActCase, 3> Transfer::casesOf(const Value &Sql, When Succeeds, const Callee &C,
                                                          bool OnlyBegin) {
  using Success = SessionAct::Success;
  if (Sql.What == Value::Kind::Text && !OnlyBegin) {
    const llvm::ArrayRef<SqlCommand> Commands = commandsOf(Sql);
    if (!changesTransaction(Commands))
      return {ActCase{.Happens = false}};
    if (Commands.back() != SqlCommand::Begin) // whatever becomes of the rest
      return {ActCase{}};
  }
  const bool IsSymbol = Sql.isSymbol();
  if (Succeeds == When::Always && Models.resourceOfType(C.Result) == "result") {
    llvm::SmallVector<ActCase, 3> Cases;
    Cases.push_back(
        {.Went = Success::Command, .Status = between(result_status::CommandOk, result_status::CommandOk)});
    if (IsSymbol) {
      Range Rows;
      for (std::int64_t N = result_status::BadResponse; N <= result_status::FatalError; ++N)
        Rows.restrict(CompareOp::NotEqual, N, true);
      Rows.restrict(CompareOp::NotEqual, result_status::CommandOk, true);
      Cases.push_back({.Went = Success::Rows, .Status = Rows});
    }
    Cases.push_back(
        {.Went = Success::Failed, .Status = between(result_status::BadResponse, result_status::FatalError)});
    return Cases;
  }
  if (Succeeds == When::Always && C.Result == "bool")
    Succeeds = When::NonZero;
  if (Succeeds == When::Always)
    return {ActCase{.IsSure = C.Result == "void"}};
  Range Good, Bad;
  const CompareOp Op = Succeeds == When::Zero       ? CompareOp::Equal
                       : Succeeds == When::NonZero  ? CompareOp::NotEqual
                       : Succeeds == When::Negative ? CompareOp::Less
                                                    : CompareOp::Greater;
  Good.restrict(Op, 0, true);
  Bad.restrict(Op, 0, false);
  return {ActCase{.Went = Success::Command, .Returned = Good},
          ActCase{.Went = Success::Failed, .Returned = Bad}};
}

/// The statement that an act is about.
Value Transfer::statementOf(const DeclaredActs &Acts, llvm::ArrayRef<Value> Arguments, State &In) {
  std::optional<RegionId> Session = pointedTo(resolve(Acts.Connection, In, Arguments).second);
  if (!Acts.Sql || !Session)
    return {};
  const Value Given = textOf(In, resolve(Acts.Statement, In, Arguments).second);
  const Value *Known = nullptr;
  switch (Acts.Sql->What) {
  case SqlModel::Act::Runs:
  case SqlModel::Act::Sends:
  case SqlModel::Act::Prepares:
    return Given;
  case SqlModel::Act::RunsPrepared:
  case SqlModel::Act::SendsPrepared:
    if (Given.What == Value::Kind::Text)
      Known = In.Memory.find(hiddenPart(*Session, hidden::Prepared.str() + Names[Given.Id]));
    break;
  case SqlModel::Act::Receives:
    Known = In.Memory.find(hiddenPart(*Session, hidden::Sent));
    break;
  }
  return Known ? *Known : Value{};
}

/// In which ways a call may go, as far as that makes a difference to transactions.
llvm::SmallVector<Transfer::ActCase, 3> Transfer::casesOf(const DeclaredActs &Acts, const Callee &C,
                                                          llvm::ArrayRef<Value> Arguments, State &In) {
  const ActCase Nothing{.Happens = false};
  if (Acts.Connection.From == AccessPath::Root::Result) // of which nothing is known before
    return {ActCase{.Happens = Acts.ActsOn == Model::Transaction::Begins}};
  std::optional<RegionId> Session = pointedTo(resolve(Acts.Connection, In, Arguments).second);
  if (!Session)
    return {Nothing};
  switch (Acts.ActsOn) {
  case Model::Transaction::Begins:
    return casesOf(Value{}, Acts.ActsWhen, C, /*OnlyBegin=*/true);
  case Model::Transaction::Ends:
  case Model::Transaction::RollsBack:
    return {ActCase{}};
  case Model::Transaction::Tells: {
    using namespace transaction_status;
    Range None = between(Idle, Unknown);
    for (std::int64_t Open = Active; Open <= InError; ++Open)
      None.restrict(CompareOp::NotEqual, Open, true);
    const Value *Known = In.Memory.find(hiddenPart(*Session, hidden::Transaction));
    if (openTransaction(In, *Session))
      return {ActCase{.Happens = false, .Returned = between(Active, InError)}, ActCase{.Returned = None}};
    return {
        ActCase{.Happens = false, .Returned = Known && Known->isNull() ? std::optional(None) : std::nullopt}};
  }
  case Model::Transaction::Unknown:
    break;
  }
  if (!Acts.Sql)
    return {Nothing};
  const Value Sql = statementOf(Acts, Arguments, In);
  if (Sql.What == Value::Kind::Undefined)
    return {Nothing};
  switch (Acts.Sql->What) {
  case SqlModel::Act::Runs:
  case SqlModel::Act::RunsPrepared:
    return casesOf(Sql, Acts.Sql->Succeeds, C, false);
  case SqlModel::Act::Prepares:
    return {ActCase{}};
  case SqlModel::Act::Sends:
  case SqlModel::Act::SendsPrepared: {
    if (Sql.What == Value::Kind::Text) {
      const llvm::ArrayRef<SqlCommand> Commands = commandsOf(Sql);
      if (!changesTransaction(Commands))
        return {Nothing};
      if (Commands.back() != SqlCommand::Begin)
        return {ActCase{}};
    }
    const bool IsZero = Acts.Sql->Succeeds == When::Zero;
    return {ActCase{.Returned = zero(IsZero)}, ActCase{.Happens = false, .Returned = zero(!IsZero)}};
  }
  case SqlModel::Act::Receives: {
    llvm::SmallVector<ActCase, 3> Cases = casesOf(Sql, When::Always, C, /*OnlyBegin=*/true);
    Cases.push_back(
        {.Went = SessionAct::Success::Failed, .Returned = zero(true)}); // there was nothing to receive
    return Cases;
  }
  }
  return {Nothing};
}

/// Narrows the state to those in which the result tells of this case; false when there are none.
bool Transfer::assumeCase(State &In, const ActCase &Case, const Value &Result) {
  if (Case.Returned)
    return assume(In, Result, *Case.Returned);
  if (!Case.Status || Result.What == Value::Kind::Undefined)
    return true;
  if (Case.Went != SessionAct::Success::Failed && !assume(In, Result, CompareOp::NotEqual, 0, true))
    return false;
  const Symbol Status{Symbol::Kind::Derived, pureFunction(ResultStatusFunction), 0, Result, {}};
  return assume(In, Value::symbol(Values.symbol(Status)), *Case.Status);
}

/// What was sent is believed to have been done once it cannot be told any more.
void Transfer::flushSent(Frame &In, const Value &Connection, SessionAct::Success Went, llvm::StringRef By) {
  std::optional<RegionId> Session = pointedTo(Connection);
  if (!Session)
    return;
  const RegionId Place = hiddenPart(*Session, hidden::Sent);
  const Value *Sent = In.Now.Memory.find(Place);
  if (!Sent)
    return;
  const Value Sql = *Sent;
  In.Now.Memory.erase(Place);
  const Value *From = In.Now.Memory.find(hiddenPart(*Session, hidden::SentAt));
  const Site At = From && From->isInteger() ? From->Number : CurrentSite;
  runStatement(In, Connection, Sql, Stage::Both, Went, At, SourcePoint(), By, true);
}

/// Does what is said of this case.
void Transfer::perform(const DeclaredActs &Acts, const ActCase &Case, Stage When, const Fact &F,
                       const Callee &C, llvm::ArrayRef<Value> Arguments, const Value &Result, Site At,
                       Frame &In) {
  const bool IsRun =
      Acts.Sql && (Acts.Sql->What == SqlModel::Act::Runs || Acts.Sql->What == SqlModel::Act::RunsPrepared);
  const bool IsEnd = Acts.ActsOn == Model::Transaction::Ends || Acts.ActsOn == Model::Transaction::RollsBack;
  if (!Case.Happens || (When == Stage::Before && !IsRun && !IsEnd) || (When == Stage::After && IsEnd))
    return;
  State &Now = In.Now;
  const Value Connection = resolve(Acts.Connection, Now, Arguments, Result).second;
  std::optional<RegionId> Found = pointedTo(Connection);
  if (!Found)
    return;
  const RegionId Session = *Found;
  switch (Acts.ActsOn) {
  case Model::Transaction::Begins:
    if (Case.Went != SessionAct::Success::Failed)
      beginTransaction(In, Connection, At, F.At, {}, Case.IsSure);
    else
      noteTried(Now, Session);
    return;
  case Model::Transaction::Ends:
    return endTransaction(In, Connection, SessionAct::Kind::Commits, At, F.At, C.Name);
  case Model::Transaction::RollsBack:
    return endTransaction(In, Connection, SessionAct::Kind::RollsBack, At, F.At, C.Name);
  case Model::Transaction::Tells:
    return endTransaction(In, Connection, SessionAct::Kind::Settles, At, F.At, C.Name);
  case Model::Transaction::Unknown:
    break;
  }
  const Value &Sql = Case.Sql;
  switch (Acts.Sql->What) {
  case SqlModel::Act::Runs:
  case SqlModel::Act::RunsPrepared:
    runStatement(In, Connection, Sql, When, Case.Went, At, F.At, C.Name, Case.IsSure);
    break;
  case SqlModel::Act::Sends:
  case SqlModel::Act::SendsPrepared:
    flushSent(In, Connection, SessionAct::Success::Command, C.Name);
    if (Sql.isSymbol())
      Out.ran(Now, Session, Sql.Id);
    // Nothing keeps a transaction from ending.
    if (Sql.What == Value::Kind::Text && commandsOf(Sql).back() != SqlCommand::Begin) {
      runStatement(In, Connection, Sql, Stage::Both, Case.Went, At, F.At, C.Name, true);
      break;
    }
    Now.Memory.set(hiddenPart(Session, hidden::Sent), Sql);
    Now.Memory.set(hiddenPart(Session, hidden::SentAt), Value::integer(At));
    break;
  case SqlModel::Act::Receives:
    flushSent(In, Connection, Case.Went, C.Name);
    break;
  case SqlModel::Act::Prepares:
    if (Value Name = Acts.Sql->Name < Arguments.size() ? textOf(Now, Arguments[Acts.Sql->Name]) : Value{};
        Name.What == Value::Kind::Text)
      Now.Memory.set(hiddenPart(Session, hidden::Prepared.str() + Names[Name.Id]), Sql);
    break;
  }
}

static bool isEnd(const SessionAct &Act) {
  return Act.What == SessionAct::Kind::Commits || Act.What == SessionAct::Kind::RollsBack ||
         Act.What == SessionAct::Kind::Settles;
}

/// What is run by the acts of an outcome, before the call changes the texts.
llvm::SmallVector<Value, 2> Transfer::statementsOf(const Outcome &O, llvm::ArrayRef<Value> Arguments,
                                                   State &In) {
  llvm::SmallVector<Value, 2> Statements;
  for (const SessionAct &Act : O.Acts)
    Statements.push_back(Act.What == SessionAct::Kind::Runs
                             ? textOf(In, resolve(Act.Statement, In, Arguments).second)
                             : Value{});
  return Statements;
}

/// What the body of a callee does on connections: what it ends before it changes places, what it begins
/// after.
bool Transfer::performActs(const Outcome &O, llvm::ArrayRef<Value> Statements, Stage When, const Fact &F,
                           const Callee &C, llvm::ArrayRef<Value> Arguments, const Value &Result, Site At,
                           Frame &In) {
  State &Now = In.Now;
  for (std::size_t I = 0; I < O.Acts.size(); ++I) {
    const SessionAct &Act = O.Acts[I];
    if (Act.What != SessionAct::Kind::Runs && (When == Stage::Before) != isEnd(Act))
      continue;
    const Value Connection = resolve(Act.On, Now, Arguments, Result).second;
    std::optional<RegionId> Session = pointedTo(Connection);
    if (!Session)
      continue;
    switch (Act.What) {
    case SessionAct::Kind::Runs: {
      if (!isPossible(Statements[I], Act.Went))
        return false;
      runStatement(In, Connection, Statements[I], When, Act.Went, At, F.At, C.Name, true);
      break;
    }
    case SessionAct::Kind::Prepares:
      Now.Memory.set(hiddenPart(*Session, hidden::Prepared.str() + Act.Name),
                     Value::text(nameNumber(Act.Text)));
      break;
    case SessionAct::Kind::Begins:
      beginTransaction(In, Connection, At, F.At, Act.From, true);
      break;
    case SessionAct::Kind::Commits:
    case SessionAct::Kind::RollsBack:
    case SessionAct::Kind::Settles:
      endTransaction(In, Connection, Act.What, At, F.At, C.Name);
      break;
    case SessionAct::Kind::Forgets:
      forgetTransaction(Now, *Session);
      break;
    }
  }
  return true;
}

/// Whether an act ends a transaction, as far as it is known what is run.
bool Transfer::endsTransaction(const SessionAct &Act, llvm::ArrayRef<Value> Arguments, State &In) {
  if (Act.What != SessionAct::Kind::Runs)
    return isEnd(Act);
  const Value Sql = textOf(In, resolve(Act.Statement, In, Arguments).second);
  return Sql.What == Value::Kind::Text && llvm::any_of(commandsOf(Sql), [](SqlCommand C) {
           return C == SqlCommand::Commit || C == SqlCommand::RollBack;
         });
}

/// Whether a callee that ends a transaction on some of its ways did so this time may depend on what only it
/// knows, such as a flag of an object, whether it had to connect anew, or what kept it from coming that far:
/// then it has to answer for that. The connections of which this is so; asked before the call.
llvm::SmallVector<Value, 1> Transfer::leftToCallee(const Outcome &O, const Summary &S,
                                                   llvm::ArrayRef<Value> Arguments, State &Now) {
  llvm::SmallVector<Value, 1> Left;
  if (!AnyTransactions)
    return Left;
  for (const Outcome &Other : S.Outcomes)
    for (const SessionAct &Act : Other.Acts) {
      const bool ActsToo = llvm::any_of(O.Acts, [&](const SessionAct &Own) {
        return Own.On == Act.On && Own.What != SessionAct::Kind::Prepares;
      });
      const Value Connection = ActsToo ? Value{} : resolve(Act.On, Now, Arguments).second;
      if (!hasOpenTransaction(Now, Connection) || !endsTransaction(Act, Arguments, Now))
        continue;
      const bool Writes =
          llvm::any_of(O.Effects, [&](const Effect &E) { return isStore(E) && E.Where == Act.On; });
      State Else = Now;
      const bool Throws = O.Ends == Model::Ending::Throws;
      if (Writes || Throws || (areToldApart(O, Other, Act.On) && isPossible(Other, Else, Arguments)))
        Left.push_back(Connection);
    }
  return Left;
}

} // namespace connsan
