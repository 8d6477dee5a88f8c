#include "ModelFile.h"

#include "llvm/ADT/Twine.h"
#include "llvm/Support/ErrorHandling.h"

namespace connsan {
namespace {

constexpr char LibpqText[] = {
#include "libpq.yaml.inc"
};
constexpr char ProcessText[] = {
#include "process.yaml.inc"
};

ModelSet parseBuiltins() {
  ModelSet Set;
  auto Add = [&](llvm::StringRef Text, llvm::StringRef Name) {
    std::string Error;
    std::optional<ModelFile> File = parseModelFile({Text, Name}, Error);
    if (!File)
      llvm::report_fatal_error(llvm::Twine("built-in model: ") + Error);
    addTo(Set, *File);
  };
  Add({LibpqText, sizeof LibpqText}, "libpq.yaml");
  Add({ProcessText, sizeof ProcessText}, "process.yaml");
  Set.markBuiltin();
  return Set;
}

} // namespace

const ModelSet &builtinModels() {
  static const ModelSet Set = parseBuiltins();
  return Set;
}

} // namespace connsan
