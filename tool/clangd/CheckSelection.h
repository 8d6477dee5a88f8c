#pragma once

#include "Clangd.h"

namespace connsan::editor {

/// Our checks are on unless the user says something else of them: `-connsan-...`, or a check of ours that is
/// named after `-*`. What names only ours leaves clangd's own choice of checks as it is.
void selectChecks(clang::tidy::ClangTidyOptions &Options, const clang::clangd::TidyProvider &ClangdsDefaults);

/// A function may take less time than when a whole program is checked, unless the user says how long.
void limitTime(clang::tidy::ClangTidyOptions &Options);

} // namespace connsan::editor
