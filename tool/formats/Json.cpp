#include "Formats.h"
#include "JsonText.h"
#include "SourceLines.h"

#include <connsan/Version.h>

namespace connsan::tool {
namespace {

namespace json = llvm::json;

class Writer {
public:
  Writer(llvm::raw_ostream &Out, const CheckResult &Result)
      : Json(Out, /*IndentSize=*/2), Result(Result), Lines(Result.Files) {}

  void write(const CheckStats *Stats) {
    Json.object([&] {
      Json.attribute("version", CONNSAN_VERSION);
      Json.attributeArray("findings", [&] {
        for (const CheckedFinding &F : Result.Findings)
          Json.object([&] { finding(F); });
      });
      Json.attributeArray("fixed", [&] {
        for (const BaselineEntry &Entry : Result.Fixed)
          Json.object([&] { fixed(Entry); });
      });
      Json.attributeArray("problems", [&] {
        for (const std::string &Problem : Result.Problems)
          Json.value(jsonText(Problem));
      });
      if (Stats)
        Json.attributeObject("stats", [&] { stats(*Stats); });
    });
  }

private:
  void finding(const CheckedFinding &F) {
    Json.attribute("check", F.Said.DiagnosticName);
    message(F.Said.Message);
    Json.attribute("function", jsonText(F.Function));
    Json.attribute("fingerprint", F.Fingerprint);
    Json.attribute("confidence", F.Confidence);
    Json.attribute("resource", jsonText(F.Resource));
    Json.attribute("acquirer", F.Acquirer.empty() ? json::Value(nullptr) : jsonText(F.Acquirer));
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

  void fixed(const BaselineEntry &Entry) {
    Json.attribute("check", jsonText(Entry.Check));
    Json.attribute("file", jsonText(Entry.File));
    Json.attribute("function", jsonText(Entry.Function));
    Json.attribute("message", jsonText(Entry.Message));
    Json.attribute("fingerprint", jsonText(Entry.Fingerprint));
  }

  void edit(const clang::tooling::Replacement &Edit) {
    Json.attribute("file", jsonText(Edit.getFilePath()));
    Json.attribute("offset", Edit.getOffset());
    Json.attribute("length", Edit.getLength());
    Json.attribute("text", jsonText(Edit.getReplacementText()));
  }

  void message(const clang::tooling::DiagnosticMessage &Message) {
    SourceLines::Position At = Lines.find(Message.FilePath, Message.FileOffset);
    Json.attribute("message", jsonText(Message.Message));
    Json.attribute("file", jsonText(Message.FilePath));
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
          Json.attribute("file", jsonText(One.File));
          Json.attribute("line", One.Line);
          Json.attribute("function", jsonText(One.Function));
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
  const CheckResult &Result;
  SourceLines Lines;
};

} // namespace

void writeJson(llvm::raw_ostream &Out, const CheckResult &Result, const CheckStats *Stats) {
  Writer(Out, Result).write(Stats);
  Out << '\n';
}

} // namespace connsan::tool
