#pragma once

#include "DeclaredModels.h"
#include "Explorer.h"
#include "Program.h"

namespace connsan {

/// Writes what was inferred for functions in the form of `.connsan.yaml`, or a comment where that form cannot
/// say it.
class ModelDump {
public:
  /// Answers with the facts of a function whose body is known.
  using FactsLookup = std::function<std::shared_ptr<const FunctionFacts>(const Callee &)>;

  ModelDump(DeclaredModels &Declared, FactsLookup FactsOf, bool IsCxx)
      : Declared(Declared), FactsOf(std::move(FactsOf)), IsCxx(IsCxx) {}

  /// `OwnFacts` is asked only for a function that does not return.
  void add(const std::string &Name, const FunctionInterface &Interface, const FunctionResult &Result,
           llvm::function_ref<std::shared_ptr<const FunctionFacts>()> OwnFacts);
  /// Items of a list of models.
  std::string take() { return std::move(Text); }

private:
  struct Ends {
    bool Process = false; ///< exits
    bool Jump = false;    ///< unwinds
    bool Unclear = false; ///< throws, or is foreign and may
  };
  void findEnds(const FunctionFacts &Facts, Ends &Into);

  DeclaredModels &Declared;
  FactsLookup FactsOf;
  bool IsCxx;
  llvm::StringSet<> Seen; ///< by `findEnds`
  std::string Text;
};

} // namespace connsan
