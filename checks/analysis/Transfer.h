#pragma once

#include "Liveness.h"
#include "State.h"
#include "Summary.h"
#include "model/Names.h"
#include "sql/TransactionSql.h"

#include "llvm/ADT/ArrayRef.h"

#include <functional>
#include <map>
#include <memory>

namespace connsan {

/// What can go wrong with one resource.
enum class FindingKind : std::uint8_t {
  Exit,        ///< control left the function or scope that held it
  Overwritten, ///< the only pointer to it was overwritten
  Discarded,   ///< the result of the acquire was never stored
  Freed,       ///< the object that held it was freed
  Unwound,     ///< longjmp and its kin
  UsedAfterRelease,
  ReleasedTwice,
  ReleasedWrongly, ///< by the function for another resource
  OwnerKeeps,      ///< a class acquires, and its destructor does not release
  OwnerCopied,     ///< a copy of an owner would release a second time
};

/// Whether the resource is lost, rather than used wrongly.
inline bool isLeak(FindingKind Kind) {
  return Kind <= FindingKind::Unwound;
}

/// One finding on one path.
struct Violation {
  FindingKind Kind = FindingKind::Exit;
  SymbolId Resource = 0;
  Obligation Owed;
  ExitKind Exit = ExitKind::ScopeEnd;
  SourcePoint At;
  std::string Holder;    ///< the variable that held it, as written; may be empty
  std::string By;        ///< the function that used or released it wrongly
  Site ThrownFrom = 0;   ///< with `ExitKind::Call`
  bool MayBeEnd = false; ///< the process may have ended before
  bool MayNotBe = false; ///< nothing but the declaration of a function says that it throws
  bool IsJump = false;   ///< inside of the function: it matters when no way leads from there to a release
  const Step *Path = nullptr;
};

/// Collects what the transfer function finds out on the way.
class Observer {
public:
  virtual ~Observer() = default;
  virtual void violated(const Violation &V) = 0;
  virtual void released(const Obligation &Owed, SourcePoint At, BlockId Block) = 0;
  virtual void transferred(const Obligation &Owed, Site Where) = 0;
  /// The connection of an open transaction was closed, which ends it.
  virtual void closed(const Obligation &Transaction, BlockId Block) = 0;
  virtual void began(Site At) = 0;
  /// A transaction that began there is open where one begins.
  virtual void stillOpen(Site Began) = 0;
  /// A transaction that began at a site was committed, or rolled back.
  virtual void concluded(Site Began, Site At, bool IsCommit) = 0;
  /// So was one that was open when the function was entered, if any.
  virtual void concludedOfCallers(Site At) = 0;
  /// A statement that the callers know was run, or sent.
  virtual void ran(const State &In, RegionId Session, SymbolId Statement) = 0;
  /// What the place held at entry was used, and left where it was.
  virtual void borrowed(RegionId Where, const Obligation &Owed) = 0;
  /// Something that matters no more to this function was written to a place outside of it.
  virtual void written(RegionId Where) = 0;
  /// Unknown code was given what an argument of this function points to.
  virtual void passedOn(std::uint32_t Argument) = 0;
  /// A function was called of which nothing says that it throws nothing.
  virtual void mayThrow() = 0;
  /// The function used the resource after a handover, which proves that the callee only borrowed it.
  virtual void proven(const Handover &H) = 0;
  virtual const Step *extend(const Step *Before, Step::Kind What, std::uint32_t Where,
                             std::uint32_t Edge) = 0;
};

/// The effect of single facts on a state. Knows no control flow.
class Transfer {
public:
  Transfer(const FunctionFacts &Facts, ValueTable &Values, const ModelSet &Models,
           const SummaryLookup &Lookup, const Liveness &Live, Observer &Out);

  /// A state in which the facts of one block are being executed.
  struct Frame {
    State Now;
    std::vector<Value> Registers; ///< all that this block has
  };

  void enterBlock(BlockId Block);
  /// What else a call leads to than the frame that it was made in.
  struct Ways {
    std::vector<Frame> Others; ///< that go on after it
    std::vector<State> Thrown; ///< that go to its landing
  };
  /// False when the path ends here.
  bool execute(const Fact &F, Site At, Frame &In, Ways &More);
  Value valueOf(const Frame &In, Reg R) const;
  /// Narrows the state to those in which V is true (or false); false when there are none.
  bool assume(State &In, const Value &V, bool Truth);
  bool assume(State &In, const Value &V, const Range &Holds);
  bool assume(State &In, const Value &V, CompareOp Op, std::int64_t N, bool Truth);
  /// The end of the function: what is still owed is lost.
  void exitFunction(State &In);
  /// Forgets what nothing can ask for any more at the start of a block. `Before` is what the state was made
  /// from, without garbage there.
  void collectGarbage(State &In, const State &Before, BlockId At);
  /// The same at the end of a block that was entered with `Before`, where what was acquired and is in no
  /// place was never stored.
  void leaveBlock(State &In, const State &Before, BlockId From, BlockId To);
  /// Whether a handler takes the exception that is under way; nothing when it may.
  std::optional<bool> catches(const State &In, const Edge &Handler) const;
  /// Control enters a handler.
  void handle(State &In) const;
  /// No handler of a dispatch took it; false when it is not worth to go on.
  bool passOn(State &In, BlockId To, bool MayHaveBeenTaken) const;

  const ExceptionType &exceptionType(std::uint32_t Number) const { return Exceptions[Number]; }
  std::uint16_t resource(llvm::StringRef Name);
  llvm::ArrayRef<std::string> resourceNames() const { return Resources; }
  /// The names of fields, by the numbers that regions have.
  llvm::ArrayRef<std::string> fieldNames() const { return Names; }
  const std::string &resourceName(std::uint16_t Id) const { return Resources[Id]; }
  /// Whether it is a part that no source names; see Hidden.h.
  bool isHidden(RegionId R) const;
  RegionId hiddenPart(RegionId Of, llvm::StringRef Name);
  /// The path from what the caller can name to what region R holds; nothing when there is none.
  std::optional<AccessPath> accessPath(RegionId R) const;
  bool outlivesFunction(const State &In, RegionId R) const;
  /// The pure function that a derived symbol is a result of, when it has no other argument; else empty.
  llvm::StringRef pureFunctionOf(const Symbol &S) const;
  /// Whether a ROLLBACK on the variable that holds the connection could only end this transaction, or nothing
  /// where that did not begin.
  bool mayRollBack(const State &In, const Violation &Lost);
  /// Where the callee at this site got from what it gave; null when that is not known.
  const Origin *originOf(const Obligation &Owed) const;

private:
  /// One way in which a call may go that a model speaks of.
  struct ActCase {
    bool Happens = true;
    SessionAct::Success Went = SessionAct::Success::Command;
    std::optional<Range> Returned = {}; ///< by the call
    std::optional<Range> Status = {};   ///< of the result that it returns
    Value Sql = {};                     ///< that it is about, before the call changes anything
    Value Text = {};                    ///< that the call makes
    bool IsSure = true;                 ///< else it may have failed, and nobody knows how that would be told
  };

  class GarbageCollector;
  void checkClean(const State &In, BlockId At);
  void set(Frame &In, Reg R, const Value &V);
  std::optional<RegionId> pointedTo(const Value &V);
  Value load(State &In, RegionId R);
  void store(Frame &In, RegionId R, const Value &V, Access What, SourcePoint Point);
  void passOn(State &In, const Value &Object);
  void leaveToCallee(const Outcome &O, const Summary &S, const Callee &C, llvm::ArrayRef<Value> Arguments,
                     State &Now);
  void forgetContents(Frame &In, RegionId R, Site At, bool MayKeep);
  bool isPointerParameter(SymbolId S) const;
  bool isThis(SymbolId S) const;
  bool isOutParameter(RegionId R) const;
  void escape(State &In, const Value &V);
  void giveAway(State &In, SymbolId S);
  void handOut(State &In, const Value &V);
  void storeContents(State &In, SymbolId Object);
  void forgetSymbol(State &In, SymbolId S) const;
  Value unknownIn(State &In, RegionId Where, Site At);
  void becomesNull(State &In, SymbolId S) const;
  void loseContents(Frame &In, SymbolId Object, FindingKind Kind, SourcePoint At, llvm::StringRef Holder);
  void loseMembers(State &In, std::uint32_t ObjectParameter);
  void use(State &In, SymbolId S, Site At);
  void mutate(State &In, SymbolId S, Site At);
  void settle(State &In, SymbolId S, const Obligation &Owed);
  enum class Audience : std::uint8_t { Unknown, Nobody, Caller };
  bool callerAsksFor(RegionId R);
  bool isOfCaller(SymbolId S);
  void noteLostTrack(State &In, RegionId R, const Value &Old);
  void checkLost(Frame &In, SymbolId S, FindingKind Kind, SourcePoint At, std::string Holder);
  void report(State &In, SymbolId S, FindingKind Kind, SourcePoint At, std::string Holder,
              std::string By = "");
  Value freshResult(Frame &In, Site At);
  Value compare(const State &In, CompareOp Op, Value Left, Value Right);
  bool isSame(const State &In, SymbolId A, SymbolId B);
  bool isDistinct(const State &In, SymbolId A, SymbolId B) const;
  Value logicalNot(const Value &V);
  std::string nameOf(RegionId R, llvm::StringRef Pointee = "") const;
  std::string nameIn(const State &In, RegionId R) const;
  std::string holderOf(const State &In, SymbolId S) const;

  std::uint32_t numberOf(const ExceptionType &Type);
  void raise(State &In, const Fact &F, std::uint32_t Type, Ground Why);
  bool leadsToHandler(BlockId Landing) const;
  bool isWorthFollowing(const State &In, const Fact &F, const Outcome &O);
  bool call(const Fact &F, Site At, Frame &In, Ways &More);
  enum class After : std::uint8_t { Nothing, Returned, Thrown };
  After apply(const Outcome &O, const ActCase &Case, const Summary &S, const Fact &F, const Callee &C,
              llvm::ArrayRef<Value> Arguments, Site At, Frame &In);
  std::pair<std::optional<RegionId>, Value>
  resolve(const AccessPath &Path, State &Now, llvm::ArrayRef<Value> Arguments, const Value &Result = {});
  std::optional<Value> resultOf(const Outcome &O, const Summary &S, const Callee &C,
                                llvm::ArrayRef<Value> Arguments, const Value &Taken, Site At, Frame &In);
  bool isPossible(const Outcome &O, State &Now, llvm::ArrayRef<Value> Arguments);
  void applyBorrows(const Summary &S, const Fact &F, const Callee &C, llvm::ArrayRef<Value> Arguments,
                    Site At, State &Now);
  bool isLeftToObject(const Effect &E, const Outcome &O, const Summary &S, State &Now,
                      llvm::ArrayRef<Value> Arguments);
  void applyEffects(const Outcome &O, const Summary &S, const Fact &F, const Callee &C,
                    llvm::ArrayRef<Value> Arguments, Site At, Frame &In,
                    llvm::ArrayRef<const Effect *> LeftToObjects);
  void release(Frame &In, const Value &V, llvm::StringRef Resource, SourcePoint At, Site Where,
               llvm::StringRef By);
  bool checkUsable(State &In, SymbolId S, SourcePoint At, llvm::StringRef By);
  void foreignCall(const Fact &F, const Callee &C, llvm::ArrayRef<Value> Arguments, Site At, Frame &In);
  bool isTemporary(const Value &V) const;
  void forgetGlobals(State &In);
  void takenByCallee(State &Now, SymbolId S, Site At);
  Value acquire(Frame &In, llvm::StringRef Resource, Site At, const Origin &From);
  std::uint32_t pureFunction(llvm::StringRef Name);

  // Texts.
  std::uint32_t nameNumber(llvm::StringRef Name);
  Value textOf(const State &In, const Value &V);
  Value asText(const Value &Text);
  Value joinTexts(const Value &First, const Value &Then);
  std::optional<RegionId> placeOfText(const TextModel &Made, const Fact &F, const Callee &C,
                                      llvm::ArrayRef<Value> Arguments, const Frame &In);
  Value textMadeBy(const TextModel &Made, const Fact &F, const Callee &C, llvm::ArrayRef<Value> Arguments,
                   const Frame &In);
  void keepText(const TextModel &Made, const Value &Text, const Fact &F, const Callee &C,
                llvm::ArrayRef<Value> Arguments, Frame &In);

  // Transactions.
  std::optional<SymbolId> openTransaction(const State &In, RegionId Session);
  std::optional<SymbolId> newTransaction(const State &In, Site At);
  void beginTransaction(Frame &In, const Value &Connection, Site At, SourcePoint Point, const Origin &From,
                        bool IsSure);
  void noteTried(State &In, RegionId Session);
  void endTransaction(Frame &In, const Value &Connection, SessionAct::Kind How, Site At, SourcePoint Point,
                      llvm::StringRef By);
  void reportNoneOpen(State &In, const Value &Connection, Site At, SourcePoint Point, llvm::StringRef By);
  void forgetTransaction(State &In, RegionId Session);
  void endSession(State &In, SymbolId Connection, llvm::StringRef Resource, SourcePoint At,
                  llvm::StringRef By);
  std::string sessionName(const State &In, const Value &Connection);
  /// What a callee ends was there before it changed places, what it begins is there afterwards.
  enum class Stage : std::uint8_t { Before, After, Both };
  void runStatement(Frame &In, const Value &Connection, const Value &Sql, Stage When,
                    SessionAct::Success Went, Site At, SourcePoint Point, llvm::StringRef By, bool IsSure);
  llvm::ArrayRef<SqlCommand> commandsOf(const Value &Text);
  bool isPossible(const Value &Sql, SessionAct::Success Went);
  llvm::SmallVector<ActCase, 3> casesOf(const Value &Sql, When Succeeds, const Callee &C, bool OnlyBegin);
  llvm::SmallVector<ActCase, 3> casesOf(const DeclaredActs &Acts, const Callee &C,
                                        llvm::ArrayRef<Value> Arguments, State &In);
  Value statementOf(const DeclaredActs &Acts, llvm::ArrayRef<Value> Arguments, State &In);
  bool assumeCase(State &In, const ActCase &Case, const Value &Result);
  void flushSent(Frame &In, const Value &Connection, SessionAct::Success Went, llvm::StringRef By);
  void perform(const DeclaredActs &Acts, const ActCase &Case, Stage When, const Fact &F, const Callee &C,
               llvm::ArrayRef<Value> Arguments, const Value &Result, Site At, Frame &In);
  llvm::SmallVector<Value, 2> statementsOf(const Outcome &O, llvm::ArrayRef<Value> Arguments, State &In);
  bool performActs(const Outcome &O, llvm::ArrayRef<Value> Statements, Stage When, const Fact &F,
                   const Callee &C, llvm::ArrayRef<Value> Arguments, const Value &Result, Site At, Frame &In);
  bool endsTransaction(const SessionAct &Act, llvm::ArrayRef<Value> Arguments, State &In);
  llvm::SmallVector<Value, 1> leftToCallee(const Outcome &O, const Summary &S,
                                           llvm::ArrayRef<Value> Arguments, State &Now);
  bool actForeign(const Summary &S, llvm::ArrayRef<ActCase> Cases, const Fact &F, const Callee &C,
                  llvm::ArrayRef<Value> Arguments, Site At, Frame &In, Ways &More);
  void meetUnknown(const Callee &C, llvm::ArrayRef<Value> Arguments, State &In);
  void forgetTransactionOf(State &In, const Value &Connection);
  const Value *transactionOf(const State &In, const Value &Connection);
  bool hasOpenTransaction(const State &In, const Value &Connection);
  void forgetPlace(State &In, RegionId Where, const Value &Old, Site At);
  void noteJump(State &In, SourcePoint At);
  bool isMoot(const State &In, SymbolId Transaction);

  const FunctionFacts &Facts;
  ValueTable &Values;
  const ModelSet &Models;
  const SummaryLookup &Lookup;
  const Liveness &Live;
  Observer &Out;
  std::vector<std::string> Names; ///< of fields, and texts: those of the facts, and those met on the way
  llvm::StringMap<std::uint32_t> NameNumbers;
  /// Of the texts that were run, by their number and whether they go on.
  std::map<std::pair<std::uint32_t, bool>, std::vector<SqlCommand>> KnownCommands;
  llvm::StringMap<std::uint32_t> Globals; ///< variables
  std::vector<std::string> Resources{TransactionResource.str()};
  std::vector<ExceptionType> Exceptions{{}};
  bool Rethrows = false; ///< this function has such an expression
  std::vector<std::string> PureFunctions;
  std::map<std::pair<Site, std::uint16_t>, Origin> Origins; ///< of what callees acquired, by its resource
  std::map<Site, std::string> SessionNames;                 ///< of connections, by where transactions begin
  bool AnyTransactions = false;                             ///< were begun so far, or tried
  std::vector<NameHint> Hints;                              ///< of the callees
  std::vector<Audience> Audiences;                          ///< of regions
  llvm::SmallVector<SymbolId, 2> InHand;                    ///< what an effect of a call is moving
  BlockId CurrentBlock = 0;
  Site CurrentSite = 0;
};

} // namespace connsan
