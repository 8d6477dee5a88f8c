#pragma once

#include "Exceptions.h"
#include "Values.h"
#include "model/Model.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

/// What a call does to its caller: given by a model, or inferred from a body.
namespace connsan {

/// A way from what the caller can name to a value.
struct AccessPath {
  enum class Root : std::uint8_t { Argument, Global, Result };
  struct Hop {
    std::string Field; ///< empty: the object that the value so far points to
    bool operator==(const Hop &) const = default;
  };
  Root From = Root::Argument;
  std::string Global;    ///< its name in the program
  unsigned Argument = 0; ///< its number, from 0
  std::vector<Hop> Hops;
  bool operator==(const AccessPath &) const = default;
  bool isAbout(unsigned Index) const { return From == Root::Argument && Argument == Index; }
  /// Of a global, as the source has it.
  llvm::StringRef globalName() const { return llvm::StringRef(Global).split('@').first; }
};

/// The call, in a body that is called, which made a resource.
struct Origin {
  std::string Function;
  SourcePoint At;                                        ///< nowhere when that is in another translation unit
  std::string File;                                      ///< the name of the file then
  bool operator==(const Origin &) const { return true; } ///< to callers it makes no difference
};

struct Effect {
  enum class Kind : std::uint8_t {
    Release,      ///< of what was there at entry
    Transfer,     ///< what was there at entry got another owner
    StoreOwned,   ///< a fresh resource was put there
    StoreCopy,    ///< of what another effect of the outcome stores
    StoreInitial, ///< of what another place held at entry
    StoreNumber,
    StoreOther,
  };
  AccessPath Where;
  Kind What = Kind::Release;
  std::string Resource;
  std::int64_t Number = 0; ///< that is stored; 0 also stands for NULL
  Origin From = {};        ///< of what is stored, when it is owned
  AccessPath Of = {};      ///< with `StoreCopy` and `StoreInitial`
  bool Keeps = false;      ///< with `StoreInitial`: that is where the callee keeps a resource
  bool IsInNew = false;    ///< in an object that an effect before this one stores
  bool operator==(const Effect &) const = default;
};

/// Whether it says what is at a place afterwards.
inline bool isStore(const Effect &E) {
  return E.What != Effect::Kind::Release && E.What != Effect::Kind::Transfer;
}

/// What a call does on a connection: with SQL, or to its transaction.
struct SessionAct {
  enum class Kind : std::uint8_t {
    Runs, ///< the statement
    Prepares,
    Begins,
    Commits,
    RollsBack,
    Settles, ///< afterwards none is open
    Forgets, ///< whether one is open is not known afterwards
  };
  /// How a statement that was run ended: as a command, with rows, or not well.
  enum class Success : std::uint8_t { Command, Rows, Failed };
  Kind What = Kind::Runs;
  AccessPath On; ///< the connection
  AccessPath Statement;
  Success Went = Success::Command;
  std::string Text; ///< that is prepared
  std::string Name; ///< of what is prepared
  Origin From = {}; ///< of a transaction that begins
  bool operator==(const SessionAct &) const = default;
};

/// What a function does with texts, SQL and transactions whatever its outcome: as a model says it, or where
/// its body is too much to tell the outcomes apart.
struct DeclaredActs {
  AccessPath Connection;
  AccessPath Statement; ///< or the name of one
  std::optional<SqlModel> Sql;
  Model::Transaction ActsOn = Model::Transaction::Unknown;
  When ActsWhen = When::Always; ///< by what it returns
  std::optional<TextModel> Text;
  bool actsOnTransactions() const { return Sql || ActsOn != Model::Transaction::Unknown; }
  bool isEmpty() const { return !actsOnTransactions() && !Text; }
  bool operator==(const DeclaredActs &) const = default;
};

/// What was true at entry of a value that the caller can name.
struct Requirement {
  AccessPath Where;
  Range Holds;
  std::string Function = {}; ///< a pure one, of what it says of that value; empty: of the value itself
  bool isOfSame(const Requirement &R) const { return Where == R.Where && Function == R.Function; }
  bool operator==(const Requirement &) const = default;
};

/// Whether two places held the same at entry.
struct Equality {
  AccessPath Left, Right;
  bool Holds = true;
  bool operator==(const Equality &) const = default;
};

/// What a pure function would say of a value, such as the status of a new connection.
struct Property {
  std::string Function;
  Range Holds;
  bool operator==(const Property &) const = default;
};

/// One way in which a call can end.
struct Outcome {
  std::vector<Requirement> Requires;
  std::vector<Equality> RequiresEqual;
  Range Returned;
  Model::Result Result = Model::Result::Nothing;
  AccessPath ResultPlace; ///< what is there when the call returns is what it returns, with `Result::Argument`
  bool FromEntry = false; ///< likewise, but what was there when it was called
  bool ReturnsAddress = false;      ///< likewise, but the place itself
  std::string ResultFunction;       ///< a pure one: the result is what it says of what is at `ResultPlace`
  std::string Resource;             ///< of the result
  Origin From;                      ///< of the result, when it is owned
  std::vector<Property> Properties; ///< of the result
  Model::Ending Ends = Model::Ending::Returns;
  ExceptionType Thrown; ///< when it ends by an exception
  Ground Why = Ground::Seen;
  std::vector<Effect> Effects;
  std::vector<SessionAct> Acts; ///< in order
  std::optional<std::string> ReturnedText;
  /// Happens only when the status of this argument is good (or bad).
  std::optional<unsigned> StatusOf;
  bool StatusGood = false;
  std::string StatusFunction; ///< which tells it
  std::int64_t StatusOk = 0;
  bool operator==(const Outcome &) const = default;
};

/// A resource that the callee uses and leaves with its owner.
struct Borrow {
  AccessPath Where;
  std::string Resource; ///< empty: not known
  bool operator==(const Borrow &) const = default;
};

struct Summary {
  /// Nothing is known but the outcomes that throw.
  bool IsForeign = false;
  std::vector<Outcome> Outcomes;
  std::vector<Borrow> Borrows;
  bool Pure = false;
  std::optional<std::int64_t> StatusOk;
  /// Everything that the callee may write to is among the effects.
  bool Complete = true;
  /// If not complete: it writes to what its arguments point to, and not to what the program has elsewhere.
  bool WritesOnlyArguments = false;
  /// Arguments, in order, that it gives to unknown code, which may release what they hold.
  std::vector<std::uint32_t> PassedOn;
  DeclaredActs Declared; ///< whatever the outcome
  bool operator==(const Summary &) const = default;
};

/// Answers what a callee does; nothing when neither model nor body tells.
using SummaryLookup = std::function<std::shared_ptr<const Summary>(const Callee &)>;

/// Whether a caller may come to owe a release, or to release twice.
bool changesOwnership(const Summary &S);

/// Whether it depends on something else than a place, such as a flag, which of two outcomes a call has.
bool areToldApart(const Outcome &O, const Outcome &Other, const AccessPath &Place);

/// What holds whichever of several functions is called.
Summary weakest(llvm::ArrayRef<const Summary *> Each);

/// A model in the form of a summary; `Models` tells what else it refers to.
Summary summarize(const Model &M, const ModelSet &Models, const Callee &Called);

/// What a model says of texts, SQL and transactions.
DeclaredActs declaredActs(const Model &M, const ModelSet &Models, const Callee &Called);

/// What a function throws of which no body is known, by what is said of it: nothing when `M` is null.
std::optional<Outcome> thrownBy(const Model *M, const Callee &Called);

/// One line an outcome; what `connsan check --dump=summaries` prints.
std::string dump(const Summary &S, llvm::StringRef Function);

} // namespace connsan
