#include "BuiltinTexts.h"
#include "ModelFile.h"

#include "llvm/ADT/Twine.h"
#include "llvm/Support/ErrorHandling.h"

namespace connsan {

std::vector<ModelFile> builtinModelFiles() {
  std::vector<ModelFile> Files;
  for (const ModelText &One : builtinModelTexts()) {
    std::string Error;
    std::optional<ModelFile> File = parseModelFile({One.Text, One.FileName}, Error);
    if (!File)
      llvm::report_fatal_error(llvm::Twine("built-in model: ") + Error);
    Files.push_back(std::move(*File));
  }
  return Files;
}

const ModelSet &builtinModels() {
  static const ModelSet Set = [] {
    ModelSet All;
    for (const ModelFile &File : builtinModelFiles())
      addTo(All, File);
    All.markBuiltin();
    return All;
  }();
  return Set;
}

} // namespace connsan
