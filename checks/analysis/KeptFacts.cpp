#include "KeptFacts.h"

#include "FactsLayout.h"

#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

#include <utility>

using namespace clang;

namespace connsan {

static thread_local std::optional<HeadersRead> Announced;

void KeptFacts::announce(HeadersRead Headers) {
  Announced = Headers;
}

void KeptFacts::forget() {
  Forgotten.clear();
  for (const Kept &Each : Functions)
    if (Each.Facts)
      Forgotten.push_back(Each.Places);
  Functions.clear();
  ByNumber.clear();
  if (Next - First > (Last - First) / 2) {
    Forgotten.clear();
    Next = First;
  }
}

void KeptFacts::begin(ASTContext &Tree, llvm::ArrayRef<const FunctionDecl *> Definitions) {
  const std::optional<HeadersRead> Before = std::exchange(Announced, std::nullopt);
  const SourceManager &Sources = Tree.getSourceManager();
  OptionalFileEntryRef Main = Sources.getFileEntryRefForID(Sources.getMainFileID());
  Context = &Tree;
  Source.reset();
  if (!Before || !Main || Sources.getNextLocalOffset() > First ||
      Sources.isLoadedSourceLocation(SourceLocation::getFromRawEncoding(Last))) {
    forget();
    return;
  }
  Source.emplace(Tree, Definitions);
  const llvm::XXH128_hash_t Now = Source->rest();
  if (*Before != Headers || Main->getName() != File || Now != Rest ||
      Functions.size() != Source->functions().size())
    forget();
  Headers = *Before;
  File = Main->getName();
  Rest = Now;
  Functions.resize(Source->functions().size());
}

std::shared_ptr<const FunctionFacts> KeptFacts::find(const FunctionDecl &Definition,
                                                     unsigned MaxBlocks) const {
  std::optional<std::size_t> Which = Source ? Source->indexOf(Definition) : std::nullopt;
  if (!Which)
    return nullptr;
  const Kept &Known = Functions[*Which];
  return Known.MaxBlocks == MaxBlocks && Known.Places.Text == Source->functions()[*Which].Text ? Known.Facts
                                                                                               : nullptr;
}

std::optional<std::uint32_t> KeptFacts::numberOf(SourcePoint At, const SeparateFunction &F,
                                                 const Numbers &Of) const {
  const SourceManager &Sources = Context->getSourceManager();
  const SourceLocation Place = SourceLocation::getFromRawEncoding(At.Raw);
  if (Place.isInvalid() || (Place.isFileID() && Sources.isLoadedSourceLocation(Place)))
    return At.Raw;
  auto [In, Offset] = Sources.getDecomposedExpansionLoc(Place);
  if (In != Sources.getMainFileID() || Offset < F.Begin || Offset >= F.End)
    return std::nullopt;
  if (Place.isFileID())
    return Of.Begin + (Offset - F.Begin);
  if (F.FirstInMacro == 0 || At.Raw < F.FirstInMacro)
    return std::nullopt;
  return Of.InMacros + (At.Raw - F.FirstInMacro);
}

KeptFacts::Numbers KeptFacts::newNumbers(const SeparateFunction &F) const {
  return {F.Text, Next, Next + (F.End - F.Begin), Last};
}

/// A text gets the numbers that it had: what its facts came to is known by them, if they are still the same.
KeptFacts::Numbers KeptFacts::numbersFor(const SeparateFunction &F) {
  auto Same = llvm::find_if(Forgotten, [&](const Numbers &Each) { return Each.Text == F.Text; });
  if (Same == Forgotten.end())
    return newNumbers(F);
  const Numbers Found = *Same;
  Forgotten.erase(Same);
  return Found;
}

/// The number behind all that the facts would have; none when one of their places is elsewhere.
std::optional<std::uint32_t> KeptFacts::endOfNumbers(FunctionFacts &Facts, const SeparateFunction &F,
                                                     const Numbers &Of) const {
  std::uint32_t End = Of.InMacros;
  bool IsWhole = true;
  forEachPoint(Facts, [&](const SourcePoint &At) {
    std::optional<std::uint32_t> Number = numberOf(At, F, Of);
    IsWhole &= Number.has_value();
    if (Number && stays({*Number}) && *Number < Last)
      End = std::max(End, *Number + 1);
  });
  return IsWhole ? std::optional(End) : std::nullopt;
}

std::shared_ptr<const FunctionFacts> KeptFacts::keep(const FunctionDecl &Definition, unsigned MaxBlocks,
                                                     FunctionFacts Facts) {
  std::optional<std::size_t> Which = Source ? Source->indexOf(Definition) : std::nullopt;
  if (!Which)
    return std::make_shared<FunctionFacts>(std::move(Facts));
  const SeparateFunction &F = Source->functions()[*Which];
  Numbers New = numbersFor(F);
  std::optional<std::uint32_t> End = endOfNumbers(Facts, F, New);
  if (End && *End > New.End) { // its macros are longer now
    New = newNumbers(F);
    End = endOfNumbers(Facts, F, New);
  }
  if (!End || *End > New.End)
    return std::make_shared<FunctionFacts>(std::move(Facts));
  forEachPoint(Facts, [&](SourcePoint &At) { At.Raw = *numberOf(At, F, New); });
  New.End = *End;
  ByNumber.erase(Functions[*Which].Places.Begin);
  ByNumber[New.Begin] = *Which;
  Next = std::max(Next, New.End);
  Functions[*Which] = {New, MaxBlocks, std::make_shared<FunctionFacts>(std::move(Facts))};
  return Functions[*Which].Facts;
}

SourcePoint KeptFacts::inTree(SourcePoint At) const {
  if (At.Raw < First || At.Raw >= Last)
    return At;
  auto After = ByNumber.upper_bound(At.Raw);
  if (After == ByNumber.begin())
    return {}; // of another tree
  const std::size_t Which = std::prev(After)->second;
  const Numbers &Of = Functions[Which].Places;
  const SeparateFunction &F = Source->functions()[Which];
  if (At.Raw >= Of.InMacros)
    return {F.FirstInMacro + (At.Raw - Of.InMacros)};
  const SourceManager &Sources = Context->getSourceManager();
  return {Sources.getLocForStartOfFile(Sources.getMainFileID())
              .getLocWithOffset(F.Begin + (At.Raw - Of.Begin))
              .getRawEncoding()};
}

} // namespace connsan
