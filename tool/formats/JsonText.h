#pragma once

#include "llvm/Support/JSON.h"

namespace connsan::tool {

/// Names and conditions are as the source writes them, in whatever encoding.
inline llvm::json::Value jsonText(llvm::StringRef Bytes) {
  return llvm::json::isUTF8(Bytes) ? Bytes.str() : llvm::json::fixUTF8(Bytes);
}

} // namespace connsan::tool
