#include "options/PreloadList.h"

#include <cstring>

bool connsan::runtime::removePreloaded(char *List, bool (*IsOurs)(std::string_view Item)) {
  constexpr const char *Separators = " :";
  const char *In = List;
  char *Out = List;
  bool Removed = false;
  while (*In) {
    size_t Before = std::strspn(In, Separators);
    size_t Length = std::strcspn(In + Before, Separators);
    if (Length && IsOurs({In + Before, Length})) {
      Removed = true;
    } else {
      // What comes to stand first needs no separator.
      size_t Skip = Removed && Out == List ? Before : 0;
      std::memmove(Out, In + Skip, Before + Length - Skip);
      Out += Before + Length - Skip;
    }
    In += Before + Length;
  }
  std::memset(Out, 0, static_cast<size_t>(In - Out));
  return Removed;
}
