#pragma once

namespace clang::tidy {
class ClangTidyCheckFactories;
} // namespace clang::tidy

namespace connsan {

/// All checks of connsan, by name; each is a `FindingCheck`.
void addCheckFactories(clang::tidy::ClangTidyCheckFactories &Factories);

} // namespace connsan
