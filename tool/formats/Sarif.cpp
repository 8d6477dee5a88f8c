#include "Formats.h"
#include "JsonText.h"
#include "RepositoryRoot.h"
#include "Rules.h"
#include "SourceLines.h"

#include <connsan/Version.h>

#include "llvm/ADT/STLExtras.h"

namespace connsan::tool {
namespace {

namespace json = llvm::json;
using clang::tooling::DiagnosticMessage;
using clang::tooling::Replacement;

/// By this name results say that their paths are from the root.
constexpr llvm::StringRef RootName = "SRCROOT";

/// Of a path with slashes, as RFC 3986 wants it.
std::string uriPath(llvm::StringRef Path) {
  static constexpr llvm::StringRef Plain = "/-._~!$&'()*+,;=@";
  std::string Uri;
  for (char C : Path)
    if (llvm::isAlnum(C) || Plain.contains(C))
      Uri += C;
    else
      Uri += {'%', llvm::hexdigit(static_cast<unsigned char>(C) >> 4),
              llvm::hexdigit(static_cast<unsigned char>(C) & 15)};
  return Uri;
}

llvm::StringRef level(const CheckedFinding &F) {
  return F.Confidence == "high" ? "error" : "warning";
}

class Writer {
public:
  Writer(llvm::raw_ostream &Out, const CheckResult &Result)
      : Json(Out, /*IndentSize=*/2), Result(Result), Lines(Result.Files) {}

  void write() {
    Json.object([&] {
      Json.attribute(
          "$schema",
          "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
      Json.attribute("version", "2.1.0");
      Json.attributeArray("runs", [&] { Json.object([&] { run(); }); });
    });
  }

private:
  void run() {
    Json.attributeObject("tool", [&] { Json.attributeObject("driver", [&] { driver(); }); });
    Json.attributeArray("invocations", [&] { Json.object([&] { invocation(); }); });
    Json.attributeObject("originalUriBaseIds", [&] {
      Json.attributeObject(RootName, [&] {
        Json.attribute("uri", "file://" + uriPath(Root.path()) + (Root.path() == "/" ? "" : "/"));
      });
    });
    Json.attribute("columnKind", "utf16CodeUnits");
    Json.attributeArray("results", [&] {
      for (const CheckedFinding &F : Result.Findings)
        Json.object([&] { result(F); });
    });
  }

  void driver() {
    Json.attribute("name", "connsan");
    Json.attribute("version", CONNSAN_VERSION);
    Json.attribute("semanticVersion", CONNSAN_VERSION);
    Json.attribute("informationUri", docsUrl() + "/README.md");
    Json.attributeArray("rules", [&] {
      for (const Rule &R : rules())
        Json.object([&] { rule(R); });
    });
  }

  void rule(const Rule &R) {
    Json.attribute("id", R.Id);
    Json.attributeObject("shortDescription", [&] { Json.attribute("text", R.Finds); });
    Json.attribute("helpUri", R.helpUri());
    Json.attributeObject("help", [&] {
      Json.attribute("text", R.Finds.str() + " See " + R.helpUri());
      Json.attribute("markdown", R.help());
    });
    Json.attributeObject("defaultConfiguration", [&] { Json.attribute("level", "error"); });
    Json.attributeObject("properties", [&] {
      Json.attribute("precision", "high");
      Json.attributeArray("tags", [&] {
        for (llvm::StringRef Tag : {"correctness", "reliability", "resource-leak"})
          Json.value(Tag);
      });
    });
  }

  void invocation() {
    Json.attribute("executionSuccessful", Result.Problems.empty());
    Json.attributeArray("toolExecutionNotifications", [&] {
      for (const std::string &Problem : Result.Problems)
        Json.object([&] {
          Json.attribute("level", "error");
          text("message", Problem);
        });
    });
  }

  void result(const CheckedFinding &F) {
    Json.attribute("ruleId", F.Said.DiagnosticName);
    Json.attribute("ruleIndex", ruleIndex(F.Said.DiagnosticName));
    Json.attribute("level", level(F));
    text("message", F.Said.Message.Message);
    Json.attributeArray("locations", [&] {
      Json.object([&] {
        physicalLocation(F.Said.Message);
        Json.attributeArray("logicalLocations", [&] {
          Json.object([&] { Json.attribute("fullyQualifiedName", jsonText(F.Function)); });
        });
      });
    });
    Json.attributeObject("partialFingerprints", [&] {
      Json.attribute("connsan/v1", F.Fingerprint);
      Json.attribute("primaryLocationLineHash", F.Fingerprint); // by which GitHub knows a result again
    });
    Json.attributeArray("codeFlows", [&] { paths(F); });
    Json.attributeArray("relatedLocations", [&] {
      for (auto [Note, Path] : llvm::zip_longest(F.Said.Notes, F.Paths))
        if (Note && Path.value_or(0) == 0)
          location(*Note);
    });
    if (!F.Said.Message.Fix.empty())
      Json.attributeArray("fixes", [&] { Json.object([&] { fix(F); }); });
    Json.attributeObject("properties", [&] {
      Json.attribute("confidence", F.Confidence);
      Json.attribute("resource", jsonText(F.Resource));
      if (!F.Acquirer.empty())
        Json.attribute("acquirer", jsonText(F.Acquirer));
    });
  }

  void paths(const CheckedFinding &F) {
    const unsigned Count = F.Paths.empty() ? 0 : *llvm::max_element(F.Paths);
    for (unsigned Path = 1; Path <= Count; ++Path)
      Json.object([&] {
        Json.attributeArray("threadFlows", [&] {
          Json.object([&] { Json.attributeArray("locations", [&] { steps(F, Path); }); });
        });
      });
  }

  void steps(const CheckedFinding &F, unsigned Path) {
    auto Step = [&](const DiagnosticMessage &At) {
      Json.object([&] {
        Json.attributeBegin("location");
        location(At);
        Json.attributeEnd();
      });
    };
    if (F.BeginsPaths)
      Step(F.Said.Message);
    for (auto [Note, Of] : llvm::zip(F.Said.Notes, F.Paths))
      if (Of == Path)
        Step(Note);
    if (!F.BeginsPaths)
      Step(F.Said.Message);
  }

  void location(const DiagnosticMessage &At) {
    Json.object([&] {
      physicalLocation(At);
      text("message", At.Message);
    });
  }

  void physicalLocation(const DiagnosticMessage &At) {
    Json.attributeObject("physicalLocation", [&] {
      artifactLocation(At.FilePath);
      if (SourceLines::Position Start = Lines.find(At.FilePath, At.FileOffset); Start.Line)
        Json.attributeObject("region", [&] {
          Json.attribute("startLine", Start.Line);
          Json.attribute("startColumn", Start.Utf16Column);
        });
    });
  }

  void artifactLocation(llvm::StringRef File) {
    const std::string Path = Root.relative(File);
    const bool IsBelow = !llvm::StringRef(Path).starts_with("/");
    Json.attributeObject("artifactLocation", [&] {
      Json.attribute("uri", (IsBelow ? "" : "file://") + uriPath(Path));
      if (IsBelow)
        Json.attribute("uriBaseId", RootName);
    });
  }

  void fix(const CheckedFinding &F) {
    text("description", "Release it");
    Json.attributeArray("artifactChanges", [&] {
      for (const auto &OfFile : F.Said.Message.Fix)
        Json.object([&] {
          artifactLocation(OfFile.first());
          Json.attributeArray("replacements", [&] {
            for (const Replacement &Edit : OfFile.second)
              Json.object([&] { replacement(Edit); });
          });
        });
    });
  }

  void replacement(const Replacement &Edit) {
    const auto Start = Lines.find(Edit.getFilePath(), Edit.getOffset());
    const auto End = Lines.find(Edit.getFilePath(), Edit.getOffset() + Edit.getLength());
    Json.attributeObject("deletedRegion", [&] {
      Json.attribute("startLine", Start.Line);
      Json.attribute("startColumn", Start.Utf16Column);
      Json.attribute("endLine", End.Line);
      Json.attribute("endColumn", End.Utf16Column);
    });
    text("insertedContent", Edit.getReplacementText());
  }

  void text(llvm::StringRef Name, llvm::StringRef Text) {
    Json.attributeObject(Name, [&] { Json.attribute("text", jsonText(Text)); });
  }

  json::OStream Json;
  RepositoryRoot Root;
  const CheckResult &Result;
  SourceLines Lines;
};

} // namespace

void writeSarif(llvm::raw_ostream &Out, const CheckResult &Result) {
  Writer(Out, Result).write();
  Out << '\n';
}

} // namespace connsan::tool
