#include "CheckFile.h"
#include "CheckOptions.h"
#include "Commands.h"
#include "CompilerArguments.h"
#include "DumpFile.h"
#include "ModelList.h"
#include "WorkerPool.h"

#include "model/Model.h"

#include "clang-tidy/ClangTidy.h"
#include "clang/Tooling/CommonOptionsParser.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "clang/Tooling/DiagnosticsYaml.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/VirtualFileSystem.h"
#include "llvm/Support/YAMLTraits.h"

#include <set>
#include <unistd.h>

template<> struct llvm::yaml::MappingTraits<connsan::tool::FileReport> {
  static void mapping(IO &Io, connsan::tool::FileReport &Report) {
    Io.mapRequired("Findings", Report.Findings);
    Io.mapRequired("Problems", Report.Problems);
    Io.mapOptional("Dump", Report.Dump);
  }
};

namespace connsan::tool {
namespace {

namespace tidy = clang::tidy;
namespace tooling = clang::tooling;

void say(const llvm::Twine &Problem) {
  llvm::errs() << "connsan check: " << Problem << '\n';
}

std::unique_ptr<tooling::CompilationDatabase> findDatabase(const CheckOptions &Options) {
  std::string Ignored;
  std::unique_ptr<tooling::CompilationDatabase> Found;
  std::string Where = Options.BuildPath;
  if (!Where.empty())
    Found = tooling::CompilationDatabase::loadFromDirectory(Where, Ignored);
  else if (!Options.Sources.empty())
    Found = tooling::CompilationDatabase::autoDetectFromSource(Where = Options.Sources.front(), Ignored);
  else
    Found = tooling::CompilationDatabase::autoDetectFromDirectory(Where = ".", Ignored);
  if (!Found)
    say("no compile_commands.json for '" + Where +
        "'; make one with cmake -DCMAKE_EXPORT_COMPILE_COMMANDS=ON or with 'bear -- make', or give compiler "
        "arguments "
        "after --");
  return Found;
}

/// A file that is compiled twice (to an object and to bitcode, say) is checked once.
class FirstCommand : public tooling::CompilationDatabase {
public:
  explicit FirstCommand(std::unique_ptr<CompilationDatabase> All) : All(std::move(All)) {}
  std::vector<tooling::CompileCommand> getCompileCommands(llvm::StringRef File) const override {
    std::vector<tooling::CompileCommand> Found = All->getCompileCommands(File);
    Found.resize(std::min<std::size_t>(Found.size(), 1));
    return Found;
  }
  std::vector<std::string> getAllFiles() const override { return All->getAllFiles(); }

private:
  std::unique_ptr<CompilationDatabase> All;
};

std::string serialize(FileReport Report) {
  std::string Text;
  llvm::raw_string_ostream Stream(Text);
  llvm::yaml::Output Out(Stream);
  Out << Report;
  return Text;
}

std::optional<FileReport> parse(const std::string &Text) {
  FileReport Report;
  llvm::yaml::Input In(Text, nullptr, [](const llvm::SMDiagnostic &, void *) {});
  In >> Report;
  if (In.error())
    return std::nullopt;
  return Report;
}

/// The same name for a file whatever the compiler was told: from the current directory when it is below it.
std::string displayPath(llvm::StringRef Path, llvm::StringRef BuildDirectory,
                        llvm::StringRef CurrentDirectory) {
  if (Path.empty())
    return "";
  llvm::SmallString<256> Absolute(Path);
  llvm::sys::path::make_absolute(BuildDirectory, Absolute);
  llvm::sys::path::remove_dots(Absolute, /*remove_dot_dot=*/true);
  llvm::StringRef Below = Absolute;
  if (Below.consume_front(CurrentDirectory) && Below.consume_front("/"))
    return Below.str();
  return Absolute.str().str();
}

void normalizePaths(tooling::Diagnostic &D, llvm::StringRef CurrentDirectory) {
  D.Message.FilePath = displayPath(D.Message.FilePath, D.BuildDirectory, CurrentDirectory);
  for (tooling::DiagnosticMessage &Note : D.Notes)
    Note.FilePath = displayPath(Note.FilePath, D.BuildDirectory, CurrentDirectory);
  D.BuildDirectory = CurrentDirectory.str();
}

/// By place, each finding once: a header's is found in every file that includes it.
std::vector<tidy::ClangTidyError> merge(std::vector<FileReport> Reports) {
  std::vector<tooling::Diagnostic> All;
  for (FileReport &Report : Reports)
    std::move(Report.Findings.begin(), Report.Findings.end(), std::back_inserter(All));
  llvm::SmallString<256> CurrentDirectory;
  if (llvm::sys::fs::current_path(CurrentDirectory))
    CurrentDirectory.clear(); // it was removed; paths stay absolute
  for (tooling::Diagnostic &D : All)
    normalizePaths(D, CurrentDirectory);
  auto Key = [](const tooling::Diagnostic &D) {
    return std::tie(D.Message.FilePath, D.Message.FileOffset, D.DiagnosticName, D.Message.Message);
  };
  std::stable_sort(All.begin(), All.end(), [&](const auto &A, const auto &B) { return Key(A) < Key(B); });
  All.erase(
      std::unique(All.begin(), All.end(), [&](const auto &A, const auto &B) { return Key(A) == Key(B); }),
      All.end());
  std::vector<tidy::ClangTidyError> Merged;
  for (tooling::Diagnostic &D : All) {
    auto &New =
        Merged.emplace_back(D.DiagnosticName, D.DiagLevel, D.BuildDirectory, /*IsWarningAsError=*/false);
    static_cast<tooling::Diagnostic &>(New) = std::move(D);
  }
  return Merged;
}

bool redirectOutput(const std::string &Path) {
  if (Path.empty())
    return true;
  if (std::freopen(Path.c_str(), "w", stdout))
    return true;
  say("cannot write '" + Path + "': " + std::strerror(errno));
  return false;
}

void print(const std::vector<tidy::ClangTidyError> &Findings) {
  tidy::ClangTidyContext Context(std::make_unique<tidy::DefaultOptionsProvider>(
      tidy::ClangTidyGlobalOptions(), tidy::ClangTidyOptions()));
  unsigned AsErrors = 0;
  tidy::handleErrors(Findings, Context, tidy::FB_NoFix, AsErrors, llvm::vfs::getRealFileSystem());
  llvm::outs().flush();
}

} // namespace

int checkMain(int argc, char **argv) {
  std::optional<CheckOptions> Options = parseCheckOptions(argc, argv);
  if (!Options)
    return 2;
  std::unique_ptr<tooling::CompilationDatabase> Commands = std::move(Options->FixedArguments);
  if (!Commands && !(Commands = findDatabase(*Options)))
    return 2;
  tooling::ArgumentsAdjustingCompilations Adjusted(std::make_unique<FirstCommand>(std::move(Commands)));
  Adjusted.appendArgumentsAdjuster(tolerantArguments());

  bool Trouble = false;
  std::vector<std::string> Sources;
  std::set<std::string> Seen;
  for (const std::string &Source : Options->Sources.empty() ? Adjusted.getAllFiles() : Options->Sources) {
    llvm::sys::fs::file_status Status;
    std::error_code Error = llvm::sys::fs::status(Source, Status);
    if (!Error && llvm::sys::fs::is_directory(Status))
      Error = std::make_error_code(std::errc::is_a_directory);
    if (!Error && access(Source.c_str(), R_OK) != 0)
      Error = std::error_code(errno, std::generic_category());
    if (Error) {
      say(Source + ": " + Error.message());
      Trouble = true;
    } else if (Seen.insert(Source).second) {
      Sources.push_back(Source);
    }
  }
  if (Options->Sources.empty() && Sources.empty() && !Trouble)
    say("the compilation database names no file");
  if (!redirectOutput(Options->OutputFile))
    return 2;

  builtinModels(); // read once, before there are many processes
  std::vector<JobResult> Jobs = runInProcesses(Sources.size(), Options->Jobs, [&](std::size_t I) {
    if (!Options->Dump.empty())
      return serialize(dumpFile(Sources[I], Adjusted, Options->Dump));
    return serialize(checkFile(Sources[I], Adjusted, Options->Confidence));
  });
  std::vector<FileReport> Reports;
  std::set<std::string> Problems; // a configuration is read for every file
  ModelList Models;
  for (std::size_t I = 0; I < Jobs.size(); ++I) {
    std::optional<FileReport> Report;
    if (Jobs[I].Failure.empty())
      Report = parse(Jobs[I].Output);
    if (!Report) {
      say(Sources[I] + ": the checker " + (Jobs[I].Failure.empty() ? "gave no answer" : Jobs[I].Failure));
      Trouble = true;
      continue;
    }
    for (const std::string &Problem : Report->Problems)
      if (Problems.insert(Problem).second)
        say(Problem);
    Trouble |= !Report->Problems.empty();
    if (Options->Dump == "models")
      Models.add(Report->Dump);
    else
      llvm::outs() << Report->Dump;
    Reports.push_back(std::move(*Report));
  }
  if (Options->Dump == "models")
    llvm::outs() << Models.text();
  std::vector<tidy::ClangTidyError> Findings = merge(std::move(Reports));
  print(Findings);
  if (!Options->ExportFixes.empty()) {
    std::error_code Error;
    llvm::raw_fd_ostream File(Options->ExportFixes, Error);
    if (Error) {
      say("cannot write '" + Options->ExportFixes + "': " + Error.message());
      Trouble = true;
    } else {
      tidy::exportReplacements(Sources.empty() ? "" : Sources.front(), Findings, File);
    }
  }
  if (Trouble)
    return 2;
  return Findings.empty() ? 0 : 1;
}

} // namespace connsan::tool
