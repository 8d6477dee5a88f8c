#include "report/Escape.h"

#include <cstdint>

namespace connsan::runtime {

namespace {

/// Length of the well-formed UTF-8 sequence at the start of `Text`, or 0.
size_t sequenceLength(std::string_view Text) {
  auto Byte = [&](size_t I) { return static_cast<unsigned char>(Text[I]); };
  unsigned char Lead = Byte(0);
  size_t Length = Lead < 0x80                    ? 1
                  : Lead >= 0xf0 && Lead <= 0xf4 ? 4
                  : Lead >= 0xe0                 ? 3
                  : Lead >= 0xc2                 ? 2
                                                 : 0;
  if (Lead > 0xf4 || Length == 0 || Text.size() < Length)
    return 0;
  for (size_t I = 1; I < Length; ++I)
    if ((Byte(I) & 0xc0) != 0x80)
      return 0;
  if (Length == 3 && ((Lead == 0xe0 && Byte(1) < 0xa0) || (Lead == 0xed && Byte(1) > 0x9f)))
    return 0; // overlong, or a surrogate
  if (Length == 4 && ((Lead == 0xf0 && Byte(1) < 0x90) || (Lead == 0xf4 && Byte(1) > 0x8f)))
    return 0;
  return Length;
}

// C0, DEL, and C1, whose members a terminal may obey as well.
bool isControl(std::string_view Sequence) {
  auto Lead = static_cast<unsigned char>(Sequence[0]);
  return Lead < 0x20 || Lead == 0x7f || (Lead == 0xc2 && static_cast<unsigned char>(Sequence[1]) < 0xa0);
}

void appendHex(std::string &Out, unsigned char Byte) {
  constexpr char Digits[] = "0123456789abcdef";
  Out += Digits[Byte >> 4];
  Out += Digits[Byte & 15];
}

} // namespace

std::string escapeText(std::string_view Raw) {
  std::string Result;
  while (!Raw.empty()) {
    size_t Length = sequenceLength(Raw);
    std::string_view Sequence = Raw.substr(0, Length ? Length : 1);
    if (Length && !isControl(Sequence)) {
      Result += Sequence;
    } else {
      for (char C : Sequence) {
        Result += "\\x";
        appendHex(Result, static_cast<unsigned char>(C));
      }
    }
    Raw.remove_prefix(Sequence.size());
  }
  return Result;
}

std::string textValue(std::string_view Raw) {
  std::string Escaped = escapeText(Raw);
  if (!Escaped.empty() && Escaped.find_first_of(" =\"") == std::string::npos)
    return Escaped;
  std::string Result = "\"";
  for (char C : Escaped) {
    if (C == '"')
      Result += '\\';
    Result += C;
  }
  return Result + '"';
}

std::string jsonString(std::string_view Raw) {
  std::string Result = "\"";
  while (!Raw.empty()) {
    size_t Length = sequenceLength(Raw);
    if (!Length) {
      Result += "\\ufffd";
      Raw.remove_prefix(1);
      continue;
    }
    std::string_view Sequence = Raw.substr(0, Length);
    if (isControl(Sequence)) {
      Result += "\\u00";
      appendHex(Result, static_cast<unsigned char>(Sequence.back()));
    } else if (Sequence == "\"" || Sequence == "\\") {
      Result += '\\';
      Result += Sequence;
    } else {
      Result += Sequence;
    }
    Raw.remove_prefix(Length);
  }
  return Result + '"';
}

} // namespace connsan::runtime
