#pragma once

#include "FileReport.h"
#include "SourceOptions.h"
#include "WorkerPool.h"

#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/Support/VirtualFileSystem.h"

/// What a command line asks to be looked at.
namespace connsan::tool {

/// What goes wrong on the way, each said once and at once: a configuration is read for every file.
class ProblemList {
public:
  explicit ProblemList(std::string Command) : Command(std::move(Command)) {}
  /// Says nothing.
  ProblemList() = default;
  void add(const std::string &Problem);
  const std::vector<std::string> &all() const { return All; }

private:
  std::string Command; ///< "connsan check"; empty: they are not said
  std::vector<std::string> All;
};

struct SourceList {
  std::unique_ptr<clang::tooling::CompilationDatabase> Commands; ///< of the sources; each is compiled once
  std::vector<std::string> Sources;                              ///< those that can be read, each once
  std::string BuildDirectory; ///< of the compilation database; empty when there is none
  /// From which they and all that they include are read.
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files = llvm::vfs::getRealFileSystem();
};

/// By its name: what a compiler is started for, no header.
bool isSource(llvm::StringRef File);

/// The sources, or all of the compilation database when none is named. Null when there is no database where
/// one is needed.
std::optional<SourceList>
findSources(const SourceOptions &Options, ProblemList &Problems,
            llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files = llvm::vfs::getRealFileSystem());

/// What the jobs answered, each about one source; a job that failed is a problem.
std::vector<FileReport> readReports(const std::vector<std::string> &Sources,
                                    const std::vector<JobResult> &Jobs, ProblemList &Problems);

} // namespace connsan::tool
