#include "Formats.h"
#include "RepositoryRoot.h"
#include "SourceLines.h"

namespace connsan::tool {
namespace {

/// What a workflow command takes for its own syntax: more in a property than in the message.
std::string escape(llvm::StringRef Text, llvm::StringRef Special) {
  std::string Escaped;
  for (char C : Text)
    if (Special.contains(C))
      Escaped += {'%', llvm::hexdigit(static_cast<unsigned char>(C) >> 4), llvm::hexdigit(C & 15)};
    else
      Escaped += C;
  return Escaped;
}

std::string inMessage(llvm::StringRef Text) {
  return escape(Text, "%\r\n");
}

std::string inProperty(llvm::StringRef Text) {
  return escape(Text, "%\r\n:,");
}

} // namespace

void writeGithub(llvm::raw_ostream &Out, const CheckResult &Result) {
  const RepositoryRoot Root;
  SourceLines Lines(Result.Files);
  for (const CheckedFinding &F : Result.Findings) {
    const auto &Said = F.Said.Message;
    const SourceLines::Position At = Lines.find(Said.FilePath, Said.FileOffset);
    Out << (F.Confidence == "high" ? "::error " : "::warning ")
        << "file=" << inProperty(Root.relative(Said.FilePath)) << ",line=" << At.Line << ",col=" << At.Column
        << ",title=" << inProperty(F.Said.DiagnosticName) << "::" << inMessage(Said.Message);
    for (const auto &Note : F.Said.Notes)
      Out << inMessage("\n" + Root.relative(Note.FilePath) + ":" +
                       std::to_string(Lines.find(Note.FilePath, Note.FileOffset).Line) + ": " + Note.Message);
    Out << '\n';
  }
  for (const std::string &Problem : Result.Problems)
    Out << "::warning title=connsan::" << inMessage(Problem) << '\n';
  for (const BaselineEntry &Entry : Result.Fixed)
    Out << "::notice title=connsan::" << inMessage(describeFixed(Entry)) << '\n';
}

} // namespace connsan::tool
