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

/// When an effect happens, by what the function returned or by the status of the resource.
enum class When : std::uint8_t { Always, Zero, NonZero, Negative, Positive, StatusOk, StatusBad };

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
  /// What it does to the transaction of its first connection.
  enum class Transaction : std::uint8_t { Unknown, Begins, Ends, RollsBack };
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
  std::optional<unsigned> Sql; ///< the argument that holds the statement, from 0
  Throwing Throws = Throwing::Unknown;
  /// The type that it throws, then the bases by which that is caught; empty: any type.
  std::vector<std::string> Exceptions;

  llvm::StringRef resourceOf(const ArgumentModel &A) const {
    return A.Resource.empty() ? Resource : A.Resource;
  }
  /// Whether a caller may come to owe a release.
  bool acquires() const;
  bool releases() const;
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
