#include "CheckFile.h"

#include "ConnsanTidyModule.h"
#include "FindingCheck.h"
#include "SourceLines.h"
#include "UnitAnalysis.h"

#include "analysis/CpuTime.h"

#include "clang-tidy/ClangTidy.h"
#include "clang-tidy/ClangTidyDiagnosticConsumer.h"
#include "clang-tidy/ClangTidyModule.h"
#include "clang-tidy/ClangTidyOptions.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/StringExtras.h"

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
      for (auto &Option : Source.first.CheckOptions)
        if (auto Ours = Settings.find(Option.getKey().rsplit('.').second.str()); Ours != Settings.end())
          Option.getValue().Value = Ours->second;
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

  CheckSettings Settings;
};

std::unique_ptr<tidy::ClangTidyOptionsProvider> optionsProvider(const CheckSettings &Settings) {
  tidy::ClangTidyOptions Defaults = tidy::ClangTidyOptions::getDefaults();
  Defaults.Checks = "-*,connsan-*";
  Defaults.HeaderFilterRegex = ".*";
  tidy::ClangTidyOptions Overrides;
  for (const auto &[Name, Value] : Settings)
    Overrides.CheckOptions[Name] = tidy::ClangTidyOptions::ClangTidyValue(Value, ~0U);
  auto Provider = std::make_unique<OptionsProvider>(tidy::ClangTidyGlobalOptions(), Defaults, Overrides);
  Provider->Settings = Settings;
  return Provider;
}

/// "FILE:LINE:COLUMN: ", from the offset that clang-tidy keeps.
std::string position(const tooling::DiagnosticMessage &Message) {
  if (Message.FilePath.empty())
    return "";
  SourceLines::Position At = SourceLines().find(Message.FilePath, Message.FileOffset);
  if (At.Line == 0)
    return Message.FilePath + ": ";
  return Message.FilePath + ":" + llvm::utostr(At.Line) + ":" + llvm::utostr(At.Column) + ": ";
}

/// The diagnostic as clang-tidy will keep it, and what it will not keep.
CheckedFinding withDetails(const GivenDiagnostic &Given, const clang::SourceManager &Sources) {
  CheckedFinding Known;
  Known.Said.DiagnosticName = Given.Check;
  clang::SourceLocation At = Sources.getFileLoc(clang::SourceLocation::getFromRawEncoding(Given.Said.At.Raw));
  Known.Said.Message = tooling::DiagnosticMessage(Given.Said.Text, Sources, At);
  Known.Function = Given.Of.Function;
  Known.Fingerprint = Given.Of.Fingerprint;
  Known.Confidence = Given.Said.Trust == Confidence::High ? "high" : "medium";
  Known.Resource = Given.Of.Resource;
  if (Given.Of.Acquired)
    Known.Acquirer = Given.Of.Acquirer;
  return Known;
}

bool isSame(const tooling::Diagnostic &A, const tooling::Diagnostic &B) {
  return A.DiagnosticName == B.DiagnosticName && A.Message.Message == B.Message.Message &&
         A.Message.FilePath == B.Message.FilePath && A.Message.FileOffset == B.Message.FileOffset;
}

CheckedFinding findingOf(const tidy::ClangTidyError &Error, llvm::ArrayRef<CheckedFinding> Given) {
  const auto *Known = llvm::find_if(Given, [&](const auto &G) { return isSame(G.Said, Error); });
  CheckedFinding Found = Known == Given.end() ? CheckedFinding() : *Known;
  Found.Said = Error;
  return Found;
}

std::string nameOf(GiveUp Why) {
  switch (Why) {
  case GiveUp::No:
    break;
  case GiveUp::Errors:
    return "errors";
  case GiveUp::Blocks:
    return "blocks";
  case GiveUp::States:
    return "states";
  case GiveUp::Steps:
    return "steps";
  case GiveUp::Time:
    return "time";
  }
  return "";
}

double seconds(std::chrono::nanoseconds Time) {
  return std::chrono::duration<double>(Time).count();
}

void add(const Statistics &OfUnit, const clang::SourceManager &Sources, CheckStats &To) {
  To.FilesWithResources = 1;
  To.Functions = OfUnit.Bodies;
  To.FunctionsWithResources = OfUnit.WithResources;
  To.FunctionsSilenced = OfUnit.Silenced;
  To.FunctionsGivenUp = OfUnit.GivenUp.size();
  To.FactsSeconds = seconds(OfUnit.Facts);
  To.PathsSeconds = seconds(OfUnit.Paths);
  for (const GivenUpFunction &F : OfUnit.GivenUp) {
    clang::SourceLocation At = Sources.getExpansionLoc(clang::SourceLocation::getFromRawEncoding(F.At.Raw));
    llvm::SmallString<256> Path(Sources.getFilename(At));
    Sources.getFileManager().makeAbsolutePath(Path);
    To.Named.push_back({Path.str().str(), Sources.getSpellingLineNumber(At), F.Name, nameOf(F.Why), F.After});
  }
}

/// What came of one file.
struct Run {
  std::vector<tidy::ClangTidyError> Errors; ///< those that no comment suppresses, of the compiler as well
  std::vector<CheckedFinding> Given;        ///< by the checks
  CheckStats Stats;
  std::chrono::nanoseconds Parsed{}; ///< when
};

/// Runs the checks that the options of the file ask for, without the matchers that clang-tidy walks the whole
/// tree for.
class Consumer : public clang::ASTConsumer {
public:
  Consumer(tidy::ClangTidyContext &Context, Run &Result) : Context(Context), Result(Result) {}

  void HandleTranslationUnit(clang::ASTContext &Unit) override {
    Result.Parsed = cpuTime();
    tidy::ClangTidyCheckFactories Factories;
    addCheckFactories(Factories);
    std::shared_ptr<UnitAnalysis> SharedByAll = UnitAnalysis::of(Unit);
    auto Checks = Factories.createChecksForLanguage(&Context);
    for (const auto &Check : Checks)
      static_cast<FindingCheck &>(*Check).begin(Unit);
    for (const auto &Check : Checks)
      Check->onEndOfTranslationUnit();
    for (const GivenDiagnostic &D : SharedByAll->given())
      Result.Given.push_back(withDetails(D, Unit.getSourceManager()));
    if (std::optional<Statistics> Known = SharedByAll->statistics())
      add(*Known, Unit.getSourceManager(), Result.Stats);
  }

private:
  tidy::ClangTidyContext &Context;
  Run &Result;
};

/// Parses one file and tells the context of clang-tidy about it.
class Action : public clang::ASTFrontendAction {
public:
  Action(tidy::ClangTidyContext &Context, Run &Result) : Context(Context), Result(Result) {}

private:
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance &Compiler,
                                                        llvm::StringRef File) override {
    Compiler.getDiagnosticOpts().ShowCarets = false; // else it counts the errors on standard error
    Context.setSourceManager(&Compiler.getSourceManager());
    Context.setCurrentFile(File);
    Context.setASTContext(&Compiler.getASTContext());
    if (auto Directory = Compiler.getVirtualFileSystem().getCurrentWorkingDirectory())
      Context.setCurrentBuildDirectory(*Directory);
    return std::make_unique<Consumer>(Context, Result);
  }
  tidy::ClangTidyContext &Context;
  Run &Result;
};

class ActionFactory : public tooling::FrontendActionFactory {
public:
  ActionFactory(tidy::ClangTidyContext &Context, Run &Result) : Context(Context), Result(Result) {}
  std::unique_ptr<clang::FrontendAction> create() override {
    return std::make_unique<Action>(Context, Result);
  }

private:
  tidy::ClangTidyContext &Context;
  Run &Result;
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

Run runChecks(const std::string &Source, const tooling::CompilationDatabase &Commands,
              const CheckSettings &Settings) {
  Run Result;
  const std::chrono::nanoseconds Start = cpuTime();
  tidy::ClangTidyContext Context(optionsProvider(Settings));
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
  ActionFactory Factory(Context, Result);
  Tool.run(&Factory);
  Result.Errors = Collected.take();
  const std::chrono::nanoseconds End = cpuTime();
  if (Result.Parsed == std::chrono::nanoseconds())
    Result.Parsed = End;
  Result.Stats.Files = 1;
  Result.Stats.ParseSeconds = seconds(Result.Parsed - Start);
  Result.Stats.ReportSeconds =
      seconds(End - Result.Parsed) - Result.Stats.FactsSeconds - Result.Stats.PathsSeconds;
  return Result;
}

} // namespace

FileReport checkFile(const std::string &Source, const tooling::CompilationDatabase &Commands,
                     const CheckSettings &Settings) {
  FileReport Report;
  std::vector<std::string> Errors;
  Run Result = runChecks(Source, Commands, Settings);
  Report.Stats = std::move(Result.Stats);
  for (const tidy::ClangTidyError &Error : Result.Errors) {
    llvm::StringRef Name = Error.DiagnosticName;
    if (Name.starts_with("connsan-"))
      Report.Findings.push_back(findingOf(Error, Result.Given));
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
