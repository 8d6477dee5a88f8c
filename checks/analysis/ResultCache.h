#pragma once

#include "Explorer.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/xxhash.h"

#include <map>

namespace connsan {

/// What explorations came to, by all that went into them: the facts, what is known of the callees, and what
/// the models say of resources. Places count from the end of the function, so that it can move in its file,
/// unless they stay as they are (see `KeptFacts`). Not thread-safe.
class ResultCache {
public:
  /// `Maker` stands for the program that explores: what another one has found out is not used.
  explicit ResultCache(std::uint64_t Maker);

  /// As `connsan::explore`, unless that was done before.
  std::shared_ptr<const FunctionResult> explore(const std::shared_ptr<const FunctionFacts> &Facts,
                                                const ModelSet &Models, const SummaryLookup &Lookup,
                                                const Limits &Bounds, llvm::ArrayRef<HeldMember> Held = {});

  /// For who checks one program again and again: forgets what was not asked for since the last call, and
  /// keeps from now on what took too long as well.
  void checkAgain();

  /// What was asked for, as bytes. The same results give the same bytes.
  std::string encode() const;
  /// Takes over what such bytes hold; the error says in one line why they cannot be used.
  llvm::Error decode(llvm::StringRef Bytes);

  unsigned explored() const { return Explored; } ///< that were not there
  /// Whether `encode` gives something else than what was read.
  bool isChanged() const { return Explored > 0 || Found < Stored; }

private:
  using Key = std::pair<std::uint64_t, std::uint64_t>;
  struct Kept {
    std::string Bytes;                              ///< where places count from the end of the function
    std::shared_ptr<const FunctionResult> Unpacked; ///< where they stay
    bool IsUsed = false;
  };
  class Input;
  class Digests;

  std::uint64_t Maker;
  std::map<Key, Kept> Results;
  llvm::DenseMap<const ModelSet *, llvm::XXH128_hash_t> Resources; ///< of what the models say of them
  std::shared_ptr<Digests> Known;
  bool KeepsTimeouts = false;
  unsigned Explored = 0;
  unsigned Found = 0;
  unsigned Stored = 0; ///< that were read
};

} // namespace connsan
