#include "FactsFile.h"

#include "FactsSoundness.h"
#include "Packing.h"

namespace connsan {

/// The version is raised with every change of FactsLayout.h, and when the same source is lowered to other
/// facts.
static const FileFormat Format{"connsan facts\n", "file of facts", 9};

std::string encodeFacts(UnitFacts Unit) {
  return writePacked(Format, pack(Unit));
}

llvm::Expected<UnitFacts> decodeFacts(llvm::StringRef Bytes) {
  llvm::Expected<UnitFacts> Unit = readPackedValue<UnitFacts>(Format, Bytes);
  if (Unit && !isSound(*Unit))
    return damagedFile();
  return Unit;
}

llvm::Expected<UnitInputs> decodeInputs(llvm::StringRef Bytes) {
  llvm::Expected<llvm::SmallVector<std::uint8_t, 0>> Payload = readPacked(Format, Bytes);
  if (!Payload)
    return Payload.takeError();
  return unpackStart<UnitInputs>(llvm::toStringRef(*Payload));
}

} // namespace connsan
