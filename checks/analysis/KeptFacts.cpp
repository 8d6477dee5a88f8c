#include "KeptFacts.h"

#include "FactsLayout.h"

#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"

#include <utility>

using namespace clang;

namespace connsan {

static thread_local std::optional<HeadersRead> Announced;

void KeptFacts::announce(HeadersRead Headers) {
  Announced = Headers;
}

void KeptFacts::forget() {
  Functions.clear();
  ByNumber.clear();
  Next = First;
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
      Functions.size() != Source->functions().size() || Next - First > (Last - First) / 2)
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
  return Known.MaxBlocks == MaxBlocks && Known.Text == Source->functions()[*Which].Text ? Known.Facts
                                                                                        : nullptr;
}

std::optional<std::uint32_t> KeptFacts::numberOf(SourcePoint At, std::size_t Which, const Kept &Of) const {
  const SourceManager &Sources = Context->getSourceManager();
  const SourceLocation Place = SourceLocation::getFromRawEncoding(At.Raw);
  if (Place.isInvalid() || (Place.isFileID() && Sources.isLoadedSourceLocation(Place)))
    return At.Raw;
  const SeparateFunction &F = Source->functions()[Which];
  auto [In, Offset] = Sources.getDecomposedExpansionLoc(Place);
  if (In != Sources.getMainFileID() || Offset < F.Begin || Offset >= F.End)
    return std::nullopt;
  if (Place.isFileID())
    return Of.Number + (Offset - F.Begin);
  if (F.FirstInMacro == 0 || At.Raw < F.FirstInMacro)
    return std::nullopt;
  return Of.InMacros + (At.Raw - F.FirstInMacro);
}

std::shared_ptr<const FunctionFacts> KeptFacts::keep(const FunctionDecl &Definition, unsigned MaxBlocks,
                                                     FunctionFacts Facts) {
  std::optional<std::size_t> Which = Source ? Source->indexOf(Definition) : std::nullopt;
  if (!Which)
    return std::make_shared<FunctionFacts>(std::move(Facts));
  const SeparateFunction &F = Source->functions()[*Which];
  Kept New{F.Text, MaxBlocks, Next, Next + (F.End - F.Begin), nullptr};
  std::uint32_t End = New.InMacros;
  bool IsWhole = true;
  forEachPoint(Facts, [&](const SourcePoint &At) {
    std::optional<std::uint32_t> Number = numberOf(At, *Which, New);
    IsWhole &= Number.has_value();
    if (Number && stays({*Number}) && *Number < Last)
      End = std::max(End, *Number + 1);
  });
  if (!IsWhole || End < Next || End >= Last)
    return std::make_shared<FunctionFacts>(std::move(Facts));
  forEachPoint(Facts, [&](SourcePoint &At) { At.Raw = *numberOf(At, *Which, New); });
  New.Facts = std::make_shared<FunctionFacts>(std::move(Facts));
  ByNumber.erase(Functions[*Which].Number);
  ByNumber[Next] = *Which;
  Next = End;
  return (Functions[*Which] = std::move(New)).Facts;
}

SourcePoint KeptFacts::inTree(SourcePoint At) const {
  if (At.Raw < First || At.Raw >= Last)
    return At;
  auto After = ByNumber.upper_bound(At.Raw);
  assert(Source && After != ByNumber.begin() && "kept for another tree");
  const std::size_t Which = std::prev(After)->second;
  const Kept &Of = Functions[Which];
  const SeparateFunction &F = Source->functions()[Which];
  if (At.Raw >= Of.InMacros)
    return {F.FirstInMacro + (At.Raw - Of.InMacros)};
  const SourceManager &Sources = Context->getSourceManager();
  return {Sources.getLocForStartOfFile(Sources.getMainFileID())
              .getLocWithOffset(F.Begin + (At.Raw - Of.Number))
              .getRawEncoding()};
}

} // namespace connsan
