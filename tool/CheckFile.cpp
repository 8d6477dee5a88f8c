#include "CheckFile.h"

#include "ConnsanTidyModule.h"
#include "FindingCheck.h"
#include "UnitAnalysis.h"

#include "clang-tidy/ClangTidy.h"
#include "clang-tidy/ClangTidyDiagnosticConsumer.h"
#include "clang-tidy/ClangTidyModule.h"
#include "clang-tidy/ClangTidyOptions.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"

#include <algorithm>

namespace connsan::tool {
namespace {

namespace tidy = clang::tidy;
namespace tooling = clang::tooling;

/// `.clang-tidy` chooses among our checks; what it says of others does not turn ours off.
class OptionsProvider : public tidy::FileOptionsProvider {
public:
  using FileOptionsProvider::FileOptionsProvider;

  std::vector<OptionsSource> getRawOptions(llvm::StringRef FileName) override {
    std::vector<OptionsSource> All = FileOptionsProvider::getRawOptions(FileName);
    for (OptionsSource &Source : All) {
      if (Confidence)
        for (auto &Option : Source.first.CheckOptions)
          if (Option.getKey().ends_with(".Confidence"))
            Option.getValue().Value = *Confidence;
      if (!Source.first.Checks)
        continue;
      std::string Ours;
      llvm::SmallVector<llvm::StringRef, 8> Globs;
      llvm::StringRef(*Source.first.Checks).split(Globs, ',');
      for (llvm::StringRef Glob : Globs)
        if (Glob.contains("connsan-"))
          Ours += "," + Glob.trim().str();
      Source.first.Checks = "-*,connsan-*" + Ours;
    }
    return All;
  }

  std::optional<std::string> Confidence; ///< overrides what the files say
};

std::unique_ptr<tidy::ClangTidyOptionsProvider>
optionsProvider(const std::optional<std::string> &Confidence) {
  tidy::ClangTidyOptions Defaults = tidy::ClangTidyOptions::getDefaults();
  Defaults.Checks = "-*,connsan-*";
  Defaults.HeaderFilterRegex = ".*";
  tidy::ClangTidyOptions Overrides;
  if (Confidence)
    Overrides.CheckOptions["Confidence"] = tidy::ClangTidyOptions::ClangTidyValue(*Confidence, ~0U);
  auto Provider = std::make_unique<OptionsProvider>(tidy::ClangTidyGlobalOptions(), Defaults, Overrides);
  Provider->Confidence = Confidence;
  return Provider;
}

/// "FILE:LINE:COLUMN: ", from the offset that clang-tidy keeps.
std::string position(const tooling::DiagnosticMessage &Message) {
  if (Message.FilePath.empty())
    return "";
  auto Text = llvm::MemoryBuffer::getFile(Message.FilePath);
  if (!Text)
    return Message.FilePath + ": ";
  llvm::StringRef Before = (*Text)->getBuffer().take_front(Message.FileOffset);
  std::size_t Column = Message.FileOffset - (Before.rfind('\n') + 1) + 1;
  return Message.FilePath + ":" + llvm::utostr(Before.count('\n') + 1) + ":" + llvm::utostr(Column) + ": ";
}

/// Runs the checks that the options of the file ask for, without the matchers that clang-tidy walks the whole
/// tree for.
class Consumer : public clang::ASTConsumer {
public:
  explicit Consumer(tidy::ClangTidyContext &Context) : Context(Context) {}

  void HandleTranslationUnit(clang::ASTContext &Unit) override {
    tidy::ClangTidyCheckFactories Factories;
    addCheckFactories(Factories);
    std::shared_ptr<UnitAnalysis> SharedByAll = UnitAnalysis::of(Unit);
    for (const std::unique_ptr<tidy::ClangTidyCheck> &Check : Factories.createChecksForLanguage(&Context))
      static_cast<FindingCheck &>(*Check).run(Unit);
  }

private:
  tidy::ClangTidyContext &Context;
};

/// Parses one file and tells the context of clang-tidy about it.
class Action : public clang::ASTFrontendAction {
public:
  explicit Action(tidy::ClangTidyContext &Context) : Context(Context) {}

private:
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance &Compiler,
                                                        llvm::StringRef File) override {
    Compiler.getDiagnosticOpts().ShowCarets = false; // else it counts the errors on standard error
    Context.setSourceManager(&Compiler.getSourceManager());
    Context.setCurrentFile(File);
    Context.setASTContext(&Compiler.getASTContext());
    if (auto Directory = Compiler.getVirtualFileSystem().getCurrentWorkingDirectory())
      Context.setCurrentBuildDirectory(*Directory);
    return std::make_unique<Consumer>(Context);
  }
  tidy::ClangTidyContext &Context;
};

class ActionFactory : public tooling::FrontendActionFactory {
public:
  explicit ActionFactory(tidy::ClangTidyContext &Context) : Context(Context) {}
  std::unique_ptr<clang::FrontendAction> create() override { return std::make_unique<Action>(Context); }

private:
  tidy::ClangTidyContext &Context;
};

/// Adds what `.clang-tidy` says of compiler arguments.
tooling::CommandLineArguments withExtraArguments(tooling::CommandLineArguments Arguments,
                                                 const tidy::ClangTidyOptions &Options) {
  auto Insert = [&](const std::optional<std::vector<std::string>> &Extra, auto At) {
    if (Extra)
      Arguments.insert(At, Extra->begin(), Extra->end());
  };
  if (!Arguments.empty())
    Insert(Options.ExtraArgsBefore, std::next(Arguments.begin()));
  Insert(Options.ExtraArgs, Arguments.end());
  return Arguments;
}

std::vector<tidy::ClangTidyError> runChecks(const std::string &Source,
                                            const tooling::CompilationDatabase &Commands,
                                            const std::optional<std::string> &Confidence) {
  tidy::ClangTidyContext Context(optionsProvider(Confidence));
  tidy::ClangTidyDiagnosticConsumer Collected(Context, nullptr, /*RemoveIncompatibleErrors=*/true);
  auto DiagnosticOptions = std::make_unique<clang::DiagnosticOptions>();
  clang::DiagnosticsEngine Engine(clang::DiagnosticIDs::create(), *DiagnosticOptions, &Collected,
                                  /*ShouldOwnClient=*/false);
  Context.setDiagnosticsEngine(std::move(DiagnosticOptions), &Engine);
  tooling::ClangTool Tool(Commands, {Source});
  Tool.appendArgumentsAdjuster([&](const tooling::CommandLineArguments &Arguments, llvm::StringRef File) {
    return withExtraArguments(Arguments, Context.getOptionsForFile(File));
  });
  Tool.setPrintErrorMessage(false);
  Tool.setDiagnosticConsumer(&Collected);
  ActionFactory Factory(Context);
  Tool.run(&Factory);
  return Collected.take();
}

} // namespace

FileReport checkFile(const std::string &Source, const tooling::CompilationDatabase &Commands,
                     const std::optional<std::string> &Confidence) {
  FileReport Report;
  std::vector<std::string> Errors;
  for (const tidy::ClangTidyError &Error : runChecks(Source, Commands, Confidence)) {
    llvm::StringRef Name = Error.DiagnosticName;
    if (Name.starts_with("connsan-"))
      Report.Findings.push_back(Error);
    else if (Name == "clang-tidy-config")
      Report.Problems.push_back(Error.Message.Message);
    else if (Error.DiagLevel == tidy::ClangTidyError::Error)
      Errors.push_back(position(Error.Message) + Error.Message.Message);
  }
  if (!Errors.empty()) {
    std::string Line = Errors.front();
    if (llvm::StringRef(Line).find(Source) == llvm::StringRef::npos)
      Line = Source + ": " + Line;
    if (Errors.size() > 1)
      Line += " (and " + llvm::utostr(Errors.size() - 1) + " more errors)";
    Report.Problems.push_back(Line + "; checked as far as it parsed");
  }
  return Report;
}

} // namespace connsan::tool
