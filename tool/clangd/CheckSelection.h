#pragma once

namespace clang::tidy {
struct ClangTidyOptions;
} // namespace clang::tidy

namespace connsan::editor {

/// Our checks are on unless the user says something else of them: `-*` and a check of ours after it, or
/// `-connsan-...`.
void selectChecks(clang::tidy::ClangTidyOptions &Options);

/// A function may take less time than when a whole program is checked, unless the user says how long.
void limitTime(clang::tidy::ClangTidyOptions &Options);

} // namespace connsan::editor
