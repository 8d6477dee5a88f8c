#include "TransactionSql.h"

#include "SqlTokens.h"

#include "llvm/ADT/ArrayRef.h"

namespace connsan {
namespace {

using Kind = SqlToken::Kind;
using Statement = llvm::ArrayRef<SqlToken>;

/// Takes a statement off the front; `IsEnded` when a semicolon ends it.
Statement takeStatement(llvm::ArrayRef<SqlToken> &Rest, bool &IsEnded) {
  unsigned Parentheses = 0;
  unsigned Bodies = 0; // BEGIN ATOMIC in CREATE FUNCTION, and CASE in it, each up to its END
  std::size_t Size = 0;
  IsEnded = false;
  for (; Size < Rest.size() && !IsEnded; ++Size) {
    const Kind What = Rest[Size].What;
    const bool IsAtomic = What == Kind::Atomic && Size > 0 && Rest[Size - 1].What == Kind::Begin;
    if (What == Kind::Open)
      ++Parentheses;
    else if (What == Kind::Close && Parentheses > 0)
      --Parentheses;
    else if ((IsAtomic && Rest.front().What == Kind::Create) || (What == Kind::Case && Bodies > 0))
      ++Bodies;
    else if (What == Kind::End && Bodies > 0)
      --Bodies;
    IsEnded = What == Kind::Semicolon && Parentheses == 0 && Bodies == 0;
  }
  Statement Taken = Rest.take_front(Size);
  Rest = Rest.drop_front(Size);
  return IsEnded ? Taken.drop_back() : Taken;
}

/// Drops a word from the front, if it is there.
bool take(Statement &S, Kind What) {
  if (S.empty() || S.front().What != What)
    return false;
  S = S.drop_front();
  return true;
}

/// What follows COMMIT and its kin.
SqlCommand end(Statement S, SqlCommand Plain) {
  if (take(S, Kind::Prepared))
    return SqlCommand::Other;
  if (!take(S, Kind::Work))
    take(S, Kind::Transaction);
  if (Plain == SqlCommand::RollBack && take(S, Kind::To))
    return SqlCommand::Other;
  return take(S, Kind::And) && take(S, Kind::Chain) ? SqlCommand::Chain : Plain;
}

SqlCommand commandOf(Statement S) {
  const Kind First = S.front().What;
  S = S.drop_front();
  switch (First) {
  case Kind::Begin:
    return SqlCommand::Begin;
  case Kind::Start:
    return take(S, Kind::Transaction) ? SqlCommand::Begin : SqlCommand::Other;
  case Kind::Commit:
  case Kind::End:
    return end(S, SqlCommand::Commit);
  case Kind::Rollback:
  case Kind::Abort:
    return end(S, SqlCommand::RollBack);
  case Kind::Prepare:
    return take(S, Kind::Transaction) ? SqlCommand::Commit : SqlCommand::Other;
  case Kind::Operator:
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
      S.size() == 1 || (S.size() == 2 && (S.back().What == Kind::Work || S.back().What == Kind::Transaction));
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
