#pragma once

#include "DeclaredModels.h"
#include "Explorer.h"
#include "Facts.h"

namespace connsan {

/// Writes what was inferred for functions in the form of `.connsan.yaml`, or a comment where that form cannot
/// say it.
class ModelDump {
public:
  /// Answers with the facts of a function whose body is known.
  using FactsLookup = std::function<std::optional<FunctionFacts>(const Callee &)>;

  ModelDump(DeclaredModels &Declared, FactsLookup FactsOf)
      : Declared(Declared), FactsOf(std::move(FactsOf)) {}

  /// Whether another file can call the function by its name, and nobody has said what it does.
  bool wants(const clang::FunctionDecl &Definition);
  void add(const clang::FunctionDecl &Definition, const FunctionResult &Result);
  /// Items of a list of models.
  std::string take() { return std::move(Text); }

private:
  struct Ends {
    bool Process = false; ///< exits
    bool Jump = false;    ///< unwinds
    bool Unclear = false; ///< throws, or is foreign and may
  };
  void findEnds(const FunctionFacts &Facts, bool IsCxx, Ends &Into);

  DeclaredModels &Declared;
  FactsLookup FactsOf;
  llvm::StringSet<> Seen; ///< by `findEnds`
  std::string Text;
};

} // namespace connsan
