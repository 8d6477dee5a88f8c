#include "Formats.h"
#include "JsonText.h"
#include "RepositoryRoot.h"
#include "SourceLines.h"

#include "llvm/ADT/StringMap.h"

namespace connsan::tool {
namespace {

namespace json = llvm::json;

/// GitLab shows one of those that have the same fingerprint.
std::string unique(const std::string &Fingerprint, llvm::StringMap<unsigned> &Seen) {
  const unsigned Before = Seen[Fingerprint]++;
  return Before == 0 ? Fingerprint : Fingerprint + "-" + std::to_string(Before + 1);
}

/// The message, and how it comes to it.
std::string description(const CheckedFinding &F, SourceLines &Lines) {
  std::string Text = F.Said.Message.Message;
  for (const auto &Note : F.Said.Notes)
    Text += "; line " + std::to_string(Lines.find(Note.FilePath, Note.FileOffset).Line) + ": " + Note.Message;
  return Text;
}

} // namespace

void writeGitlab(llvm::raw_ostream &Out, const CheckResult &Result) {
  const RepositoryRoot Root;
  SourceLines Lines(Result.Files);
  llvm::StringMap<unsigned> Seen;
  json::OStream Json(Out, /*IndentSize=*/2);
  Json.array([&] {
    for (const CheckedFinding &F : Result.Findings)
      Json.object([&] {
        const auto &Said = F.Said.Message;
        Json.attribute("type", "issue");
        Json.attribute("check_name", F.Said.DiagnosticName);
        Json.attribute("description", jsonText(description(F, Lines)));
        Json.attributeArray("categories", [&] { Json.value("Bug Risk"); });
        Json.attribute("severity", F.Confidence == "high" ? "major" : "minor");
        Json.attribute("fingerprint", unique(F.Fingerprint, Seen));
        Json.attributeObject("location", [&] {
          Json.attribute("path", jsonText(Root.relative(Said.FilePath)));
          Json.attributeObject("lines", [&] {
            Json.attribute("begin", std::max(1U, Lines.find(Said.FilePath, Said.FileOffset).Line));
          });
        });
      });
  });
  Out << '\n';
}

} // namespace connsan::tool
