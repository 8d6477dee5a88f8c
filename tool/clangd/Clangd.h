#pragma once

#include "llvm/ADT/FunctionExtras.h"
#include "llvm/ADT/StringRef.h"

/// Clangd as its archives have it; no package installs its headers.
///
/// What we change of it are functions that its objects call in each other. The linker gives those calls to
/// functions of ours (`--wrap`, see CMakeLists.txt). CONNSAN_OURS names such a function for the linker, and
/// CONNSAN_CLANGDS clangd's own one behind it.
#define CONNSAN_OURS(Symbol) asm("__wrap_" Symbol)
#define CONNSAN_CLANGDS(Symbol) asm("__real_" Symbol)

namespace clang::tidy {
struct ClangTidyOptions;
} // namespace clang::tidy

namespace clang::clangd {

int clangdMain(int argc, char **argv);

/// Changes the options with which clang-tidy looks at a file.
using TidyProvider = llvm::unique_function<void(tidy::ClangTidyOptions &, llvm::StringRef) const>;

class CommandMangler;
struct CodeAction;
struct PublishDiagnosticsParams;

} // namespace clang::clangd
