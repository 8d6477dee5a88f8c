#include "Memory.h"

namespace connsan {

SymbolId Memory::subjectOf(const Value &V) const {
  if (V.mentionsSymbol())
    return V.Id;
  if (V.isAddress())
    if (const Region &Root = Values->regionAt(Values->root(V.Id)); Root.What == Region::Kind::Pointee)
      return Root.Parent;
  return NoSubject;
}

void Memory::changed(const Place &At, const Value *Old, const Value *New) {
  SymbolId Before = Old ? subjectOf(*Old) : NoSubject;
  SymbolId After = New ? subjectOf(*New) : NoSubject;
  if (Before != NoSubject && Before != After)
    Subjects.erase({Before, At});
  if (After != NoSubject)
    Subjects.set({After, At}, New->isSymbol());
}

void Memory::set(RegionId R, const Value &V) {
  const Place &At = Values->placeOf(R);
  changed(At, Cells.find(At), &V);
  Cells.set(At, V);
}

void Memory::erase(RegionId R) {
  const Place &At = Values->placeOf(R);
  changed(At, Cells.find(At), nullptr);
  Cells.erase(At);
}

Memory::CellList Memory::within(RegionId R) const {
  CellList Found;
  Place From = Values->placeOf(R);
  bool IsRoot = Values->root(R) == R;
  if (IsRoot)
    From.Field = 0;
  From.Region = 0;
  for (auto At = Cells.lowerBound(From); At != Cells.end() && At->first.Root == From.Root; ++At) {
    if (!IsRoot && At->first.Field != From.Field)
      break;
    if (IsRoot || Values->isWithin(At->first.Region, R))
      Found.push_back({At->first.Region, At->second});
  }
  return Found;
}

Memory::CellList Memory::inField(RegionId Root, std::uint32_t Field) const {
  CellList Found;
  const std::uint32_t In = Values->placeOf(Root).Root;
  for (auto At = Cells.lowerBound({In, Field, 0});
       At != Cells.end() && At->first.Root == In && At->first.Field == Field; ++At)
    Found.push_back({At->first.Region, At->second});
  return Found;
}

bool Memory::isPartOfUnknown(RegionId R) const {
  while (R != Values->root(R)) {
    R = Values->regionAt(R).Parent;
    if (const Value *Whole = find(R))
      return Whole->What == Value::Kind::Undefined;
  }
  return false;
}

Memory::CellList Memory::from(const Place &First) const {
  CellList Found;
  for (auto At = Cells.lowerBound(First); At != Cells.end(); ++At)
    Found.push_back({At->first.Region, At->second});
  return Found;
}

Memory::CellList Memory::cellsAbout(SymbolId S) const {
  CellList Found;
  anyAbout(S, [&](const Cell &C) {
    Found.push_back(C);
    return false;
  });
  return Found;
}

bool Memory::isAnyAbout(SymbolId S) const {
  auto At = Subjects.lowerBound({S, Place{}});
  return At != Subjects.end() && At->first.first == S;
}

bool Memory::isStored(SymbolId S) const {
  for (auto At = Subjects.lowerBound({S, Place{}}); At != Subjects.end() && At->first.first == S; ++At)
    if (At->second)
      return true;
  return false;
}

} // namespace connsan
