#include "TransactionSql.h"

#include "SqlTokens.h"

#include "llvm/ADT/ArrayRef.h"

namespace connsan {
namespace {

using Statement = llvm::ArrayRef<SqlToken>;

/// Takes a statement off the front; `IsEnded` when a semicolon ends it.
Statement takeStatement(llvm::ArrayRef<SqlToken> &Rest, bool &IsEnded) {
  unsigned Parentheses = 0;
  unsigned Bodies = 0; // BEGIN ATOMIC in CREATE FUNCTION, and CASE in it, each up to its END
  std::size_t Size = 0;
  IsEnded = false;
  for (; Size < Rest.size() && !IsEnded; ++Size) {
    const SqlToken What = Rest[Size];
    const bool IsAtomic = What == SqlToken::Atomic && Size > 0 && Rest[Size - 1] == SqlToken::Begin;
    if (What == SqlToken::Open)
      ++Parentheses;
    else if (What == SqlToken::Close && Parentheses > 0)
      --Parentheses;
    else if ((IsAtomic && Rest.front() == SqlToken::Create) || (What == SqlToken::Case && Bodies > 0))
      ++Bodies;
    else if (What == SqlToken::End && Bodies > 0)
      --Bodies;
    IsEnded = What == SqlToken::Semicolon && Parentheses == 0 && Bodies == 0;
  }
  Statement Taken = Rest.take_front(Size);
  Rest = Rest.drop_front(Size);
  return IsEnded ? Taken.drop_back() : Taken;
}

/// Drops a word from the front, if it is there.
bool take(Statement &S, SqlToken What) {
  if (S.empty() || S.front() != What)
    return false;
  S = S.drop_front();
  return true;
}

/// What follows COMMIT and its kin.
SqlCommand end(Statement S, SqlCommand Plain) {
  if (take(S, SqlToken::Prepared))
    return SqlCommand::Other;
  if (!take(S, SqlToken::Work))
    take(S, SqlToken::Transaction);
  if (Plain == SqlCommand::RollBack && take(S, SqlToken::To))
    return SqlCommand::Other;
  return take(S, SqlToken::And) && take(S, SqlToken::Chain) ? SqlCommand::Chain : Plain;
}

SqlCommand commandOf(Statement S) {
  const SqlToken First = S.front();
  S = S.drop_front();
  switch (First) {
  case SqlToken::Begin:
    return SqlCommand::Begin;
  case SqlToken::Start:
    return take(S, SqlToken::Transaction) ? SqlCommand::Begin : SqlCommand::Other;
  case SqlToken::Commit:
  case SqlToken::End:
    return end(S, SqlCommand::Commit);
  case SqlToken::Rollback:
  case SqlToken::Abort:
    return end(S, SqlCommand::RollBack);
  case SqlToken::Prepare:
    return take(S, SqlToken::Transaction) ? SqlCommand::Commit : SqlCommand::Other;
  case SqlToken::Operator:
    return SqlCommand::Unknown;
  default:
    return SqlCommand::Other;
  }
}

/// Of a statement that goes on in a way that is not known.
SqlCommand beginningOf(Statement S) {
  const SqlCommand Command = commandOf(S);
  // It may go on as TO SAVEPOINT.
  const bool IsShort =
      S.size() == 1 || (S.size() == 2 && (S.back() == SqlToken::Work || S.back() == SqlToken::Transaction));
  return Command == SqlCommand::RollBack && IsShort ? SqlCommand::Unknown : Command;
}

} // namespace

std::vector<SqlCommand> sqlCommands(llvm::StringRef Text, bool GoesOn) {
  const SqlTokens Scanned = scanSql(Text);
  std::vector<SqlCommand> Commands;
  llvm::ArrayRef<SqlToken> Rest = Scanned.Tokens;
  bool IsEnded = true;
  while (!Rest.empty()) {
    const Statement Next = takeStatement(Rest, IsEnded);
    if (!Next.empty())
      Commands.push_back(!IsEnded && GoesOn ? beginningOf(Next) : commandOf(Next));
  }
  if (IsEnded && (GoesOn || Scanned.IsCut))
    Commands.push_back(SqlCommand::Unknown);
  return Commands;
}

} // namespace connsan
