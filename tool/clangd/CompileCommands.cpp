#include "Clangd.h"

#include "../CompilerArguments.h"

#include "clang/Tooling/CompilationDatabase.h"

namespace connsan::editor {

#define MANGLE_COMMAND "_ZNK5clang6clangd14CommandManglerclERNS_7tooling14CompileCommandEN4llvm9StringRefE"
void mangleAsClangd(const clang::clangd::CommandMangler *This, clang::tooling::CompileCommand &Command,
                    llvm::StringRef File) CONNSAN_CLANGDS(MANGLE_COMMAND);
void mangle(const clang::clangd::CommandMangler *This, clang::tooling::CompileCommand &Command,
            llvm::StringRef File) CONNSAN_OURS(MANGLE_COMMAND);

/// Clangd shows an error in the first line for a flag that only gcc knows.
void mangle(const clang::clangd::CommandMangler *This, clang::tooling::CompileCommand &Command,
            llvm::StringRef File) {
  mangleAsClangd(This, Command, File);
  if (!Command.CommandLine.empty())
    Command.CommandLine = tool::dropUnknown(Command.CommandLine);
}

} // namespace connsan::editor
