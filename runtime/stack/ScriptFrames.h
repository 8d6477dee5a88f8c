#pragma once

#include <string>
#include <vector>

namespace connsan::runtime {

struct ScriptFrame {
  std::string Function, File;
  size_t Line = 0;
};

/// The frames in a text of captureScript, innermost first.
std::vector<ScriptFrame> scriptFrames(const std::string *Captured);

/// The language that the module interprets, or null.
const char *interpreterOf(const std::string &Module);

} // namespace connsan::runtime
