#pragma once

#include "Model.h"

#include "llvm/ADT/ArrayRef.h"

namespace connsan {

/// The words by which `.connsan.yaml` and annotations call what a model holds.
template<typename T> struct Word {
  llvm::StringLiteral Text;
  T Means;
};

inline constexpr Word<When> ReturnWords[] = {{"zero", When::Zero},         {"nonzero", When::NonZero},
                                             {"null", When::Zero},         {"nonnull", When::NonZero},
                                             {"negative", When::Negative}, {"positive", When::Positive}};
inline constexpr Word<When> StatusWords[] = {{"ok", When::StatusOk}, {"bad", When::StatusBad}};
inline constexpr Word<ArgumentModel::Effect> EffectWords[] = {
    {"borrow", ArgumentModel::Effect::Borrow},
    {"release", ArgumentModel::Effect::Release},
    {"transfer", ArgumentModel::Effect::Transfer},
    {"acquire-out", ArgumentModel::Effect::AcquireOut},
    {"none", ArgumentModel::Effect::None}};
inline constexpr Word<Model::Result> ResultWords[] = {{"acquire", Model::Result::Acquire},
                                                      {"acquire-or-null", Model::Result::AcquireOrNull},
                                                      {"borrow", Model::Result::Borrow}};
inline constexpr Word<Model::Ending> EndingWords[] = {{"exits", Model::Ending::Exits},
                                                      {"unwinds", Model::Ending::Unwinds}};
inline constexpr Word<Model::Transaction> TransactionWords[] = {{"begins", Model::Transaction::Begins},
                                                                {"ends", Model::Transaction::Ends},
                                                                {"rolls-back", Model::Transaction::RollsBack},
                                                                {"tells", Model::Transaction::Tells}};
inline constexpr Word<SqlModel::Act> SqlWords[] = {{"runs", SqlModel::Act::Runs},
                                                   {"sends", SqlModel::Act::Sends},
                                                   {"prepares", SqlModel::Act::Prepares},
                                                   {"runs-prepared", SqlModel::Act::RunsPrepared},
                                                   {"sends-prepared", SqlModel::Act::SendsPrepared},
                                                   {"receives", SqlModel::Act::Receives}};
inline constexpr Word<Model::Throwing> ThrowingWords[] = {{"never", Model::Throwing::Never},
                                                          {"may", Model::Throwing::May}};

template<typename T, std::size_t N>
std::optional<T> meaning(const Word<T> (&Words)[N], llvm::StringRef Text) {
  for (const Word<T> &W : Words)
    if (W.Text == Text)
      return W.Means;
  return std::nullopt;
}

/// The first word of that meaning; empty when there is none.
template<typename T, std::size_t N> llvm::StringRef wordFor(const Word<T> (&Words)[N], T Meaning) {
  for (const Word<T> &W : Words)
    if (W.Means == Meaning)
      return W.Text;
  return "";
}

/// "a, b or c", for messages; `More` is one that is no word.
template<typename T, std::size_t N> std::string choice(const Word<T> (&Words)[N], llvm::StringRef More = "") {
  std::string Text;
  for (std::size_t I = 0; I < N; ++I)
    Text += (I == 0 ? "" : I + 1 == N && More.empty() ? " or " : ", ") + Words[I].Text.str();
  return More.empty() ? Text : Text + " or " + More.str();
}

/// Whether an effect may depend on how the call went.
inline bool takesCondition(ArgumentModel::Effect Effect) {
  return Effect == ArgumentModel::Effect::Release || Effect == ArgumentModel::Effect::Transfer ||
         Effect == ArgumentModel::Effect::AcquireOut;
}

/// C++ asks compilers to take this many arguments.
inline constexpr unsigned MostArguments = 256;

} // namespace connsan
