#include "Explorer.h"

#include "CpuTime.h"
#include "ExitStates.h"
#include "Hidden.h"
#include "Liveness.h"
#include "OpenTransactions.h"
#include "Sites.h"
#include "StateDump.h"
#include "SummaryBuilder.h"
#include "Witness.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

#include <deque>
#include <map>
#include <set>

namespace connsan {
namespace {

class Explorer : public Observer {
public:
  Explorer(const FunctionFacts &Facts, const ModelSet &Models, const SummaryLookup &Lookup,
           const Limits &Bounds)
      : Facts(Facts), Lookup(Lookup), Bounds(Bounds), Deadline(cpuTime() + Bounds.Time),
        Values(Facts.Variables), Live(Facts, Lookup), Step(Facts, Values, Models, Lookup, Live, *this),
        Numbers(Facts), Effects(Facts, Values, Step, Numbers), Exits(Facts, Values),
        Queues(Facts.Blocks.size()) {}

  FunctionResult run(llvm::ArrayRef<HeldMember> Held = {});
  std::string dumpStates() const;

  void violated(const Violation &V) override;
  void released(const Obligation &Owed, SourcePoint At, BlockId Block) override {
    Releases[Witness::acquisition(Owed)].insert({At, Block});
  }
  void transferred(const Obligation &Owed, Site Where) override {
    Transfers[Witness::acquisition(Owed)].insert({Numbers.factAt(Where).At, Current});
  }
  void closed(const Obligation &Transaction, BlockId Block) override { Closes[Transaction.At].insert(Block); }
  void began(Site At) override { Open.began(At); }
  void stillOpen(Site Began) override { Open.addOpenExit(Began, SourcePoint()); }
  void concluded(Site Began, Site At, bool IsCommit) override { Open.concluded(Began, At, IsCommit); }
  void concludedOfCallers(Site At) override { Open.concludedOfCallers(At); }
  void ran(const State &In, RegionId Session, SymbolId Statement) override {
    Effects.addRun(In, Session, Statement);
  }
  void borrowed(RegionId Where, const Obligation &Owed) override { Effects.addBorrow(Where, Owed); }
  void mayThrow() override { Effects.addThrow(); }
  void written(RegionId Where) override { Effects.addWrite(Where); }
  void passedOn(std::uint32_t Argument) override { Effects.addPassedOn(Argument); }
  void proven(const Handover &H) override { Proven.insert(H.At); }
  const connsan::Step *extend(const connsan::Step *Before, connsan::Step::Kind What, std::uint32_t Where,
                              std::uint32_t Edge) override {
    return &Steps.emplace_back(connsan::Step{Before, What, Where, Edge, Before ? Before->Length + 1 : 1});
  }

private:
  struct Queue {
    std::vector<State> Seen;
    std::vector<std::size_t> Pending; ///< of `Seen`
  };

  void assumeHeld(State &In, const HeldMember &M);
  void noteExit(const State &In);
  std::set<std::pair<Site, SourcePoint>> leavingJumps(const Witness &Reasons) const;
  bool isMistake(const Violation &V, const std::set<std::pair<Site, SourcePoint>> &LeavingJumps) const;
  void visit(BlockId Id, const State &In);
  void follow(BlockId Id, const State &Before, const Transfer::Frame &Out);
  void dispatch(BlockId Id, const State &Before, const State &Thrown);
  void arrive(BlockId Id, State In);
  void joinInto(BlockId Id, std::size_t Known, State Joined, const State &In);
  void joinFrames(std::vector<Transfer::Frame> &Frames, BlockId Id, std::size_t At);
  void wake(BlockId Id, std::size_t State);
  /// To look at the clock costs as much as a fact does.
  void checkTime() {
    if (Ticks++ % 256 == 0 && cpuTime() >= Deadline)
      giveUp(GiveUp::Time, Bounds.Time.count());
  }
  void giveUp(GiveUp Why, std::uint64_t After) {
    GaveUp = Why;
    GaveUpAfter = After;
  }
  std::vector<Finding> findings();
  bool mayBeReleased(const Violation &Lost, llvm::ArrayRef<std::string> Awaits);
  const Callee &calleeAt(Site At) const { return Facts.Callees[Numbers.factAt(At).Index]; }

  const FunctionFacts &Facts;
  const SummaryLookup &Lookup;
  const Limits &Bounds;
  const std::chrono::nanoseconds Deadline;
  unsigned Ticks = 0; ///< facts and blocks
  ValueTable Values;
  Liveness Live;
  Transfer Step;
  Sites Numbers;
  SummaryBuilder Effects;
  ExitStates Exits;
  std::vector<Queue> Queues;
  std::set<BlockId> Waiting;
  std::deque<connsan::Step> Steps;
  Witness::DeedMap Releases;
  Witness::DeedMap Transfers;
  std::map<Site, std::set<BlockId>> Closes; ///< by where the transaction began
  std::set<Site> Proven;
  OpenTransactions Open;
  /// By acquisition and place of loss: the shortest path for each way in which handovers leave it.
  using Loss = std::tuple<Witness::Acquisition, FindingKind, SourcePoint>;
  std::map<Loss, std::vector<Violation>> Violations;
  std::map<Loss, BlockId> ViolatedIn;
  llvm::DenseMap<SymbolId, HeldMember> AtEntry;
  BlockId Current = 0;
  GiveUp GaveUp = GiveUp::No;
  std::uint64_t GaveUpAfter = 0;
  bool Silenced = false;
};

void Explorer::violated(const Violation &L) {
  const Loss Key(Witness::acquisition(L.Owed), L.Kind, L.At);
  ViolatedIn.try_emplace(Key, Current);
  std::vector<Violation> &Same = Violations[Key];
  unsigned Length = L.Path ? L.Path->Length : 0;
  for (Violation &Known : Same)
    if (Known.Owed.Handovers == L.Owed.Handovers && Known.MayBeEnd == L.MayBeEnd &&
        Known.MayNotBe == L.MayNotBe) {
      if (Length < (Known.Path ? Known.Path->Length : 0))
        Known = L;
      return;
    }
  Same.push_back(L);
}

/// With which transactions open the function comes to its ways out.
void Explorer::noteExit(const State &In) {
  if (Facts.IsMain || (In.isThrown() && In.Thrown.Why != Ground::Seen))
    return;
  SourcePoint At; // nowhere for an exception, which is no success
  if (!In.isThrown())
    Open.addExit(At = In.Leaving && isWayOut(In.Exit) ? In.ExitAt : Facts.End);
  for (const auto &[S, Owed] : In.Obligations)
    if (Owed.Now == Obligation::Phase::Held && Owed.isTransaction())
      Open.addOpenExit(Owed.At, At);
}

void Explorer::arrive(BlockId Id, State In) {
  if (GaveUp != GiveUp::No)
    return;
  if (Id == Facts.Exit) {
    Effects.addExit(In);
    noteExit(In);
    Step.exitFunction(In);
    return;
  }
  Queue &Q = Queues[Id];
  auto Same = Q.Seen.end();
  for (auto Known = Q.Seen.begin(); Known != Q.Seen.end(); ++Known) {
    if (!sameTypestate(*Known, In))
      continue;
    if (knowsLess(*Known, In))
      return;
    if (knowsLess(In, *Known)) {
      *Known = std::move(In);
      wake(Id, Known - Q.Seen.begin());
      return;
    }
    if (Same == Q.Seen.end())
      Same = Known;
  }
  // What differs from one turn of a loop to the next only in what nobody has to release is soon one.
  bool Loops = Id <= Current;
  if (Q.Seen.size() >= (Loops ? Bounds.StatesPerLoop : Bounds.StatesPerBlock)) {
    // Many calls may throw to one landing: those that come later are no other finding.
    if (Same == Q.Seen.end() && In.isThrown())
      Same = llvm::find_if(Q.Seen, [&](const State &Known) { return sameTypestateThrown(Known, In); });
    if (Same != Q.Seen.end()) {
      joinInto(Id, Same - Q.Seen.begin(), *Same, In);
      return;
    }
    auto Like = Q.Seen.end();
    if (Q.Seen.size() >= Bounds.StatesOfOthers)
      Like = llvm::find_if(Q.Seen, [&](const State &Known) { return sameOwnTypestate(Known, In); });
    if (Q.Seen.size() >= Bounds.MostStatesPerBlock || Like != Q.Seen.end()) {
      if (Like == Q.Seen.end())
        Like = llvm::find_if(Q.Seen, [&](const State &Known) { return sameWayOut(Known, In); });
      if (Like == Q.Seen.end()) {
        giveUp(GiveUp::States, Bounds.MostStatesPerBlock);
        return;
      }
      Silenced = true;
      for (const auto &[S, Owed] : In.Obligations)
        Transfers[Witness::acquisition(Owed)]; // so that nobody says that it is never released
      State Joined = *Like;
      silenceDifferences(Joined, In);
      joinInto(Id, Like - Q.Seen.begin(), std::move(Joined), In);
      return;
    }
  }
  Q.Seen.push_back(std::move(In));
  wake(Id, Q.Seen.size() - 1);
}

/// Replaces a state of a block by one that was made from it, joined with another.
void Explorer::joinInto(BlockId Id, std::size_t Known, State Joined, const State &In) {
  State &Before = Queues[Id].Seen[Known];
  join(Joined, In, Values, Id);
  Step.collectGarbage(Joined, Before, Id);
  if (Joined == Before)
    return;
  Before = std::move(Joined);
  wake(Id, Known);
}

/// A state of a block is to be executed, again if it was before.
void Explorer::wake(BlockId Id, std::size_t State) {
  std::vector<std::size_t> &Pending = Queues[Id].Pending;
  if (!llvm::is_contained(Pending, State))
    Pending.push_back(State);
  Waiting.insert(Id);
}

void Explorer::follow(BlockId Id, const State &Before, const Transfer::Frame &Out) {
  const Block &B = Facts.Blocks[Id];
  Value Condition = B.Condition == NoReg ? Value{} : Step.valueOf(Out, B.Condition);
  llvm::SmallVector<std::pair<std::uint32_t, State>, 4> Taken;
  for (std::uint32_t I = 0; I < B.Edges.size(); ++I) {
    const Edge &E = B.Edges[I];
    if (!E.Reachable)
      continue;
    State Next = Out.Now;
    bool Possible = true;
    if (B.Ends == Block::Ending::Branch) {
      Possible = Step.assume(Next, Condition, I == 0);
    } else if (B.Ends == Block::Ending::Switch && !E.IsDefault && !E.Cases.empty()) {
      auto [Low, High] = std::minmax_element(E.Cases.begin(), E.Cases.end());
      Possible = Step.assume(Next, Condition, CompareOp::GreaterEqual, *Low, true) &&
                 Step.assume(Next, Condition, CompareOp::LessEqual, *High, true);
    } else if (B.Ends == Block::Ending::Switch && E.IsDefault && E.Cases.empty()) {
      for (const Edge &Other : B.Edges)
        for (std::int64_t Case : Other.Cases)
          Possible = Possible && Step.assume(Next, Condition, CompareOp::Equal, Case, false);
    }
    if (Possible)
      Taken.emplace_back(I, std::move(Next));
  }
  for (auto &[I, Next] : Taken) {
    if (B.Condition != NoReg && B.Edges.size() > 1 && !Next.Obligations.empty())
      Next.Path = extend(Next.Path, connsan::Step::Kind::Branch, Id, I);
    BlockId To = B.Edges[I].To;
    if (!(Next.Leaving && (Next.Exit == ExitKind::Return || Next.isThrown())))
      Next.stay();
    Step.leaveBlock(Next, Before, Id, To);
    arrive(To, std::move(Next));
  }
}

void Explorer::visit(BlockId Id, const State &In) {
  Current = Id;
  Step.enterBlock(Id);
  std::vector<Transfer::Frame> Frames;
  Frames.push_back({In, std::vector<Value>(Facts.Blocks[Id].Registers)});
  const std::vector<Fact> &Code = Facts.Blocks[Id].Facts;
  for (std::size_t At = 0; At < Code.size(); ++At) {
    Transfer::Ways More;
    auto Alive = Frames.begin();
    for (Transfer::Frame &Frame : Frames) {
      Exits.add(Code[At], Numbers.firstOf(Id) + At, Frame.Now);
      if (Step.execute(Code[At], Numbers.firstOf(Id) + At, Frame, More)) {
        if (&*Alive != &Frame)
          *Alive = std::move(Frame);
        ++Alive;
      }
      checkTime();
    }
    if (GaveUp != GiveUp::No)
      return;
    Frames.erase(Alive, Frames.end());
    std::move(More.Others.begin(), More.Others.end(), std::back_inserter(Frames));
    for (State &Thrown : More.Thrown)
      if (BlockId To = Code[At].Landing; To != NoBlock) {
        Step.leaveBlock(Thrown, In, Id, To);
        arrive(To, std::move(Thrown));
      }
    if (Frames.size() > Bounds.StatesPerBlock && Code[At].What == Fact::Kind::Call)
      joinFrames(Frames, Id, At);
    if (Frames.size() > Bounds.MostStatesPerBlock) {
      giveUp(GiveUp::States, Bounds.MostStatesPerBlock);
      return;
    }
  }
  for (const Transfer::Frame &Frame : Frames)
    if (Facts.Blocks[Id].Ends == Block::Ending::Dispatch)
      dispatch(Id, In, Frame.Now);
    else
      follow(Id, In, Frame);
}

/// An exception looks for its handler.
void Explorer::dispatch(BlockId Id, const State &Before, const State &Thrown) {
  bool MayBeTaken = false;
  for (const Edge &E : Facts.Blocks[Id].Edges) {
    std::optional<bool> Takes = E.IsDefault ? true : Step.catches(Thrown, E);
    State Next = Thrown;
    bool GoesOn = E.Reachable && Takes.value_or(true);
    if (GoesOn && E.IsDefault) {
      GoesOn = Step.passOn(Next, E.To, MayBeTaken);
    } else if (GoesOn) {
      if (!Next.Obligations.empty())
        Next.Path = extend(Next.Path, connsan::Step::Kind::Throw, Next.Thrown.From, 0);
      Step.handle(Next);
    }
    if (GoesOn) {
      Step.leaveBlock(Next, Before, Id, E.To);
      arrive(E.To, std::move(Next));
    }
    if (Takes.value_or(false))
      return;
    MayBeTaken |= !Takes;
  }
}

/// After a call with several outcomes: those that differ in nothing that a later fact of the block asks for
/// go on as one.
void Explorer::joinFrames(std::vector<Transfer::Frame> &Frames, BlockId Id, std::size_t At) {
  const Block &B = Facts.Blocks[Id];
  llvm::BitVector Needed(B.Registers);
  for (std::size_t Later = At + 1; Later < B.Facts.size(); ++Later)
    for (Reg Operand : B.Facts[Later].Operands)
      Needed.set(Operand);
  if (B.Condition != NoReg)
    Needed.set(B.Condition);
  auto SameRegisters = [&](const Transfer::Frame &Left, const Transfer::Frame &Right) {
    return llvm::all_of(Needed.set_bits(),
                        [&](unsigned R) { return Left.Registers[R] == Right.Registers[R]; });
  };
  std::vector<Transfer::Frame> Kept;
  for (Transfer::Frame &Frame : Frames) {
    auto Like = llvm::find_if(Kept, [&](const Transfer::Frame &Known) {
      return sameTypestate(Known.Now, Frame.Now) && SameRegisters(Known, Frame);
    });
    if (Like == Kept.end())
      Kept.push_back(std::move(Frame));
    else if (!knowsLess(Like->Now, Frame.Now))
      join(Like->Now, Frame.Now, Values, Id);
  }
  Frames = std::move(Kept);
}

/// Where it was done to what was acquired there, each place once.
std::vector<SourcePoint> places(const Witness::DeedMap &Deeds, Witness::Acquisition Acquire) {
  std::vector<SourcePoint> Found;
  if (auto Done = Deeds.find(Acquire); Done != Deeds.end())
    for (const auto &[At, Block] : Done->second)
      Found.push_back(At);
  Found.erase(std::unique(Found.begin(), Found.end()), Found.end());
  return Found;
}

/// Whether a call returns NULL or what its caller has to release, and nothing else.
bool acquiresOrNull(const Summary &S) {
  return llvm::all_of(S.Outcomes, [](const Outcome &O) {
    return O.Result == Model::Result::Acquire || O.Result == Model::Result::AcquireOrNull ||
           O.Returned.single() == 0;
  });
}

/// `Awaits` are the callees that have to borrow for this to be reported as certain.
bool Explorer::mayBeReleased(const Violation &Lost, llvm::ArrayRef<std::string> Awaits) {
  bool IsOneOfSeveral = llvm::any_of(Violations, [&](const auto &Other) {
    const auto &[Acquire, Kind, At] = Other.first;
    return isLeak(Kind) && At == Lost.At &&
           llvm::any_of(Other.second, [&](const Violation &L) { return L.Holder != Lost.Holder; });
  });
  if (Lost.Kind != FindingKind::Exit || Silenced || IsOneOfSeveral)
    return false;
  if (Lost.Owed.isTransaction())
    return Exits.all(Lost.At, [&](const State &Now) { return Step.mayRollBack(Now, Lost); });
  auto IsBorrow = [&](const Handover &H) {
    return Proven.contains(H.At) ||
           (H.Reads == Handover::Reading::LikelyBorrow && llvm::is_contained(Awaits, calleeAt(H.At).Usr));
  };
  auto AcquiresOrNull = [&](const Fact &Call) {
    std::shared_ptr<const Summary> Known = Lookup(Facts.Callees[Call.Index]);
    return Known && acquiresOrNull(*Known);
  };
  auto IsMemory = [&](std::uint16_t Resource) { return Step.resourceName(Resource) == MemoryResource; };
  return Exits.mayRelease(Lost, {Releases, Transfers, IsMemory, IsBorrow, AcquiresOrNull});
}

/// The jumps from which no way leads to the end of a transaction that is open there.
std::set<std::pair<Site, SourcePoint>> Explorer::leavingJumps(const Witness &Reasons) const {
  std::set<std::pair<Site, SourcePoint>> Leaving;
  for (const auto &[Key, Same] : Violations) {
    const auto &[Begin, Kind, At] = Key;
    const Site Began = Begin.first;
    auto Ends = Releases.find(Begin);
    if (!Same.front().IsJump || Ends == Releases.end())
      continue;
    auto Closed = Closes.find(Began);
    std::set<BlockId> EndedIn = Closed != Closes.end() ? Closed->second : std::set<BlockId>();
    for (const auto &[Where, Block] : Ends->second)
      EndedIn.insert(Block);
    const bool Leads = llvm::any_of(Facts.Blocks[ViolatedIn.at(Key)].Edges, [&](const Edge &E) {
      return E.Reachable && Reasons.reaches(E.To, EndedIn, Numbers.blockOf(Began));
    });
    if (!Leads)
      Leaving.insert({Began, At});
  }
  return Leaving;
}

/// Whether a transaction that is left open is a mistake of this function, rather than what its callers want.
bool Explorer::isMistake(const Violation &V,
                         const std::set<std::pair<Site, SourcePoint>> &LeavingJumps) const {
  if (V.Kind == FindingKind::Freed || V.Kind == FindingKind::ReleasedTwice)
    return true;
  if (V.Kind != FindingKind::Overwritten && !Open.isMistake(V.Owed.At))
    return false;
  if (V.IsJump)
    return LeavingJumps.contains({V.Owed.At, V.At});
  // What happens after such a jump is not worth another finding.
  for (const connsan::Step *S = V.Path; S; S = S->Before)
    if (S->What == connsan::Step::Kind::Jump &&
        LeavingJumps.contains({V.Owed.At, Numbers.factAt(S->Where).At}))
      return false;
  return true;
}

std::vector<Finding> Explorer::findings() {
  std::vector<Finding> Found;
  Witness Reasons(Facts, Numbers, Releases, Transfers);
  const std::set<std::pair<Site, SourcePoint>> LeavingJumps = leavingJumps(Reasons);
  for (const auto &[Key, Same] : Violations) {
    const Violation *Best = nullptr;
    Confidence Trust = Confidence::Medium;
    std::vector<std::string> BestAwaits;
    // A jump before which some path ends the process is there to end it.
    bool EndsProcess = std::get<FindingKind>(Key) == FindingKind::Unwound &&
                       llvm::any_of(Same, [](const Violation &L) { return L.MayBeEnd; });
    for (const Violation &L : Same) {
      bool Silent = false;
      const bool IsTransaction = L.Owed.isTransaction();
      if (IsTransaction && !isMistake(L, LeavingJumps))
        continue;
      const bool IsDoubtful = IsTransaction && L.Kind != FindingKind::Exit && L.Kind != FindingKind::Freed;
      Confidence Here =
          IsDoubtful || L.MayBeEnd || L.MayNotBe || EndsProcess ? Confidence::Medium : Confidence::High;
      std::vector<std::string> Awaits;
      for (const Handover &H : L.Owed.Handovers) {
        if (Proven.contains(H.At))
          continue;
        if (Here == Confidence::High || !Awaits.empty())
          Awaits.push_back(calleeAt(H.At).Usr);
        Here = Confidence::Medium;
        Silent |= H.Reads == Handover::Reading::LikelyKeep;
      }
      if (Silent)
        continue;
      unsigned Length = L.Path ? L.Path->Length : 0;
      bool Better =
          !Best || Here > Trust || (Here == Trust && Length < (Best->Path ? Best->Path->Length : 0));
      if (Better) {
        Best = &L;
        Trust = Here;
        BestAwaits = std::move(Awaits);
      }
    }
    if (!Best)
      continue;
    Finding &New = Found.emplace_back();
    const bool WasAtEntry = Best->Owed.At == Obligation::AtEntry;
    const Fact &Acquire = Numbers.factAt(WasAtEntry ? 0 : Best->Owed.At);
    New.Function = Facts.Name;
    New.Resource = Step.resourceName(Best->Owed.Resource);
    New.Acquired = Best->Owed.Acquired;
    if (auto Member = AtEntry.find(Best->Resource); WasAtEntry && Member != AtEntry.end()) {
      New.AcquiredAt = Member->second.At;
      New.KnownBy = Member->second.Why == HeldMember::Reason::Constructors ? Finding::Evidence::Constructors
                                                                           : Finding::Evidence::Destructor;
    } else {
      New.Acquirer = Facts.Callees[Acquire.Index].Name;
      New.AcquirerUsr = Facts.Callees[Acquire.Index].Usr;
      New.AcquiredAt = Acquire.At;
    }
    New.Kind = Best->Kind;
    New.Exit = Best->Exit;
    New.At = Best->Kind == FindingKind::Discarded ? Acquire.At : Best->At;
    New.Holder = Best->Holder;
    New.Trust = Trust;
    New.MayBeReleased = mayBeReleased(*Best, BestAwaits);
    New.Awaits = std::move(BestAwaits);
    New.By = isLeak(Best->Kind) && Best->Exit == ExitKind::Call ? calleeAt(Best->ThrownFrom).Name : Best->By;
    New.Decisions = Reasons.decisions(*Best, ViolatedIn.at(Key));
    if (!isLeak(Best->Kind)) {
      for (const connsan::Step *S = Best->Path; S && New.ReleasedAt.empty(); S = S->Before)
        if (S->What == connsan::Step::Kind::Release && S->Edge == Best->Resource)
          New.ReleasedAt.push_back(Numbers.factAt(S->Where).At);
    } else if (Best->Owed.Acquired) {
      New.ReleasedAt = places(Releases, Witness::acquisition(Best->Owed));
      New.HandedOnAt = places(Transfers, Witness::acquisition(Best->Owed));
    }
    New.EverReleased = !New.ReleasedAt.empty() || Transfers.contains(Witness::acquisition(Best->Owed));
    if (const Origin *From = Step.originOf(Best->Owed)) {
      New.Source = From->Function;
      New.SourceAt = From->At;
      New.SourceFile = From->File;
    }
  }
  return Found;
}

/// Adds that a member of the function's own object holds a resource, or NULL.
void Explorer::assumeHeld(State &In, const HeldMember &M) {
  auto Name = llvm::find(Step.fieldNames(), M.Field);
  if (Name == Step.fieldNames().end() || Facts.Parameters.empty())
    return;
  SymbolId This =
      Values.symbol({Symbol::Kind::Initial, Values.variable(Facts.Parameters.front()), 0, {}, {}});
  RegionId Place = Values.field(Values.pointee(This), Name - Step.fieldNames().begin());
  SymbolId What = Values.symbol({Symbol::Kind::Initial, Place, 0, {}, {}});
  Obligation &Owed = In.Obligations[What];
  Owed.Now = Obligation::Phase::Used;
  Owed.Resource = Step.resource(M.Resource);
  Owed.At = Obligation::AtEntry;
  AtEntry[What] = M;
}

FunctionResult Explorer::run(llvm::ArrayRef<HeldMember> Held) {
  FunctionResult Result;
  const std::size_t Most = std::size_t{Bounds.StepsPerBlock} * (Facts.Blocks.size() + 16);
  std::size_t Budget = Most;
  State First(Values);
  for (const HeldMember &M : Held)
    assumeHeld(First, M);
  arrive(0, std::move(First));
  while (!Waiting.empty() && GaveUp == GiveUp::No) {
    BlockId Id = *Waiting.begin();
    Waiting.erase(Waiting.begin());
    std::vector<std::size_t> Pending = std::move(Queues[Id].Pending);
    Queues[Id].Pending.clear();
    for (std::size_t I : Pending) {
      if (Budget == 0) {
        giveUp(GiveUp::Steps, Most);
        break;
      }
      --Budget;
      checkTime();
      if (GaveUp != GiveUp::No)
        break;
      visit(Id, State(Queues[Id].Seen[I])); // a loop may come back to it
    }
  }
  Result.GaveUp = GaveUp;
  Result.GaveUpAfter = GaveUpAfter;
  Result.Silenced = Silenced;
  if (GaveUp != GiveUp::No) {
    Result.Effects.Outcomes.emplace_back();
    Result.Effects.Complete = false;
    return Result;
  }
  Result.Findings = findings();
  Result.Effects = Effects.take();
  for (Site At : Proven)
    if (const Callee &C = calleeAt(At); !C.Usr.empty())
      Result.Borrowers.insert(C.Usr);
  Open.each([&](Site Began, bool IsLeftOpen) {
    if (const std::string &Usr = calleeAt(Began).Usr; !Usr.empty())
      (IsLeftOpen ? Result.LeftOpenFor : Result.EndedFor).insert(Usr);
  });
  for (const std::string &Usr : Result.LeftOpenFor)
    Result.EndedFor.erase(Usr);
  return Result;
}

std::string Explorer::dumpStates() const {
  std::string Text = "function " + Facts.Name + "\n";
  StateNames Names{Facts, Values, Step.fieldNames(), Step.resourceNames()};
  for (BlockId Id = 0; Id < Queues.size(); ++Id)
    for (std::size_t I = 0; I < Queues[Id].Seen.size(); ++I)
      Text += " block " + std::to_string(Id) + ", state " + std::to_string(I) + "\n" +
              dump(Queues[Id].Seen[I], Names);
  return Text;
}

} // namespace

/// The facts with the connections that callees have in variables of which the function knows nothing; nothing
/// when there are none.
static std::optional<FunctionFacts> withOthersConnections(const FunctionFacts &Facts,
                                                          const SummaryLookup &Lookup) {
  std::optional<FunctionFacts> More;
  auto Add = [&](const AccessPath &On) {
    llvm::ArrayRef<Variable> Known = (More ? *More : Facts).Variables;
    if (On.From != AccessPath::Root::Global ||
        llvm::any_of(Known, [&](const Variable &V) { return V.ProgramName == On.Global; }))
      return;
    if (!More)
      More = Facts;
    More->Variables.push_back({.Name = On.globalName().ltrim(hidden::Mark).str(),
                               .Where = Variable::Storage::Global,
                               .IsPointer = true,
                               .ProgramName = On.Global});
  };
  for (const Callee &C : Facts.Callees) {
    std::shared_ptr<const Summary> Known = Lookup(C);
    if (!Known)
      continue;
    if (Known->Declared.actsOnTransactions())
      Add(Known->Declared.Connection);
    for (const Outcome &O : Known->Outcomes)
      for (const SessionAct &Act : O.Acts)
        Add(Act.On);
  }
  return More;
}

FunctionResult explore(const FunctionFacts &Facts, const ModelSet &Models, const SummaryLookup &Lookup,
                       const Limits &Bounds, llvm::ArrayRef<HeldMember> Held) {
  const std::optional<FunctionFacts> More = withOthersConnections(Facts, Lookup);
  return Explorer(More ? *More : Facts, Models, Lookup, Bounds).run(Held);
}

std::string dumpStates(const FunctionFacts &Facts, const ModelSet &Models, const SummaryLookup &Lookup,
                       const Limits &Bounds) {
  const std::optional<FunctionFacts> More = withOthersConnections(Facts, Lookup);
  Explorer Paths(More ? *More : Facts, Models, Lookup, Bounds);
  Paths.run();
  return Paths.dumpStates();
}

} // namespace connsan
