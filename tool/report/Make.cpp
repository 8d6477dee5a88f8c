#include "Make.h"

#include "Complete.h"

namespace connsan::report {

namespace {

/// Names without a line, which the runtime took from symbol tables, are better than none.
void nameWhatLacksLines(Report &R, const SymbolizeOptions &Options) {
  std::vector<std::vector<Name>> Before(R.Frames.size());
  for (size_t I = 0; I < R.Frames.size(); ++I)
    if (Frame &F = R.Frames[I]; F.In != None && !F.Names.empty() && F.Names.back().Line == 0)
      Before[I].swap(F.Names);
  nameFrames(R, Options);
  for (size_t I = 0; I < R.Frames.size(); ++I)
    if (R.Frames[I].Names.empty())
      R.Frames[I].Names.swap(Before[I]);
}

} // namespace

bool makeReport(const std::vector<Input> &Inputs, const SymbolizeOptions *Symbols, Report &R) {
  size_t Before = R.Problems.size();
  readInputs(Inputs, R);
  bool Good = R.Problems.size() == Before;
  if (Symbols)
    nameWhatLacksLines(R, *Symbols);
  complete(R);
  return Good;
}

} // namespace connsan::report
