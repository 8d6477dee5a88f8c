#include "LeakText.h"

#include "llvm/ADT/StringExtras.h"

namespace connsan {
namespace {

std::string readable(llvm::StringRef Resource) {
  std::string Words = Resource.str();
  std::replace(Words.begin(), Words.end(), '-', ' ');
  return Words;
}

/// "connection 'c'", or "the connection from 'PQconnectdb'" when no variable holds it.
std::string subject(const Leak &L) {
  if (!L.Holder.empty())
    return readable(L.Resource) + " '" + L.Holder + "'";
  return "the " + readable(L.Resource) + " from '" + L.Acquirer + "'";
}

std::string wayOut(const Leak &L) {
  switch (L.Exit) {
  case ExitKind::Return:
    return "on this return";
  case ExitKind::FunctionEnd:
    return "before the end of '" + L.Function + "'";
  case ExitKind::ScopeEnd:
    return "before its scope ends here";
  case ExitKind::Break:
    return "before this 'break'";
  case ExitKind::Continue:
    return "before this 'continue'";
  case ExitKind::Goto:
    return "before this 'goto'";
  }
  return "";
}

std::string sentence(const Leak &L) {
  switch (L.Kind) {
  case LossKind::Exit:
    return subject(L) + " is not released " + wayOut(L);
  case LossKind::Overwritten:
    return subject(L) + " is overwritten here and was not released";
  case LossKind::Discarded:
    return "the " + readable(L.Resource) + " from '" + L.Acquirer +
           "' is not stored, so nothing can release it";
  case LossKind::Freed:
    return subject(L) + " is not released before the object that holds it is freed";
  case LossKind::Unwound:
    return subject(L) + " is not released before control jumps out of '" + L.Function + "' here";
  }
  return "";
}

std::string words(const Decision &D) {
  std::string Condition = "'" + D.Condition + "'";
  switch (D.Took) {
  case Decision::Outcome::True:
    return "taken when " + Condition + " is true";
  case Decision::Outcome::False:
    return "taken when " + Condition + " is false";
  case Decision::Outcome::Case:
    return "taken when " + Condition + " is " + std::to_string(D.CaseValue);
  case Decision::Outcome::NoCase:
    return "taken when no case of " + Condition + " matches, or another one does";
  }
  return "";
}

std::string origin(const Leak &L) {
  return L.Acquired ? "acquired here by '" + L.Acquirer + "'"
                    : "used as a " + readable(L.Resource) + " here before";
}

void explain(const Leak &L, LeakMessage &Into) {
  for (const Decision &D : L.Decisions)
    Into.Notes.push_back({D.At, words(D)});
}

} // namespace

LeakMessage describe(const Leak &L) {
  LeakMessage M{L.At, sentence(L), {}};
  if (L.Kind != LossKind::Discarded)
    M.Notes.push_back({L.AcquiredAt, origin(L)});
  explain(L, M);
  if (!L.ReleasedAt.empty())
    M.Notes.push_back({L.ReleasedAt.front(), "released here on another path"});
  return M;
}

LeakMessage describeNeverReleased(const std::vector<Leak> &Exits) {
  const Leak &First = Exits.front();
  if (First.Kind == LossKind::Discarded)
    return describe(First);
  LeakMessage M{First.AcquiredAt, subject(First) + " is never released", {}};
  for (const Leak &L : Exits) {
    explain(L, M);
    M.Notes.push_back({L.At, sentence(L)});
  }
  return M;
}

} // namespace connsan
