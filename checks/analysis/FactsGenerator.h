#pragma once

#include "Facts.h"

#include <optional>

namespace clang {
class ASTContext;
class FunctionDecl;
} // namespace clang

namespace connsan {

/// Lowers one function body. Nothing when clang cannot build a control-flow graph for it, when the body has
/// errors or depends on template parameters, or when it has more than `MaxBlocks` blocks.
std::optional<FunctionFacts> generateFacts(const clang::FunctionDecl &Function, clang::ASTContext &Context,
                                           unsigned MaxBlocks);

} // namespace connsan
