#include "ModelFile.h"

#include "llvm/ADT/Twine.h"
#include "llvm/Support/ErrorHandling.h"

namespace connsan {
namespace {

constexpr char ClientsText[] = {
#include "clients.yaml.inc"
};
constexpr char LibpqText[] = {
#include "libpq.yaml.inc"
};
constexpr char ProcessText[] = {
#include "process.yaml.inc"
};
constexpr char StandardText[] = {
#include "standard.yaml.inc"
};
constexpr char RuntimesText[] = {
#include "runtimes.yaml.inc"
};

ModelFile parse(llvm::StringRef Text, llvm::StringRef Name) {
  std::string Error;
  std::optional<ModelFile> File = parseModelFile({Text, Name}, Error);
  if (!File)
    llvm::report_fatal_error(llvm::Twine("built-in model: ") + Error);
  return *File;
}

} // namespace

std::vector<ModelFile> builtinModelFiles() {
  return {parse({LibpqText, sizeof LibpqText}, "libpq.yaml"),
          parse({ProcessText, sizeof ProcessText}, "process.yaml"),
          parse({StandardText, sizeof StandardText}, "standard.yaml"),
          parse({RuntimesText, sizeof RuntimesText}, "runtimes.yaml"),
          parse({ClientsText, sizeof ClientsText}, "clients.yaml")};
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
