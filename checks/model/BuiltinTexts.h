#pragma once

#include <span>
#include <string_view>

namespace connsan {

struct ModelText {
  std::string_view FileName;
  std::string_view Text;
};

/// The built-in models as they are written, in the form of `.connsan.yaml`.
std::span<const ModelText> builtinModelTexts();

} // namespace connsan
