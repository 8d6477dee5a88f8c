#include "JsonReport.h"

#include "SourceLines.h"

#include <connsan/Version.h>

#include "llvm/Support/JSON.h"

namespace connsan::tool {
namespace {

namespace json = llvm::json;

/// Names and conditions are as the source writes them, in whatever encoding.
json::Value text(llvm::StringRef Bytes) {
  return json::isUTF8(Bytes) ? Bytes.str() : json::fixUTF8(Bytes);
}

class Writer {
public:
  explicit Writer(llvm::raw_ostream &Out) : Json(Out, /*IndentSize=*/2) {}

  void write(llvm::ArrayRef<CheckedFinding> Findings, llvm::ArrayRef<std::string> Problems,
             const CheckStats *Stats) {
    Json.object([&] {
      Json.attribute("version", CONNSAN_VERSION);
      Json.attributeArray("findings", [&] {
        for (const CheckedFinding &F : Findings)
          Json.object([&] { finding(F); });
      });
      Json.attributeArray("problems", [&] {
        for (const std::string &Problem : Problems)
          Json.value(text(Problem));
      });
      if (Stats)
        Json.attributeObject("stats", [&] { stats(*Stats); });
    });
  }

private:
  void finding(const CheckedFinding &F) {
    Json.attribute("check", F.Said.DiagnosticName);
    message(F.Said.Message);
    Json.attribute("function", text(F.Function));
    Json.attribute("fingerprint", F.Fingerprint);
    Json.attribute("confidence", F.Confidence);
    Json.attribute("resource", text(F.Resource));
    Json.attribute("acquirer", F.Acquirer.empty() ? json::Value(nullptr) : text(F.Acquirer));
    Json.attributeArray("notes", [&] {
      for (const clang::tooling::DiagnosticMessage &Note : F.Said.Notes)
        Json.object([&] { message(Note); });
    });
    Json.attributeArray("edits", [&] {
      for (const auto &OfFile : F.Said.Message.Fix)
        for (const clang::tooling::Replacement &Edit : OfFile.second)
          Json.object([&] { edit(Edit); });
    });
  }

  void edit(const clang::tooling::Replacement &Edit) {
    Json.attribute("file", text(Edit.getFilePath()));
    Json.attribute("offset", Edit.getOffset());
    Json.attribute("length", Edit.getLength());
    Json.attribute("text", text(Edit.getReplacementText()));
  }

  void message(const clang::tooling::DiagnosticMessage &Message) {
    SourceLines::Position At = Lines.find(Message.FilePath, Message.FileOffset);
    Json.attribute("message", text(Message.Message));
    Json.attribute("file", text(Message.FilePath));
    Json.attribute("line", At.Line);
    Json.attribute("column", At.Column);
  }

  void stats(const CheckStats &Stats) {
    Json.attribute("files", Stats.Files);
    Json.attribute("files_with_resources", Stats.FilesWithResources);
    Json.attribute("functions", Stats.Functions);
    Json.attribute("functions_with_resources", Stats.FunctionsWithResources);
    Json.attribute("functions_analysed", Stats.functionsAnalysed());
    Json.attribute("functions_silenced", Stats.FunctionsSilenced);
    Json.attribute("functions_given_up", Stats.FunctionsGivenUp);
    Json.attribute("indexed", Stats.Indexed);
    Json.attribute("indexed_in_several_ways", Stats.Ambiguous);
    Json.attribute("followed", Stats.Followed);
    Json.attributeArray("given_up", [&] {
      for (const CheckStats::GivenUp &One : Stats.Named)
        Json.object([&] {
          Json.attribute("file", text(One.File));
          Json.attribute("line", One.Line);
          Json.attribute("function", text(One.Function));
          Json.attribute("limit", One.Limit);
          Json.attribute("after", static_cast<std::int64_t>(One.After));
        });
    });
    Json.attributeObject("seconds", [&] {
      Json.attribute("parse", Stats.ParseSeconds);
      Json.attribute("facts", Stats.FactsSeconds);
      Json.attribute("link", Stats.LinkSeconds);
      Json.attribute("paths", Stats.PathsSeconds);
      Json.attribute("report", Stats.ReportSeconds);
    });
  }

  json::OStream Json;
  SourceLines Lines;
};

} // namespace

void writeJson(llvm::raw_ostream &Out, llvm::ArrayRef<CheckedFinding> Findings,
               llvm::ArrayRef<std::string> Problems, const CheckStats *Stats) {
  Writer(Out).write(Findings, Problems, Stats);
  Out << '\n';
}

} // namespace connsan::tool
