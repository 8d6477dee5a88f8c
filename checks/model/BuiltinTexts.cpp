#include "BuiltinTexts.h"

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

constexpr ModelText Texts[] = {
    {"libpq.yaml", {LibpqText, sizeof LibpqText}},
    {"process.yaml", {ProcessText, sizeof ProcessText}},
    {"standard.yaml", {StandardText, sizeof StandardText}},
    {"runtimes.yaml", {RuntimesText, sizeof RuntimesText}},
    {"clients.yaml", {ClientsText, sizeof ClientsText}},
};

} // namespace

std::span<const ModelText> builtinModelTexts() {
  return Texts;
}

} // namespace connsan
