#include "Clangd.h"

#include <optional>

namespace connsan::editor {

#define IS_FAST_TIDY_CHECK "_ZN5clang6clangd15isFastTidyCheckEN4llvm9StringRefE"
std::optional<bool> isFastForClangd(llvm::StringRef Check) CONNSAN_CLANGDS(IS_FAST_TIDY_CHECK);
std::optional<bool> isFast(llvm::StringRef Check) CONNSAN_OURS(IS_FAST_TIDY_CHECK);

/// Without a setting clangd runs only checks of which it knows that they are fast; bench/editor-latency says
/// so of ours.
std::optional<bool> isFast(llvm::StringRef Check) {
  return Check.starts_with("connsan-") ? true : isFastForClangd(Check);
}

} // namespace connsan::editor
