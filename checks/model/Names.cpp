#include "Names.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

namespace connsan {
namespace {

/// Splits at underscores, colons and changes of case; lower-cases.
llvm::SmallVector<std::string, 6> wordsOf(llvm::StringRef Name) {
  llvm::SmallVector<std::string, 6> Words(1);
  for (std::size_t I = 0; I < Name.size(); ++I) {
    char C = Name[I];
    if (!llvm::isAlpha(C)) {
      Words.emplace_back();
      continue;
    }
    bool StartsWord = llvm::isUpper(C) && I > 0 &&
                      (llvm::isLower(Name[I - 1]) || (I + 1 < Name.size() && llvm::isLower(Name[I + 1])));
    if (StartsWord)
      Words.emplace_back();
    Words.back() += llvm::toLower(C);
  }
  return Words;
}

const llvm::StringSet<> ReleaseWords = {
    "close",   "closes",   "finish",     "free",     "release",   "destroy", "dispose",  "cleanup",
    "clean",   "teardown", "disconnect", "shutdown", "terminate", "delete",  "giveback", "putback",
    "checkin", "fini",     "finalize",   "drop",     "dtor",      "deinit",  "uninit"};
const llvm::StringSet<> StoreWords = {"add",   "push",   "put",  "register", "append",  "insert", "enqueue",
                                      "store", "attach", "save", "keep",     "install", "assign"};
const llvm::StringSet<> FatalWords = {"die",   "dies",  "fatal", "panic", "bail",
                                      "usage", "abort", "exit",  "croak", "quit"};
const llvm::StringSet<> SignalWords = {"kill", "raise"};

const llvm::StringSet<> EndWords = {"commit", "rollback", "abort", "xact", "transaction", "txn", "tx", "trx"};
const llvm::StringSet<> CloseWords = {"close",   "closes",     "finish",    "free",     "destroy",
                                      "dispose", "disconnect", "terminate", "shutdown", "delete"};

bool hasWord(llvm::StringRef Name, const llvm::StringSet<> &Words) {
  return llvm::any_of(wordsOf(Name), [&](const std::string &Word) { return Words.contains(Word); });
}

} // namespace

bool mayEndTransaction(llvm::StringRef QualifiedName) {
  return hasWord(QualifiedName, EndWords);
}

bool closesConnection(llvm::StringRef QualifiedName) {
  return hasWord(QualifiedName, CloseWords);
}

NameHint hintOf(llvm::StringRef QualifiedName) {
  llvm::SmallVector<std::string, 6> Words = wordsOf(QualifiedName);
  for (std::size_t I = 0; I < Words.size(); ++I) {
    bool GivesBack = I + 1 < Words.size() && Words[I] == "give" && Words[I + 1] == "back";
    if (GivesBack || ReleaseWords.contains(Words[I]))
      return NameHint::Release;
  }
  for (const std::string &Word : Words)
    if (FatalWords.contains(Word))
      return NameHint::Fatal;
  for (const std::string &Word : Words)
    if (SignalWords.contains(Word))
      return NameHint::Signal;
  for (const std::string &Word : Words)
    if (StoreWords.contains(Word))
      return NameHint::Store;
  return NameHint::None;
}

} // namespace connsan
