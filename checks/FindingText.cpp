#include "FindingText.h"

#include "llvm/ADT/StringExtras.h"

#include <algorithm>

namespace connsan {
namespace {

std::string readable(llvm::StringRef Resource) {
  std::string Words = Resource.str();
  std::replace(Words.begin(), Words.end(), '-', ' ');
  return Words;
}

/// "connection 'c'", or "the connection from 'PQconnectdb'" when no variable holds it.
std::string subject(const Finding &L) {
  if (!L.Holder.empty())
    return readable(L.Resource) + " '" + L.Holder + "'";
  return "the " + readable(L.Resource) + " from '" + L.Acquirer + "'";
}

/// "the transaction on 'c'".
std::string transaction(const Finding &L) {
  return L.Holder.empty() ? "the transaction" : "the transaction on '" + L.Holder + "'";
}

std::string wayOut(const Finding &L) {
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
  case ExitKind::Throw:
    return "before this 'throw'";
  case ExitKind::Call:
    return "when '" + L.By + "' throws here";
  }
  return "";
}

std::string transactionSentence(const Finding &L) {
  const std::string Nowhere = " is neither committed nor rolled back ";
  switch (L.Kind) {
  case FindingKind::Overwritten:
    return transaction(L) + " is still open where the next one begins";
  case FindingKind::Freed:
    return transaction(L) + " is still open when '" + L.By + "' takes the connection back";
  case FindingKind::Unwound:
    return transaction(L) + Nowhere + "before control jumps out of '" + L.Function + "' here";
  case FindingKind::ReleasedTwice:
    return "no transaction is open" + (L.Holder.empty() ? "" : " on '" + L.Holder + "'") +
           " that this could commit";
  default:
    return transaction(L) + Nowhere + wayOut(L);
  }
}

std::string sentence(const Finding &L) {
  if (L.isTransaction())
    return transactionSentence(L);
  switch (L.Kind) {
  case FindingKind::Exit:
    return subject(L) + " is not released " + wayOut(L);
  case FindingKind::Overwritten:
    return subject(L) + " is overwritten here and was not released";
  case FindingKind::Discarded:
    return "the " + readable(L.Resource) + " from '" + L.Acquirer +
           "' is not stored, so nothing can release it";
  case FindingKind::Freed:
    return subject(L) + " is not released before the object that holds it is freed";
  case FindingKind::Unwound:
    return subject(L) + " is not released before control jumps out of '" + L.Function + "' here";
  case FindingKind::UsedAfterRelease:
    return subject(L) + " is given to '" + L.By + "' after it was released";
  case FindingKind::ReleasedTwice:
    return subject(L) + " is released a second time";
  case FindingKind::ReleasedWrongly:
    return subject(L) + " came from '" + L.Acquirer + "' and is not to be released by '" + L.By + "'";
  case FindingKind::OwnerKeeps:
    return "'" + L.Function + "' acquires " + subject(L) + " and has no destructor that releases it";
  case FindingKind::OwnerCopied:
    return L.By.empty() ? "'" + L.Function + "' releases " + subject(L) +
                              " in its destructor, and so does a copy of it"
                        : "'" + L.Function + "' is copied here, and both objects release " + subject(L) +
                              " in their destructor";
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
  case Decision::Outcome::Throws:
    return D.Condition.empty() ? "thrown here" : "taken when " + Condition + " throws here";
  }
  return "";
}

std::string origin(const Finding &L) {
  if (L.isTransaction())
    return "begun here by '" + L.Acquirer + "'";
  if (L.KnownBy == Finding::Evidence::Constructors)
    return "acquired here by every constructor";
  if (L.KnownBy == Finding::Evidence::Destructor)
    return "the destructor releases what it holds";
  return L.Acquired ? "acquired here by '" + L.Acquirer + "'"
                    : "used as a " + readable(L.Resource) + " here before";
}

/// Those who ask for findings of medium confidence see which ones they are.
FindingMessage message(SourcePoint At, const std::string &Text, Confidence Trust) {
  return {At, Text + (Trust == Confidence::Medium ? " (medium confidence)" : ""), Trust, {}, false};
}

/// Where the helper that acquired it got it from.
void explainSource(const Finding &L, FindingMessage &Into) {
  const std::string How =
      "'" + L.Acquirer + (L.isTransaction() ? "' begins it by '" : "' gets it from '") + L.Source + "'";
  if (!L.Source.empty() && L.SourceAt != SourcePoint())
    Into.Notes.push_back({L.SourceAt, How + " here"});
  else if (!L.Source.empty() && !L.SourceFile.empty())
    Into.Notes.push_back({L.AcquiredAt, How + " in " + L.SourceFile});
}

void explain(const Finding &L, unsigned Path, FindingMessage &Into) {
  for (const Decision &D : L.Decisions)
    Into.Notes.push_back({D.At, words(D), Path});
}

} // namespace

FindingMessage describe(const Finding &L) {
  FindingMessage M = message(L.At, sentence(L), L.Trust);
  bool Known = (L.Acquired || isLeak(L.Kind)) && L.AcquiredAt != SourcePoint();
  if (L.Kind != FindingKind::Discarded && Known)
    M.Notes.push_back({L.AcquiredAt, origin(L), 1});
  explainSource(L, M);
  if (!isLeak(L.Kind) && !L.ReleasedAt.empty())
    M.Notes.push_back({L.ReleasedAt.front(), "released here", 1});
  explain(L, 1, M);
  if (isLeak(L.Kind) && !L.ReleasedAt.empty())
    M.Notes.push_back({L.ReleasedAt.front(),
                       L.isTransaction() ? "ended here on another path" : "released here on another path"});
  else if (isLeak(L.Kind) && !L.HandedOnAt.empty())
    M.Notes.push_back({L.HandedOnAt.front(), "handed on here on another path"});
  return M;
}

FindingMessage describeNeverReleased(llvm::ArrayRef<Finding> Exits) {
  const Finding &First = Exits.front();
  if (First.Kind == FindingKind::Discarded)
    return describe(First);
  Confidence Trust = Confidence::Medium;
  for (const Finding &L : Exits)
    Trust = std::max(Trust, L.Trust);
  FindingMessage M = message(First.AcquiredAt, subject(First) + " is never released", Trust);
  M.BeginsPaths = true;
  explainSource(First, M);
  unsigned Path = 0;
  for (const Finding &L : Exits) {
    explain(L, ++Path, M);
    M.Notes.push_back({L.At, sentence(L), Path});
  }
  return M;
}

} // namespace connsan
