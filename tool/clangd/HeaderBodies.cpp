#include "Clangd.h"
#include "Preambles.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "clang/Frontend/PrecompiledPreamble.h"
#include "clang/Lex/PPCallbacks.h"

using namespace clang;

namespace connsan::editor {

namespace {

/// What clangd wants to hear of a preamble, but for the bodies of functions.
class WithBodies : public PreambleCallbacks {
public:
  explicit WithBodies(PreambleCallbacks &Clangds) : Clangds(Clangds) {}

  void BeforeExecute(CompilerInstance &CI) override { Clangds.BeforeExecute(CI); }
  void AfterExecute(CompilerInstance &CI) override { Clangds.AfterExecute(CI); }
  void AfterPCHEmitted(ASTWriter &Writer) override { Clangds.AfterPCHEmitted(Writer); }
  void HandleTopLevelDecl(DeclGroupRef Group) override { Clangds.HandleTopLevelDecl(Group); }
  std::unique_ptr<PPCallbacks> createPPCallbacks() override { return Clangds.createPPCallbacks(); }
  CommentHandler *getCommentHandler() override { return Clangds.getCommentHandler(); }
  /// What is instantiated would be so again with each change of the source.
  bool shouldSkipFunctionBody(Decl *D) override {
    if (!Clangds.shouldSkipFunctionBody(D))
      return false;
    return D->isTemplated() || D->getASTContext().getSourceManager().isInSystemHeader(D->getLocation());
  }

private:
  PreambleCallbacks &Clangds;
};

} // namespace

#define BUILD_PREAMBLE                                                                                       \
  "_ZN5clang19PrecompiledPreamble5BuildERKNS_18CompilerInvocationEPKN4llvm12MemoryBufferENS_14PreambleBoun"  \
  "dsENS4_18IntrusiveRefCntPtrINS_17DiagnosticsEngineEEENS9_INS4_3vfs10FileSystemEEESt10shared_ptrINS_22PC"  \
  "HContainerOperationsEEbNS4_9StringRefERNS_17PreambleCallbacksE"
using BuiltPreamble = llvm::ErrorOr<PrecompiledPreamble>;
using BuildPreamble = BuiltPreamble(const CompilerInvocation &Invocation, const llvm::MemoryBuffer *MainFile,
                                    PreambleBounds Bounds, IntrusiveRefCntPtr<DiagnosticsEngine> Diagnostics,
                                    IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files,
                                    std::shared_ptr<PCHContainerOperations> Containers, bool StoreInMemory,
                                    llvm::StringRef StoragePath, PreambleCallbacks &Callbacks);
BuildPreamble buildPreambleAsClangd CONNSAN_CLANGDS(BUILD_PREAMBLE);
BuildPreamble buildPreamble CONNSAN_OURS(BUILD_PREAMBLE);

/// Clangd leaves the bodies of functions in headers out. Ours need those of the program's own headers: owners
/// and inline helpers stand there.
BuiltPreamble buildPreamble(const CompilerInvocation &Invocation, const llvm::MemoryBuffer *MainFile,
                            PreambleBounds Bounds, IntrusiveRefCntPtr<DiagnosticsEngine> Diagnostics,
                            IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files,
                            std::shared_ptr<PCHContainerOperations> Containers, bool StoreInMemory,
                            llvm::StringRef StoragePath, PreambleCallbacks &Callbacks) {
  WithBodies More(Callbacks);
  CompilerInvocation Once(Invocation);
  // Else each change of the source instantiates again what these bodies use.
  Once.getLangOpts().PCHInstantiateTemplates = true;
  BuiltPreamble Built =
      buildPreambleAsClangd(Once, MainFile, Bounds, std::move(Diagnostics), std::move(Files),
                            std::move(Containers), StoreInMemory, StoragePath, More);
  ++PreamblesBuilt;
  return Built;
}

} // namespace connsan::editor
