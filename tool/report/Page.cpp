#include "Page.h"

#ifdef CONNSAN_HAS_PAGE

#include "PackedReport.h"

#include <ostream>
#include <random>
#include <zlib.h>

namespace connsan::report {
namespace {

constexpr unsigned char Template[] = {
#include "page.html.inc"
};

/// Empty when there was no memory for it.
std::string gzip(const std::string &Text) {
  z_stream Stream{};
  constexpr int GzipHeader = 16;
  if (deflateInit2(&Stream, Z_BEST_COMPRESSION, Z_DEFLATED, MAX_WBITS + GzipHeader, MAX_MEM_LEVEL,
                   Z_DEFAULT_STRATEGY) != Z_OK)
    return {};
  std::string Result;
  std::vector<char> Buffer(1 << 16);
  // zlib takes 32 bits of a length at a time.
  constexpr size_t Piece = 1 << 30;
  for (size_t Begin = 0; Begin <= Text.size(); Begin += Piece) {
    const std::string_view Part = std::string_view(Text).substr(Begin, Piece);
    Stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(Part.data()));
    Stream.avail_in = static_cast<uInt>(Part.size());
    do {
      Stream.next_out = reinterpret_cast<Bytef *>(Buffer.data());
      Stream.avail_out = static_cast<uInt>(Buffer.size());
      deflate(&Stream, Begin + Piece > Text.size() ? Z_FINISH : Z_NO_FLUSH);
      Result.append(Buffer.data(), Buffer.size() - Stream.avail_out);
    } while (!Stream.avail_out);
  }
  deflateEnd(&Stream);
  return Result;
}

std::string base64(std::string_view Bytes) {
  constexpr char Digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string Result;
  Result.reserve((Bytes.size() + 2) / 3 * 4);
  for (size_t I = 0; I < Bytes.size(); I += 3) {
    uint32_t Bits = 0;
    for (size_t N = 0; N < 3; ++N)
      Bits = Bits << 8 | (I + N < Bytes.size() ? static_cast<unsigned char>(Bytes[I + N]) : 0);
    for (size_t N = 0; N < 4; ++N)
      Result += I + N > Bytes.size() ? '=' : Digits[Bits >> (18 - 6 * N) & 63];
  }
  return Result;
}

/// By which the page knows its own scripts and styles; nothing else runs in it.
std::string makeNonce() {
  std::random_device Random;
  std::string Bits;
  for (int I = 0; I < 16; ++I)
    Bits += static_cast<char>(Random());
  return base64(Bits);
}

} // namespace

std::string writePage(std::ostream &Out, std::string_view Json) {
  constexpr char NoReport[] = "this is not the JSON of a report";
  nlohmann::json Report = nlohmann::json::parse(Json, nullptr, /*allow_exceptions=*/false);
  if (!Report.is_object() || !Report.contains("connsan_report"))
    return NoReport;
  try {
    pack(Report);
  } catch (const nlohmann::json::exception &) {
    return NoReport;
  }
  const std::string Data =
      gzip(Report.dump(-1, ' ', /*ensure_ascii=*/false, nlohmann::json::error_handler_t::replace));
  if (Data.empty())
    return "not enough memory to compress the report";
  const std::string Nonce = makeNonce();
  std::string_view Rest(reinterpret_cast<const char *>(Template), sizeof Template);
  // What is put in comes from us or is base64, so that nothing in the report can be taken for a part of the
  // page.
  for (size_t At; (At = Rest.find("@@")) != std::string_view::npos;) {
    Out << Rest.substr(0, At);
    Rest.remove_prefix(At + 2);
    const size_t End = Rest.find("@@");
    Out << (Rest.substr(0, End) == "nonce" ? Nonce : base64(Data));
    Rest.remove_prefix(End + 2);
  }
  Out << Rest;
  return Out.flush() ? "" : "the page could not be written";
}

} // namespace connsan::report

#else

namespace connsan::report {

std::string writePage(std::ostream &, std::string_view) {
  return "this build has no page: node-d3 or zlib1g-dev was missing when it was built";
}

} // namespace connsan::report

#endif
