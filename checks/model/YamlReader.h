#pragma once

#include "llvm/ADT/StringSet.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLParser.h"

#include <cstdint>
#include <optional>
#include <string>

namespace connsan {

/// Reads YAML of a known structure. The first mistake becomes one line: "FILE:LINE:COLUMN: what was
/// expected".
class YamlReader {
public:
  using Node = llvm::yaml::Node;

  YamlReader(llvm::MemoryBufferRef Text, std::string &Error);

  /// The only document; null after a mistake, a NullNode when there is nothing in it.
  Node *root();
  /// Whether the text was YAML, and one document, to its end.
  bool finish();

  /// Says what is wrong at a node; always false.
  bool fail(Node *At, const llvm::Twine &Expected);
  std::optional<std::string> text(Node *N, llvm::StringRef What);
  /// A text that is not empty.
  std::optional<std::string> name(Node *N, llvm::StringRef What);
  std::optional<std::int64_t> number(Node *N, llvm::StringRef What);

  /// Visits the keys and values of a mapping until one fails. A key that is there twice is a mistake.
  template<typename Visit> bool mapping(Node *N, llvm::StringRef What, Visit Each) {
    auto *Map = llvm::dyn_cast_or_null<llvm::yaml::MappingNode>(N);
    if (!Map)
      return fail(N, "expected " + What);
    llvm::StringSet<> Seen;
    for (llvm::yaml::KeyValueNode &Entry : *Map) {
      std::optional<std::string> Key = text(Entry.getKey(), "a key");
      if (!Key)
        return false;
      if (!Seen.insert(*Key).second)
        return fail(Entry.getKey(), "a second '" + *Key + "'; expected one");
      if (!Each(*Key, Entry.getKey(), Entry.getValue()))
        return false;
    }
    return !Stream.failed();
  }

  template<typename Visit> bool sequence(Node *N, llvm::StringRef What, Visit Each) {
    auto *List = llvm::dyn_cast_or_null<llvm::yaml::SequenceNode>(N);
    if (!List)
      return fail(N, "expected " + What);
    for (Node &Item : *List)
      if (!Each(&Item))
        return false;
    return !Stream.failed();
  }

private:
  std::string &Error;
  std::string Name;
  llvm::SourceMgr Sources;
  llvm::yaml::Stream Stream;
  llvm::yaml::document_iterator Document;
};

} // namespace connsan
