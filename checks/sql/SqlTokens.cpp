#include "SqlTokens.h"

#include <algorithm>
#include <string>

#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>

namespace connsan {
namespace {

using Kind = SqlToken::Kind;

Kind kindOf(const PgQuery__ScanToken &Token, llvm::StringRef Text) {
  switch (Token.token) {
  case PG_QUERY__TOKEN__ASCII_59:
    return Kind::Semicolon;
  case PG_QUERY__TOKEN__ASCII_40:
    return Kind::Open;
  case PG_QUERY__TOKEN__ASCII_41:
    return Kind::Close;
  case PG_QUERY__TOKEN__ABORT_P:
    return Kind::Abort;
  case PG_QUERY__TOKEN__AND:
    return Kind::And;
  case PG_QUERY__TOKEN__ATOMIC:
    return Kind::Atomic;
  case PG_QUERY__TOKEN__BEGIN_P:
    return Kind::Begin;
  case PG_QUERY__TOKEN__CASE:
    return Kind::Case;
  case PG_QUERY__TOKEN__CHAIN:
    return Kind::Chain;
  case PG_QUERY__TOKEN__COMMIT:
    return Kind::Commit;
  case PG_QUERY__TOKEN__CREATE:
    return Kind::Create;
  case PG_QUERY__TOKEN__END_P:
    return Kind::End;
  case PG_QUERY__TOKEN__NO:
    return Kind::No;
  case PG_QUERY__TOKEN__PREPARE:
    return Kind::Prepare;
  case PG_QUERY__TOKEN__PREPARED:
    return Kind::Prepared;
  case PG_QUERY__TOKEN__ROLLBACK:
    return Kind::Rollback;
  case PG_QUERY__TOKEN__START:
    return Kind::Start;
  case PG_QUERY__TOKEN__TO:
    return Kind::To;
  case PG_QUERY__TOKEN__TRANSACTION:
    return Kind::Transaction;
  case PG_QUERY__TOKEN__WORK:
    return Kind::Work;
  case PG_QUERY__TOKEN__IDENT:
    return Text[Token.start] == '"' ? Kind::Other : Kind::Word;
  default:
    break;
  }
  if (Token.keyword_kind != PG_QUERY__KEYWORD_KIND__NO_KEYWORD)
    return Kind::Word;
  return Token.token < 256 || Token.token == PG_QUERY__TOKEN__Op ? Kind::Operator : Kind::Other;
}

bool isComment(const PgQuery__ScanToken &Token) {
  return Token.token == PG_QUERY__TOKEN__SQL_COMMENT || Token.token == PG_QUERY__TOKEN__C_COMMENT;
}

/// The scanner counts characters, from 1; those that are no UTF-8 as the server counts them, by their first
/// byte.
std::size_t byteOf(llvm::StringRef Text, int Character) {
  std::size_t Byte = 0;
  for (; Character > 1 && Byte < Text.size(); --Character) {
    const auto First = static_cast<unsigned char>(Text[Byte]);
    Byte += First < 0xC0 ? 1 : First < 0xE0 ? 2 : First < 0xF0 ? 3 : First < 0xF8 ? 4 : 1;
  }
  return std::min(Byte, Text.size());
}

/// Where the first part ends that the scanner takes; the end of the text when it takes all.
std::size_t scan(llvm::StringRef Text, std::vector<SqlToken> &Into) {
  const std::string Ended = Text.str();
  PgQueryScanResult Scanned = pg_query_scan(Ended.c_str());
  std::size_t End = Text.size();
  if (Scanned.error) {
    End = byteOf(Text, Scanned.error->cursorpos);
  } else if (PgQuery__ScanResult *Found = pg_query__scan_result__unpack(
                 nullptr, Scanned.pbuf.len, reinterpret_cast<const std::uint8_t *>(Scanned.pbuf.data))) {
    for (std::size_t I = 0; I < Found->n_tokens; ++I)
      if (const PgQuery__ScanToken &Token = *Found->tokens[I]; !isComment(Token))
        Into.push_back({kindOf(Token, Text), static_cast<std::size_t>(Token.end)});
    pg_query__scan_result__free_unpacked(Found, nullptr);
  }
  pg_query_free_scan_result(Scanned);
  return End;
}

} // namespace

SqlTokens scanSql(llvm::StringRef Text) {
  SqlTokens Result;
  Text = Text.take_until([](char C) { return C == '\0'; });
  // An error is where a quote begins that does not end, or a byte that belongs nowhere.
  constexpr unsigned MostCuts = 8;
  for (unsigned Cuts = 0; Cuts < MostCuts; ++Cuts) {
    Result.Tokens.clear();
    const std::size_t End = scan(Text, Result.Tokens);
    if (End == Text.size())
      return Result;
    Result.IsCut = true;
    Text = Text.take_front(End);
  }
  Result.Tokens.clear();
  return Result;
}

} // namespace connsan
