#pragma once

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSet.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What one function does with resources, as the built-in models, a user's `.connsan.yaml` or an attribute
/// says.
namespace connsan {

/// Memory from malloc is followed for what it holds; that it leaks itself is the business of other tools.
inline constexpr llvm::StringLiteral MemoryResource = "memory";

/// What is open between BEGIN and its end: a resource of the connection.
inline constexpr llvm::StringLiteral TransactionResource = "transaction";

/// The function of libpq that tells how a statement went.
inline constexpr llvm::StringLiteral ResultStatusFunction = "PQresultStatus";

/// When an effect happens, by what the function returned or by the status of the resource.
enum class When : std::uint8_t { Always, Zero, NonZero, Negative, Positive, StatusOk, StatusBad };

/// What a function does with SQL that it is given, on its first connection.
struct SqlModel {
  enum class Act : std::uint8_t {
    Runs,
    Sends, ///< its results are received later
    Prepares,
    RunsPrepared,
    SendsPrepared,
    Receives, ///< a result of what was sent
  };
  Act What = Act::Runs;
  unsigned Statement = 0;       ///< the argument that is the SQL, or the name of a prepared statement, from 0
  unsigned Name = 0;            ///< of a statement that is prepared: the argument, from 0
  When Succeeds = When::Always; ///< by what the function returns
  bool operator==(const SqlModel &) const = default;
};

/// A text that the function makes of another: a copy of it, or one with the same beginning.
struct TextModel {
  std::optional<unsigned> Of;   ///< the argument that is the text, or the format, from 0; else it is empty
  std::optional<unsigned> Then; ///< another one, by which it goes on
  std::optional<unsigned> Into; ///< the argument that holds the new one, from 0; else the result does
  std::string Field;            ///< of the object there, when that is not itself the text
  bool Appends = false;         ///< to what is there
  bool operator==(const TextModel &) const = default;
};

struct ArgumentModel {
  enum class Effect : std::uint8_t { None, Borrow, Release, Transfer, AcquireOut };
  Effect What = Effect::None;
  When Condition = When::Always;
  std::string Resource;       ///< empty: the model's
  bool NullOtherwise = false; ///< a place that gets no resource gets NULL
  bool operator==(const ArgumentModel &) const = default;
};

struct Model {
  enum class Result : std::uint8_t { Nothing, Acquire, AcquireOrNull, Borrow, Argument };
  enum class Ending : std::uint8_t {
    Returns,
    Exits,
    Unwinds, ///< by longjmp and its kin
    Throws,  ///< a C++ exception; `Model::Throws` says so of a model
  };
  /// What it does to the transaction of its first connection. Tells: what PQtransactionStatus does.
  enum class Transaction : std::uint8_t { Unknown, Begins, Ends, RollsBack, Tells };
  enum class Throwing : std::uint8_t { Unknown, Never, May };

  std::string Function; ///< qualified name
  /// Whether it says what the function does with resources. Else only its last part says something, and who
  /// owns what is as if there were no model.
  bool Ownership = true;
  std::string Resource = "connection";
  Result Returns = Result::Nothing;
  unsigned ReturnedArgument = 0; ///< from 0, with `Result::Argument`
  std::vector<ArgumentModel> Arguments;
  Ending Ends = Ending::Returns;
  std::optional<unsigned> EndsIf;       ///< it does so by the value of this argument, from 0; else always
  std::optional<std::int64_t> EndsFrom; ///< and up; else when it is not zero
  /// The result depends on the arguments alone until one of them is changed.
  bool Pure = false;
  /// The function tells the status of its first argument; this value means that it is good.
  std::optional<std::int64_t> StatusOk;

  Transaction ActsOn = Transaction::Unknown;
  When ActsWhen = When::Always; ///< by what it returns
  std::optional<SqlModel> Sql;
  std::optional<TextModel> Text;
  Throwing Throws = Throwing::Unknown;
  /// The type that it throws, then the bases by which that is caught; empty: any type.
  std::vector<std::string> Exceptions;

  llvm::StringRef resourceOf(const ArgumentModel &A) const {
    return A.Resource.empty() ? Resource : A.Resource;
  }
  /// Whether a caller may come to owe a release.
  bool acquires() const;
  bool releases() const;
  /// Whether it may begin or end a transaction.
  bool actsOnTransactions() const;
  /// Whether there may be something to find where it is called.
  bool matters() const { return acquires() || releases() || actsOnTransactions(); }
  /// What a later model of the same function says; what that leaves open stays.
  void takeOver(const Model &Later);
  bool operator==(const Model &) const = default;
};

/// All models that hold for one source file. What a later one says replaces what an earlier one said of the
/// same function.
class ModelSet {
public:
  void add(const Model &M);
  /// What is known so far is built in.
  void markBuiltin();
  const Model *find(llvm::StringRef Function) const;
  /// What the user's file alone says.
  const Model *findUsers(llvm::StringRef Function) const;
  const llvm::StringMap<Model> &all() const { return Models; }
  /// A resource that always has this type, such as `connection` for `pg_conn`; empty when there is none.
  std::string resourceOfType(llvm::StringRef Record) const { return Types.lookup(Record); }
  bool hasType(llvm::StringRef Resource) const;
  /// Whether a resource is libpq's, rather than of a user's model.
  bool isBuiltin(llvm::StringRef Resource) const { return Builtin.contains(Resource); }
  /// The types and the names of all resources: sets that say the same of them give the same text.
  std::string describeResources() const;
  void addType(llvm::StringRef Record, llvm::StringRef Resource) { Types[Record] = Resource.str(); }
  /// The function that tells whether a resource is usable, if one is modelled.
  const Model *statusFunction() const { return find(StatusFunction); }

private:
  llvm::StringMap<Model> Models;
  llvm::StringMap<Model> Users;
  llvm::StringMap<std::string> Types;
  llvm::StringSet<> Builtin;
  std::string StatusFunction;
  bool BuiltinsKnown = false;
};

/// The models that ship with connsan: libpq, and what of C and POSIX matters to it.
const ModelSet &builtinModels();

} // namespace connsan
