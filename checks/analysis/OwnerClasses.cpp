#include "OwnerClasses.h"

#include "llvm/ADT/STLExtras.h"

namespace connsan {
namespace {

/// The member of the function's own object through which a path goes; empty when it is none.
llvm::StringRef memberOn(const AccessPath &Path) {
  bool IsMember = Path.isAbout(0) && Path.Hops.size() >= 2 && Path.Hops[0].Field.empty();
  return IsMember ? llvm::StringRef(Path.Hops[1].Field) : "";
}

/// The member of the function's own object at which a path ends; empty when it is none.
llvm::StringRef memberAt(const AccessPath &Path) {
  return Path.Hops.size() == 2 ? memberOn(Path) : "";
}

/// As the members write it.
std::string spelling(const AccessPath &Path) {
  std::string Text;
  const char *Between = "";
  for (const AccessPath::Hop &Hop : llvm::ArrayRef(Path.Hops).drop_front()) {
    if (!Hop.Field.empty())
      Text += Between + Hop.Field;
    Between = Hop.Field.empty() ? "->" : ".";
  }
  return Text;
}

/// Whether a path goes to what a member of such a name holds, or points to.
bool goesThrough(const AccessPath &Path, llvm::StringRef Field) {
  return llvm::any_of(Path.Hops, [&](const AccessPath::Hop &Hop) { return Hop.Field == Field; });
}

/// Whether nothing but NULL keeps a destructor from releasing what a member holds.
bool alwaysReleases(const Summary &Destructor, llvm::StringRef Field) {
  return llvm::all_of(Destructor.Outcomes, [&](const Outcome &O) {
    return llvm::any_of(O.Effects,
                        [&](const Effect &E) {
                          return E.What == Effect::Kind::Release && memberAt(E.Where) == Field;
                        }) ||
           llvm::any_of(O.Requires, [&](const Requirement &R) {
             return memberAt(R.Where) == Field && R.Holds.single() == 0;
           });
  });
}

bool returns(const Outcome &O) {
  return O.Ends == Model::Ending::Returns;
}

} // namespace

/// What a member function stores in members of its object; always, or on some way.
std::vector<OwnerClasses::Member> OwnerClasses::acquiredBy(FunctionId Function, bool Always) const {
  // In an object on the heap that the member alone knows.
  auto IsInside = [](const Effect &E) {
    return E.IsInNew && E.Where.Hops.size() > 2 && E.Where.Hops[2].Field.empty();
  };
  const Summary *S = Effects(Function);
  if (!S)
    return {};
  auto Stores = [](const Outcome &O, llvm::StringRef Field) {
    return llvm::any_of(O.Effects, [&](const Effect &E) {
      return E.What == Effect::Kind::StoreOwned && memberAt(E.Where) == Field;
    });
  };
  std::vector<Member> Found;
  for (const Outcome &O : S->Outcomes)
    for (const Effect &E : O.Effects) {
      llvm::StringRef Field = !Always && IsInside(E) ? memberOn(E.Where) : memberAt(E.Where);
      bool IsNew = llvm::none_of(Found, [&](const Member &M) { return M.Field == Field; });
      bool Counts =
          E.What == Effect::Kind::StoreOwned && !Field.empty() && E.Resource != MemoryResource && IsNew;
      if (Counts && (!Always || llvm::all_of(S->Outcomes, [&](const Outcome &Each) {
            return !returns(Each) || Stores(Each, Field);
          })))
        Found.push_back({Field.str(), spelling(E.Where), E.Resource, E.From});
    }
  return Found;
}

/// Whether it may release what a member of such a name holds, of whatever object, or give it to others.
bool OwnerClasses::releases(FunctionId Function, const Member &M) const {
  const Summary *S = Effects(Function);
  return S && llvm::any_of(S->Outcomes, [&](const Outcome &O) {
           return llvm::any_of(O.Effects, [&](const Effect &E) {
             // Freeing an object releases nothing of what it holds.
             const bool IsFreed = M.isInside() && E.Resource == MemoryResource;
             bool Ends = E.What == Effect::Kind::Transfer || (E.What == Effect::Kind::Release && !IsFreed);
             const AccessPath &Where = E.What == Effect::Kind::StoreInitial ? E.Of : E.Where;
             return (Ends || E.What == Effect::Kind::StoreInitial) && goesThrough(Where, M.Field);
           });
         });
}

/// Whether it may release what a member holds and put nothing in its place.
bool OwnerClasses::empties(FunctionId Function, llvm::StringRef Field) const {
  const Summary *S = Effects(Function);
  auto Has = [&](const Outcome &O, auto Is) {
    return llvm::any_of(O.Effects, [&](const Effect &E) { return Is(E.What) && memberAt(E.Where) == Field; });
  };
  return S && llvm::any_of(S->Outcomes, [&](const Outcome &O) {
           bool Ends = Has(O, [](Effect::Kind Kind) {
             return Kind == Effect::Kind::Release || Kind == Effect::Kind::Transfer ||
                    Kind == Effect::Kind::StoreNumber || Kind == Effect::Kind::StoreOther;
           });
           return Ends && !Has(O, [](Effect::Kind Kind) { return Kind == Effect::Kind::StoreOwned; });
         });
}

bool OwnerClasses::givesOut(FunctionId Function, llvm::StringRef Field) const {
  const Summary *S = Effects(Function);
  return S && llvm::any_of(S->Outcomes, [&](const Outcome &O) {
           return O.Result == Model::Result::Argument && memberAt(O.ResultPlace) == Field;
         });
}

/// Whether a constructor may call it, itself or through other members: then there is nothing yet.
bool OwnerClasses::isUsedByConstructors(const ClassDescription &Class, FunctionId Member) const {
  std::vector<FunctionId> Reached = Class.Constructors;
  for (std::size_t I = 0; I < Reached.size(); ++I) {
    if (!Unit.definition(Reached[I]))
      return true;
    for (FunctionId Used : Unit.references(Reached[I])) {
      bool IsMember = llvm::is_contained(Class.Methods, Used) || llvm::is_contained(Class.Constructors, Used);
      if (IsMember && !llvm::is_contained(Reached, Used))
        Reached.push_back(Used);
    }
  }
  return llvm::is_contained(Reached, Member);
}

std::vector<HeldMember> OwnerClasses::heldAtEntry(const ClassDescription &Class, FunctionId Member) const {
  std::vector<HeldMember> Held;
  const bool IsAssignment = llvm::is_contained(Class.Assignments, Member);
  if (!IsAssignment && !llvm::is_contained(Class.Methods, Member))
    return Held;
  // An object that is assigned to may hold what its destructor would release.
  if (IsAssignment && Class.Destructor) {
    const FunctionDefinition *End = Unit.definition(*Class.Destructor);
    if (const Summary *S = Effects(*Class.Destructor))
      for (const Outcome &O : S->Outcomes)
        for (const Effect &E : O.Effects)
          if (llvm::StringRef Field = memberAt(E.Where);
              E.What == Effect::Kind::Release && !Field.empty() && alwaysReleases(*S, Field) &&
              E.Resource != MemoryResource &&
              llvm::none_of(Held, [&](const HeldMember &Known) { return Known.Field == Field; }))
            Held.push_back(
                {Field.str(), E.Resource, HeldMember::Reason::Destructor, End ? End->At : Class.At});
    return Held;
  }
  if (Class.HasUnwrittenConstructor || Class.Constructors.empty())
    return Held;
  if (isUsedByConstructors(Class, Member))
    return Held;
  for (const OwnerClasses::Member &M : acquiredBy(Class.Constructors.front(), true)) {
    bool InAll = llvm::all_of(Class.Constructors, [&](FunctionId Other) {
      return llvm::any_of(acquiredBy(Other, true),
                          [&](const OwnerClasses::Member &Same) { return Same.Field == M.Field; });
    });
    // After a member function has released it there may be nothing to release.
    bool MayBeGone = !llvm::all_of(Class.Assignments, [&](FunctionId Other) { return isKnown(Other); }) ||
                     llvm::any_of(Class.Methods, [&](FunctionId Other) {
                       return !isKnown(Other) || (Other != Member && empties(Other, M.Field));
                     });
    if (InAll && !MayBeGone)
      Held.push_back({M.Field, M.Resource, HeldMember::Reason::Constructors, M.From.At});
  }
  return Held;
}

std::optional<Finding> OwnerClasses::judge(const ClassDescription &Class, const Member &M) const {
  auto Field = llvm::find_if(Class.Fields, [&](const auto &Own) { return Own.Name == M.Field; });
  if (Field == Class.Fields.end()) // that of a base is the base's affair
    return std::nullopt;
  Finding F;
  F.Function = Class.Name;
  F.File = Class.File;
  F.Resource = M.Resource;
  F.Acquirer = M.From.Function;
  F.AcquiredAt = M.From.At;
  F.At = Class.At;
  F.Holder = M.Spelling;
  if (Class.Destructor) {
    const Summary *End = Effects(*Class.Destructor);
    if (!End || !End->Complete)
      return std::nullopt;
    if (releases(*Class.Destructor, M)) {
      F.Kind = FindingKind::OwnerCopied;
      F.Trust = Confidence::Medium;
      if (const FunctionDefinition *Written = Unit.definition(*Class.Destructor))
        F.ReleasedAt.push_back(Written->At);
      return Class.CopiesMembers ? std::optional(F) : std::nullopt;
    }
  }
  F.Kind = FindingKind::OwnerKeeps;
  bool MayEndElsewhere = !(Field->IsPrivate || Class.IsInMainFile) ||
                         !llvm::all_of(Class.Constructors, [&](FunctionId Each) { return isKnown(Each); });
  for (const std::vector<FunctionId> *Members : {&Class.Methods, &Class.Assignments})
    for (FunctionId Function : *Members)
      MayEndElsewhere |= !isKnown(Function) || releases(Function, M) || givesOut(Function, M.Field);
  llvm::StringRef Name = llvm::StringRef(Class.Name).rsplit("::").second;
  auto IsThis = [&](llvm::StringRef Record) {
    return Record == (Name.empty() ? llvm::StringRef(Class.Name) : Name);
  };
  for (FunctionId Function : Unit.functionsInScope())
    MayEndElsewhere |= !Field->IsPrivate && Unit.definition(Function) && releases(Function, M) &&
                       Unit.reachesRecord(Function, IsThis);
  F.Trust = MayEndElsewhere ? Confidence::Medium : Confidence::High;
  return F;
}

/// Each copy that is made, or else that one can be made.
std::vector<Finding> OwnerClasses::copiesMade(const ClassDescription &Class, const Member &M,
                                              const Finding &Copyable) const {
  std::vector<Finding> Found;
  const Summary &End = *Effects(*Class.Destructor);
  for (const ClassDescription::Copy &Made : Class.Copies) {
    Finding &F = Found.emplace_back(Copyable);
    F.At = Made.At;
    F.By = Unit.declaration(Made.By).Name;
    if (alwaysReleases(End, M.Field))
      F.Trust = Confidence::High;
  }
  if (Found.empty())
    Found.push_back(Copyable);
  return Found;
}

std::vector<Finding> OwnerClasses::findings(const ClassDescription &Class) const {
  std::vector<Finding> Found;
  for (const std::vector<FunctionId> *Members : {&Class.Constructors, &Class.Methods})
    for (FunctionId Function : *Members)
      for (const Member &M : Unit.definition(Function) ? acquiredBy(Function, false) : std::vector<Member>())
        if (llvm::none_of(Found, [&](const Finding &F) { return F.Holder == M.Spelling; }))
          if (std::optional<Finding> F = judge(Class, M)) {
            if (F->Kind == FindingKind::OwnerCopied)
              llvm::append_range(Found, copiesMade(Class, M, *F));
            else
              Found.push_back(std::move(*F));
          }
  return Found;
}

} // namespace connsan
