#include "Transfer.h"

namespace connsan {

std::uint32_t Transfer::numberOf(const ExceptionType &Type) {
  auto Known = llvm::find(Exceptions, Type);
  if (Known == Exceptions.end())
    Known = Exceptions.insert(Known, Type);
  return Known - Exceptions.begin();
}

/// Whether what goes to this landing meets a handler before it leaves the function.
bool Transfer::leadsToHandler(BlockId Landing) const {
  while (Landing != Facts.Exit) {
    const Block &B = Facts.Blocks[Landing];
    if (B.Ends == Block::Ending::Dispatch)
      return true;
    if (B.Edges.empty())
      return false;
    Landing = B.Edges.front().To;
  }
  return false;
}

/// Whether anything can come of an exception that the callee throws.
bool Transfer::isWorthFollowing(const State &In, const Fact &F, const Outcome &O) {
  if (F.Landing == NoBlock)
    return false;
  if (O.Why == Ground::Seen || leadsToHandler(F.Landing))
    return true;
  if (O.Why == Ground::Memory)
    return false;
  Out.mayThrow();
  return !In.Obligations.empty() || !In.Fates.empty();
}

void Transfer::raise(State &In, const Fact &F, std::uint32_t Type, Ground Why) {
  In.Leaving = true;
  In.Exit = F.What == Fact::Kind::Throw || F.What == Fact::Kind::Rethrow ? ExitKind::Throw : ExitKind::Call;
  In.ExitAt = F.At;
  In.Thrown = {Type, Why, F.Landing != NoBlock && leadsToHandler(F.Landing), CurrentSite};
}

std::optional<bool> Transfer::catches(const State &In, const Edge &Handler) const {
  const ExceptionType &Thrown = Exceptions[In.Thrown.Type];
  if (Handler.Catches == 0)
    return true;
  if (Thrown.CaughtAs.empty())
    return std::nullopt;
  return llvm::is_contained(Thrown.CaughtAs, Facts.Strings[Handler.Catches]);
}

void Transfer::handle(State &In) const {
  if (Rethrows)
    In.Caught = In.Thrown.Type;
  In.stay();
}

bool Transfer::passOn(State &In, BlockId To, bool MayHaveBeenTaken) const {
  In.Thrown.MayBeCaught = leadsToHandler(To);
  // What may be of a type that was caught is not sure to come this far.
  if (MayHaveBeenTaken && In.Thrown.Why == Ground::Seen)
    In.Thrown.Why = Ground::Foreign;
  return In.Thrown.MayBeCaught || In.Thrown.Why != Ground::Memory;
}

} // namespace connsan
