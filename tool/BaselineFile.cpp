#include "BaselineFile.h"

#include "RepositoryRoot.h"

#include "formats/JsonText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"

namespace connsan::tool {
namespace {

namespace json = llvm::json;

/// Raised when the fingerprints or the form of the file change.
constexpr std::int64_t Version = 1;

} // namespace

// Found by what it reads.
static bool fromJSON(const json::Value &From, BaselineEntry &To, json::Path Where) {
  json::ObjectMapper Map(From, Where);
  return Map && Map.map("fingerprint", To.Fingerprint) && Map.map("confidence", To.Confidence) &&
         Map.map("check", To.Check) && Map.map("file", To.File) && Map.map("function", To.Function) &&
         Map.map("message", To.Message);
}

std::string encodeBaseline(llvm::ArrayRef<CheckedFinding> Findings) {
  const RepositoryRoot Root;
  std::vector<std::pair<std::string, const CheckedFinding *>> ByFile;
  for (const CheckedFinding &F : Findings)
    ByFile.emplace_back(Root.relative(F.Said.Message.FilePath), &F);
  llvm::stable_sort(ByFile, llvm::less_first());
  std::string Text;
  llvm::raw_string_ostream Out(Text);
  json::OStream Json(Out, /*IndentSize=*/2);
  Json.object([&] {
    Json.attribute("connsan_baseline", Version);
    Json.attributeArray("findings", [&] {
      for (const auto &[File, F] : ByFile)
        Json.object([&, File = File, F = F] {
          Json.attribute("file", jsonText(File));
          Json.attribute("function", jsonText(F->Function));
          Json.attribute("message", jsonText(F->Said.Message.Message));
          Json.attribute("check", F->Said.DiagnosticName);
          Json.attribute("confidence", F->Confidence);
          Json.attribute("fingerprint", F->Fingerprint);
        });
    });
  });
  Out << '\n';
  return Text;
}

llvm::Expected<std::vector<BaselineEntry>> readBaseline(const std::string &File) {
  auto Fail = [&](const llvm::Twine &Why) { return llvm::createStringError(File + ": " + Why); };
  auto Bytes = llvm::MemoryBuffer::getFile(File);
  if (!Bytes)
    return Fail(Bytes.getError().message());
  llvm::Expected<json::Value> Document = json::parse((*Bytes)->getBuffer());
  if (!Document)
    return Fail("is no baseline: " + llvm::toString(Document.takeError()));
  const json::Object *Top = Document->getAsObject();
  std::optional<std::int64_t> Written = Top ? Top->getInteger("connsan_baseline") : std::nullopt;
  if (!Written)
    return Fail("is no baseline; 'connsan baseline' writes one");
  if (*Written != Version)
    return Fail("is of version " + llvm::Twine(*Written) + " where this connsan has " + llvm::Twine(Version) +
                "; write it again with 'connsan baseline'");
  std::vector<BaselineEntry> Entries;
  json::Path::Root Where("the baseline");
  const json::Value *All = Top->get("findings");
  if (!All || !json::fromJSON(*All, Entries, Where))
    return Fail("is damaged: " + (All ? llvm::toString(Where.getError()) : "it has no findings"));
  return Entries;
}

std::string describeFixed(const BaselineEntry &Entry) {
  return Entry.File + ": fixed: " + Entry.Message + " (in '" + Entry.Function + "')";
}

} // namespace connsan::tool
