#include "SourceList.h"

#include "CompilerArguments.h"
#include "FactsFiles.h"

#include "clang/Tooling/CommonOptionsParser.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <set>
#include <unistd.h>

namespace connsan::tool {
namespace {

namespace tooling = clang::tooling;

/// The nearest directory at or above that one that has a compilation database; else that one.
std::string findBuild(llvm::StringRef From) {
  llvm::SmallString<256> Start(From);
  if (llvm::sys::fs::make_absolute(Start))
    return From.str();
  for (llvm::StringRef At = Start; !At.empty(); At = llvm::sys::path::parent_path(At))
    if (llvm::sys::fs::exists(At + "/compile_commands.json"))
      return At.str();
  return From.str();
}

/// Sets `Where` to its directory.
std::unique_ptr<tooling::CompilationDatabase> findDatabase(const std::string &BuildPath,
                                                           const std::vector<std::string> &Sources,
                                                           std::string &Where, ProblemList &Problems) {
  std::string Ignored;
  std::unique_ptr<tooling::CompilationDatabase> Found;
  Where = BuildPath;
  if (!Where.empty())
    Found = tooling::CompilationDatabase::loadFromDirectory(Where, Ignored);
  else if (!Sources.empty())
    Found = tooling::CompilationDatabase::autoDetectFromSource(Where = Sources.front(), Ignored);
  else
    Found = tooling::CompilationDatabase::autoDetectFromDirectory(Where = ".", Ignored);
  if (Found && BuildPath.empty())
    Where = findBuild(Where);
  if (!Found)
    Problems.add("no compile_commands.json for '" + Where +
                 "'; make one with cmake -DCMAKE_EXPORT_COMPILE_COMMANDS=ON or with 'bear -- make', or give "
                 "compiler arguments after --");
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
  std::vector<tooling::CompileCommand> getAllCompileCommands() const override {
    return All->getAllCompileCommands();
  }

private:
  std::unique_ptr<CompilationDatabase> All;
};

/// Those that can be read, each once.
std::vector<std::string> readableSources(const std::vector<std::string> &Wanted, llvm::vfs::FileSystem &Files,
                                         ProblemList &Problems) {
  std::vector<std::string> Sources;
  std::set<std::string> Seen;
  for (const std::string &Source : Wanted) {
    llvm::ErrorOr<llvm::vfs::Status> Status = Files.status(Source);
    if (!Status && llvm::sys::fs::exists(Source)) {
      Problems.add(Source + ": is not staged");
      continue;
    }
    std::error_code Error = Status.getError();
    if (!Error && Status->isDirectory())
      Error = std::make_error_code(std::errc::is_a_directory);
    // What is staged need not be on the disk.
    if (!Error && access(Source.c_str(), R_OK) != 0 && errno != ENOENT)
      Error = std::error_code(errno, std::generic_category());
    if (Error)
      Problems.add(Source + ": " + Error.message());
    else if (Seen.insert(Source).second)
      Sources.push_back(Source);
  }
  return Sources;
}

bool needsCommands(const std::vector<std::string> &Sources) {
  return Sources.empty() || !llvm::all_of(Sources, isFactsFile);
}

} // namespace

void ProblemList::add(const std::string &Problem) {
  if (llvm::is_contained(All, Problem))
    return;
  if (!Command.empty())
    llvm::errs() << Command << ": " << Problem << '\n';
  All.push_back(Problem);
}

bool isSource(llvm::StringRef File) {
  return llvm::StringSwitch<bool>(llvm::sys::path::extension(File))
      .Cases({".c", ".cc", ".cpp", ".cxx", ".C", ".c++"}, true)
      .Default(false);
}

std::optional<SourceList> findSources(const SourceOptions &Options, ProblemList &Problems,
                                      llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files) {
  const std::vector<std::string> &Named = Options.Sources;
  std::unique_ptr<tooling::CompilationDatabase> Commands;
  std::string Build;
  if (Options.CompilerArguments || !needsCommands(Named))
    Commands = std::make_unique<tooling::FixedCompilationDatabase>(
        ".", Options.CompilerArguments.value_or(std::vector<std::string>()));
  else if (!(Commands = findDatabase(Options.BuildPath, Named, Build, Problems)))
    return std::nullopt;
  auto Adjusted = std::make_unique<tooling::ArgumentsAdjustingCompilations>(
      std::make_unique<FirstCommand>(std::move(Commands)));
  Adjusted->appendArgumentsAdjuster(tolerantArguments());
  std::vector<std::string> Wanted = Named.empty() ? Adjusted->getAllFiles() : Named;
  if (Wanted.empty())
    llvm::errs() << "connsan: the compilation database names no file\n";
  if (Named.empty())
    llvm::erase_if(Wanted, [&](const std::string &Source) {
      return !Files->exists(Source) && llvm::sys::fs::exists(Source); // is not staged
    });
  SourceList All;
  All.Commands = std::move(Adjusted);
  All.Sources = readableSources(Wanted, *Files, Problems);
  All.BuildDirectory = std::move(Build);
  All.Files = std::move(Files);
  return All;
}

/// What the jobs answered; a job that failed is a problem.
std::vector<FileReport> readReports(const std::vector<std::string> &Sources,
                                    const std::vector<JobResult> &Jobs, ProblemList &Problems) {
  std::vector<FileReport> Reports;
  for (std::size_t I = 0; I < Jobs.size(); ++I) {
    std::optional<FileReport> Report;
    if (Jobs[I].Failure.empty())
      Report = parseFileReport(Jobs[I].Output);
    if (!Report) {
      Problems.add(Sources[I] + ": the checker " +
                   (Jobs[I].Failure.empty() ? "gave no answer" : Jobs[I].Failure));
      continue;
    }
    for (const std::string &Problem : Report->Problems)
      Problems.add(Problem);
    Reports.push_back(std::move(*Report));
  }
  return Reports;
}

} // namespace connsan::tool
