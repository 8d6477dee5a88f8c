#include "Clangd.h"
#include "Preambles.h"
#include "analysis/KeptFacts.h"

#include "clang/Frontend/CompilerInvocation.h"
#include "clang/Frontend/PrecompiledPreamble.h"

using namespace clang;

namespace connsan::editor {

#define USE_PREAMBLE                                                                                         \
  "_ZNK5clang19PrecompiledPreamble16OverridePreambleERNS_18CompilerInvocationERN4llvm18IntrusiveRefCntPtrIN" \
  "S3_3vfs10FileSystemEEEPNS3_12MemoryBufferE"
using UsePreamble = void(const PrecompiledPreamble *Used, CompilerInvocation &Invocation,
                         IntrusiveRefCntPtr<llvm::vfs::FileSystem> &Files, llvm::MemoryBuffer *MainFile);
UsePreamble usePreambleAsClangd CONNSAN_CLANGDS(USE_PREAMBLE);
UsePreamble usePreamble CONNSAN_OURS(USE_PREAMBLE);

/// The checks keep facts as long as the headers are the same. Another preamble at the same address was built
/// meanwhile.
void usePreamble(const PrecompiledPreamble *Used, CompilerInvocation &Invocation,
                 IntrusiveRefCntPtr<llvm::vfs::FileSystem> &Files, llvm::MemoryBuffer *MainFile) {
  KeptFacts::announce({Used, PreamblesBuilt});
  usePreambleAsClangd(Used, Invocation, Files, MainFile);
}

} // namespace connsan::editor
