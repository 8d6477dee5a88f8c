#include "Clangd.h"

#include "llvm/Support/JSON.h"

namespace connsan::editor {

#define PUBLISHED_TO_JSON "_ZN5clang6clangd6toJSONERKNS0_24PublishDiagnosticsParamsE"
#define ACTION_TO_JSON "_ZN5clang6clangd6toJSONERKNS0_10CodeActionE"
llvm::json::Value publishedAsClangd(const clang::clangd::PublishDiagnosticsParams &Published)
    CONNSAN_CLANGDS(PUBLISHED_TO_JSON);
llvm::json::Value published(const clang::clangd::PublishDiagnosticsParams &Published)
    CONNSAN_OURS(PUBLISHED_TO_JSON);
llvm::json::Value actionAsClangd(const clang::clangd::CodeAction &Action) CONNSAN_CLANGDS(ACTION_TO_JSON);
llvm::json::Value action(const clang::clangd::CodeAction &Action) CONNSAN_OURS(ACTION_TO_JSON);

/// Clangd takes every check for one that has a page on clang.llvm.org.
static llvm::json::Value withoutWrongLinks(llvm::json::Value Message) {
  if (llvm::json::Array *Diagnostics = Message.getAsObject()->getArray("diagnostics"))
    for (llvm::json::Value &One : *Diagnostics) {
      llvm::json::Object *Diagnostic = One.getAsObject();
      if (Diagnostic && Diagnostic->getString("code").value_or("").starts_with("connsan-"))
        Diagnostic->erase("codeDescription");
    }
  return Message;
}

llvm::json::Value published(const clang::clangd::PublishDiagnosticsParams &Published) {
  return withoutWrongLinks(publishedAsClangd(Published));
}

llvm::json::Value action(const clang::clangd::CodeAction &Action) {
  return withoutWrongLinks(actionAsClangd(Action));
}

} // namespace connsan::editor
