#pragma once

#include "Model.h"

#include "llvm/ADT/ArrayRef.h"

namespace connsan {

/// Before the text of every attribute that is ours: `annotate("connsan:argument 2 release")`.
inline constexpr llvm::StringLiteral AnnotationPrefix = "connsan:";

struct AnnotationMistake {
  std::size_t Which = 0; ///< of the texts
  std::string Expected;
};

/// What the attributes of one function say together, as include/connsan/annotations.h writes them; the texts
/// come without the prefix. Nothing, and a mistake, when one of them cannot be read. Where the number of the
/// function's arguments is known, an argument beyond is a mistake too.
std::optional<Model> parseAnnotations(llvm::StringRef Function, llvm::ArrayRef<std::string> Texts,
                                      AnnotationMistake &Mistake,
                                      std::optional<unsigned> Arguments = std::nullopt);

} // namespace connsan
