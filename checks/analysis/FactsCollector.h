#pragma once

#include "UnitFacts.h"

namespace clang {
class ASTContext;
} // namespace clang

namespace connsan {

/// All that the analysis could ask of the unit whatever the models say. Every function in scope and those
/// that they lead to are lowered, those of headers too: what matters under the models of today is a fraction,
/// but it may be another one tomorrow.
UnitFacts collectFacts(clang::ASTContext &Context);

} // namespace connsan
