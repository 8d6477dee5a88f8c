#include "stack/ScriptFrames.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace connsan::runtime {

std::vector<ScriptFrame> scriptFrames(const std::string *Captured) {
  // Lines of the form:  File "app.py", line 12 in checkout
  constexpr std::string_view Before = "  File \"", Between = "\", line ", After = " in ";
  std::vector<ScriptFrame> Result;
  std::string_view Rest = Captured ? std::string_view(*Captured) : std::string_view();
  while (!Rest.empty()) {
    size_t End = std::min(Rest.find('\n'), Rest.size());
    std::string_view Line = Rest.substr(0, End);
    Rest.remove_prefix(std::min(End + 1, Rest.size()));
    size_t FileEnd = Line.rfind(Between);
    if (!Line.starts_with(Before) || FileEnd == std::string_view::npos || FileEnd < Before.size())
      continue;
    ScriptFrame F;
    F.File = Line.substr(Before.size(), FileEnd - Before.size());
    std::string_view Number = Line.substr(FileEnd + Between.size());
    auto [Stop, Error] = std::from_chars(Number.data(), Number.data() + Number.size(), F.Line);
    std::string_view Function(Stop, static_cast<size_t>(Number.data() + Number.size() - Stop));
    if (Error != std::errc() || !Function.starts_with(After))
      continue;
    F.Function = Function.substr(After.size());
    Result.push_back(std::move(F));
  }
  return Result;
}

const char *interpreterOf(const std::string &Module) {
  struct {
    const char *Prefix, *Language;
  } constexpr Known[] = {{"python", "Python"}, {"libpython", "Python"}, {"perl", "Perl"},
                         {"libperl", "Perl"},  {"php", "PHP"},          {"libphp", "PHP"},
                         {"ruby", "Ruby"},     {"libruby", "Ruby"}};
  for (const auto &K : Known)
    if (Module.starts_with(K.Prefix))
      return K.Language;
  return nullptr;
}

} // namespace connsan::runtime
