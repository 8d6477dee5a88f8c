#include "SqlTokens.h"

#include "llvm/ADT/StringExtras.h"

#include <algorithm>
#include <string>

#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>

namespace connsan {
namespace {

SqlToken kindOf(const PgQuery__ScanToken &Token, llvm::StringRef Text) {
  switch (Token.token) {
  case PG_QUERY__TOKEN__ASCII_59:
    return SqlToken::Semicolon;
  case PG_QUERY__TOKEN__ASCII_40:
    return SqlToken::Open;
  case PG_QUERY__TOKEN__ASCII_41:
    return SqlToken::Close;
  case PG_QUERY__TOKEN__ABORT_P:
    return SqlToken::Abort;
  case PG_QUERY__TOKEN__AND:
    return SqlToken::And;
  case PG_QUERY__TOKEN__ATOMIC:
    return SqlToken::Atomic;
  case PG_QUERY__TOKEN__BEGIN_P:
    return SqlToken::Begin;
  case PG_QUERY__TOKEN__CASE:
    return SqlToken::Case;
  case PG_QUERY__TOKEN__CHAIN:
    return SqlToken::Chain;
  case PG_QUERY__TOKEN__COMMIT:
    return SqlToken::Commit;
  case PG_QUERY__TOKEN__CREATE:
    return SqlToken::Create;
  case PG_QUERY__TOKEN__END_P:
    return SqlToken::End;
  case PG_QUERY__TOKEN__NO:
    return SqlToken::No;
  case PG_QUERY__TOKEN__PREPARE:
    return SqlToken::Prepare;
  case PG_QUERY__TOKEN__PREPARED:
    return SqlToken::Prepared;
  case PG_QUERY__TOKEN__ROLLBACK:
    return SqlToken::Rollback;
  case PG_QUERY__TOKEN__START:
    return SqlToken::Start;
  case PG_QUERY__TOKEN__TO:
    return SqlToken::To;
  case PG_QUERY__TOKEN__TRANSACTION:
    return SqlToken::Transaction;
  case PG_QUERY__TOKEN__WORK:
    return SqlToken::Work;
  case PG_QUERY__TOKEN__IDENT:
    return Text[Token.start] == '"' ? SqlToken::Other : SqlToken::Word;
  default:
    break;
  }
  if (Token.keyword_kind != PG_QUERY__KEYWORD_KIND__NO_KEYWORD)
    return SqlToken::Word;
  return Token.token < 256 || Token.token == PG_QUERY__TOKEN__Op ? SqlToken::Operator : SqlToken::Other;
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

bool isPartOfWord(char C) {
  return llvm::isAlnum(C) || C == '_' || C == '.' || static_cast<unsigned char>(C) >= 0x80;
}

/// Makes what the scanner rejects a number: 0x1F where it knows none of those, 02d of a format, "", or an
/// escape in a quote. The rest of the text means what it did.
void replaceRejected(std::string &Text, std::size_t At) {
  const bool IsEmptyName = llvm::StringRef(Text).substr(At).starts_with("\"\"");
  std::size_t End = At + (IsEmptyName ? 2 : 1);
  while (!IsEmptyName && End < Text.size() && isPartOfWord(Text[End]))
    ++End;
  std::fill(Text.begin() + At, Text.begin() + End, '0');
}

/// Adds the tokens of a text, if the scanner takes all of it; else mends it for another try, or cuts off what
/// cannot be known.
bool scan(std::string &Text, SqlTokens &Into) {
  PgQueryScanResult Scanned = pg_query_scan(Text.c_str());
  const bool IsTaken = !Scanned.error;
  if (!IsTaken) {
    const std::size_t At = byteOf(Text, Scanned.error->cursorpos);
    const bool IsUnterminated = llvm::StringRef(Scanned.error->message).starts_with("unterminated");
    if (IsUnterminated || Scanned.error->cursorpos <= 0 || At == Text.size()) {
      Into.IsCut = true;
      Text.resize(At);
    } else {
      replaceRejected(Text, At);
    }
  } else if (PgQuery__ScanResult *Found = pg_query__scan_result__unpack(
                 nullptr, Scanned.pbuf.len, reinterpret_cast<const std::uint8_t *>(Scanned.pbuf.data))) {
    for (std::size_t I = 0; I < Found->n_tokens; ++I)
      if (const PgQuery__ScanToken &Token = *Found->tokens[I]; !isComment(Token))
        Into.Tokens.push_back(kindOf(Token, Text));
    pg_query__scan_result__free_unpacked(Found, nullptr);
  }
  pg_query_free_scan_result(Scanned);
  return IsTaken;
}

} // namespace

SqlTokens scanSql(llvm::StringRef Text) {
  SqlTokens Result;
  std::string Rest = Text.take_until([](char C) { return C == '\0'; }).str();
  constexpr unsigned MostErrors = 32;
  for (unsigned Errors = 0; Errors < MostErrors; ++Errors)
    if (scan(Rest, Result))
      return Result;
  Result.IsCut = true;
  return Result;
}

} // namespace connsan
