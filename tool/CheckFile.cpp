#include "CheckFile.h"

#include "ConnsanTidyModule.h"
#include "FindingCheck.h"
#include "SourceLines.h"
#include "UnitAnalysis.h"

#include "analysis/CpuTime.h"
#include "analysis/FactsCollector.h"

#include "clang-tidy/ClangTidy.h"
#include "clang-tidy/ClangTidyDiagnosticConsumer.h"
#include "clang-tidy/ClangTidyModule.h"
#include "clang-tidy/ClangTidyOptions.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

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
std::string position(const tooling::DiagnosticMessage &Message, const SourceList &Of) {
  if (Message.FilePath.empty())
    return "";
  SourceLines::Position At = SourceLines(Of.Files).find(Message.FilePath, Message.FileOffset);
  if (At.Line == 0)
    return Message.FilePath + ": ";
  return Message.FilePath + ":" + llvm::utostr(At.Line) + ":" + llvm::utostr(At.Column) + ": ";
}

/// The diagnostic as clang-tidy will keep it, and what it will not keep.
CheckedFinding withDetails(const GivenDiagnostic &Given, const UnitAnalysis &Unit) {
  CheckedFinding Known;
  Known.Said.DiagnosticName = Given.Check;
  const clang::SourceManager &Sources = Unit.sources();
  clang::SourceLocation At = Sources.getFileLoc(Unit.locationOf(Given.Said.At));
  Known.Said.Message = tooling::DiagnosticMessage(Given.Said.Text, Sources, At);
  Known.Function = Given.Of.Function;
  Known.Fingerprint = Given.Of.Fingerprint;
  Known.Confidence = Given.Said.Trust == Confidence::High ? "high" : "medium";
  Known.Resource = Given.Of.Resource;
  if (Given.Of.Acquired)
    Known.Acquirer = Given.Of.Acquirer;
  Known.Likeness = Given.Of.Likeness;
  Known.LocalTo = Given.Of.File;
  for (const FindingMessage::Note &Note : Given.Said.Notes)
    Known.Paths.push_back(Note.Path);
  Known.BeginsPaths = Given.Said.BeginsPaths;
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

void add(const Statistics &OfUnit, const UnitAnalysis &Unit, CheckStats &To) {
  const clang::SourceManager &Sources = Unit.sources();
  To.FilesWithResources = 1;
  To.Functions = OfUnit.Bodies;
  To.FunctionsWithResources = OfUnit.WithResources;
  To.FunctionsSilenced = OfUnit.Silenced;
  To.FunctionsGivenUp = OfUnit.GivenUp.size();
  To.FactsSeconds = seconds(OfUnit.Facts);
  To.PathsSeconds = seconds(OfUnit.Paths);
  for (const GivenUpFunction &F : OfUnit.GivenUp) {
    clang::SourceLocation At = Sources.getExpansionLoc(Unit.locationOf(F.At));
    llvm::SmallString<256> Path(Sources.getFilename(At));
    Sources.getFileManager().makeAbsolutePath(Path);
    To.Named.push_back({Path.str().str(), Sources.getSpellingLineNumber(At), F.Name, nameOf(F.Why), F.After});
  }
}

/// The context of clang-tidy and what was diagnosed in it.
struct Session {
  explicit Session(const CheckSettings &Settings)
      : Context(optionsProvider(Settings)), Collected(Context, nullptr, /*RemoveIncompatibleErrors=*/true),
        Options(std::make_unique<clang::DiagnosticOptions>()),
        Engine(clang::DiagnosticIDs::create(), *Options, &Collected, /*ShouldOwnClient=*/false) {
    Context.setDiagnosticsEngine(std::move(Options), &Engine);
  }

  tidy::ClangTidyContext Context;
  tidy::ClangTidyDiagnosticConsumer Collected;
  std::unique_ptr<clang::DiagnosticOptions> Options; ///< until the context takes them
  clang::DiagnosticsEngine Engine;
  std::vector<CheckedFinding> Given; ///< by the checks
  CheckStats Stats;
  std::chrono::nanoseconds Start = cpuTime();
  std::chrono::nanoseconds Parsed{}; ///< when
};

/// Runs the checks that the options of the file ask for, without the matchers that clang-tidy walks the whole
/// tree for.
void runChecks(Session &In, const std::shared_ptr<UnitAnalysis> &Unit) {
  tidy::ClangTidyCheckFactories Factories;
  addCheckFactories(Factories);
  In.Parsed = cpuTime();
  auto Checks = Factories.createChecksForLanguage(&In.Context);
  for (const auto &Check : Checks)
    static_cast<FindingCheck &>(*Check).begin(Unit);
  for (const auto &Check : Checks)
    Check->onEndOfTranslationUnit();
  for (const GivenDiagnostic &D : Unit->given())
    In.Given.push_back(withDetails(D, *Unit));
  if (std::optional<Statistics> Known = Unit->statistics())
    add(*Known, *Unit, In.Stats);
}

/// What is done with a file that was parsed.
using Task = std::function<void(clang::CompilerInstance &)>;

class Consumer : public clang::ASTConsumer {
public:
  Consumer(clang::CompilerInstance &Compiler, const Task &Then) : Compiler(Compiler), Then(Then) {}
  void HandleTranslationUnit(clang::ASTContext &) override { Then(Compiler); }

private:
  clang::CompilerInstance &Compiler;
  const Task &Then;
};

/// Parses one file and tells the context of clang-tidy about it.
class Action : public clang::ASTFrontendAction {
public:
  Action(tidy::ClangTidyContext &Context, const Task &Then) : Context(Context), Then(Then) {}

private:
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance &Compiler,
                                                        llvm::StringRef File) override {
    Compiler.getDiagnosticOpts().ShowCarets = false; // else it counts the errors on standard error
    Context.setSourceManager(&Compiler.getSourceManager());
    Context.setCurrentFile(File);
    Context.setASTContext(&Compiler.getASTContext());
    if (auto Directory = Compiler.getVirtualFileSystem().getCurrentWorkingDirectory())
      Context.setCurrentBuildDirectory(*Directory);
    return std::make_unique<Consumer>(Compiler, Then);
  }
  tidy::ClangTidyContext &Context;
  const Task &Then;
};

class ActionFactory : public tooling::FrontendActionFactory {
public:
  ActionFactory(tidy::ClangTidyContext &Context, const Task &Then) : Context(Context), Then(Then) {}
  std::unique_ptr<clang::FrontendAction> create() override { return std::make_unique<Action>(Context, Then); }

private:
  tidy::ClangTidyContext &Context;
  const Task &Then;
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

void parse(const std::string &Source, const SourceList &Of, Session &In, const Task &Then) {
  tooling::ClangTool Tool(*Of.Commands, {Source}, std::make_shared<clang::PCHContainerOperations>(),
                          Of.Files);
  Tool.appendArgumentsAdjuster([&](const tooling::CommandLineArguments &Arguments, llvm::StringRef File) {
    return withExtraArguments(Arguments, In.Context.getOptionsForFile(File));
  });
  Tool.setPrintErrorMessage(false);
  Tool.setDiagnosticConsumer(&In.Collected);
  ActionFactory Factory(In.Context, Then);
  Tool.run(&Factory);
}

bool isFinding(const tidy::ClangTidyError &Error) {
  return llvm::StringRef(Error.DiagnosticName).starts_with("connsan-");
}

bool isAboutConfiguration(const tidy::ClangTidyError &Error) {
  return Error.DiagnosticName == "clang-tidy-config";
}

/// One line for what the compiler did not understand; empty when there is nothing.
std::string parseProblem(const std::string &Source, const SourceList &Of,
                         const std::vector<tidy::ClangTidyError> &Diagnosed) {
  std::vector<std::string> Errors;
  for (const tidy::ClangTidyError &Error : Diagnosed)
    if (Error.DiagLevel == tidy::ClangTidyError::Error && !isFinding(Error) && !isAboutConfiguration(Error))
      Errors.push_back(position(Error.Message, Of) + Error.Message.Message);
  if (Errors.empty())
    return "";
  std::string Line = Errors.front();
  if (llvm::StringRef(Line).find(Source) == llvm::StringRef::npos)
    Line = Source + ": " + Line;
  if (Errors.size() > 1)
    Line += " (and " + llvm::utostr(Errors.size() - 1) + " more errors)";
  return Line + "; checked as far as it parsed";
}

/// What was diagnosed, and how long it took.
FileReport report(Session &Of, const std::vector<tidy::ClangTidyError> &Diagnosed,
                  const std::string &ParseProblem) {
  FileReport Report;
  for (const tidy::ClangTidyError &Error : Diagnosed) {
    if (isFinding(Error))
      Report.Findings.push_back(findingOf(Error, Of.Given));
    else if (isAboutConfiguration(Error))
      Report.Problems.push_back(Error.Message.Message);
  }
  if (!ParseProblem.empty())
    Report.Problems.push_back(ParseProblem);
  const std::chrono::nanoseconds End = cpuTime();
  const std::chrono::nanoseconds Parsed = Of.Parsed == std::chrono::nanoseconds() ? End : Of.Parsed;
  Report.Stats = std::move(Of.Stats);
  Report.Stats.Files = 1;
  Report.Stats.ParseSeconds = seconds(Parsed - Of.Start);
  Report.Stats.ReportSeconds = seconds(End - Parsed) - Report.Stats.FactsSeconds - Report.Stats.PathsSeconds;
  return Report;
}

} // namespace

FileReport checkFile(const std::string &Source, const SourceList &Of, const CheckSettings &Settings) {
  Session Here(Settings);
  parse(Source, Of, Here, [&](clang::CompilerInstance &Compiler) {
    runChecks(Here, UnitAnalysis::of(Compiler.getASTContext(), Compiler.getPreprocessor()));
  });
  std::vector<tidy::ClangTidyError> Diagnosed = Here.Collected.take();
  return report(Here, Diagnosed, parseProblem(Source, Of, Diagnosed));
}

llvm::Expected<FileReport> checkFacts(const UnitFacts &Unit,
                                      const llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> &From,
                                      const CheckSettings &Settings, ResultCache *Results) {
  Session Here(Settings);
  // As when parsing, the process goes there too.
  if (std::error_code Error = From->setCurrentWorkingDirectory(Unit.From.Directory))
    return llvm::createStringError(Unit.From.Directory + ": " + Error.message());
  clang::FileManager Files({}, From);
  clang::SourceManager Sources(Here.Engine, Files);
  llvm::Expected<StoredSources> Places = StoredSources::open(Unit, Sources);
  if (!Places)
    return Places.takeError();
  Here.Context.setSourceManager(&Sources);
  Here.Context.setCurrentFile(Unit.Stretches[Unit.MainFile].File);
  Here.Context.setCurrentBuildDirectory(Unit.From.Directory);
  auto Analysis = std::make_shared<UnitAnalysis>(Unit, *Places);
  Analysis->useResults(Results);
  const unsigned Before = Results ? Results->explored() : 0;
  runChecks(Here, Analysis);
  Here.Stats.Followed = Results ? Results->explored() - Before : 0;
  return report(Here, Here.Collected.take(), Unit.From.ParseProblem);
}

/// What is below the directory in which the compiler worked is named from `Directory`, which is what
/// -ffile-compilation-dir asks of debug information: found wherever the facts are read.
static void makeRelocatable(UnitFacts &Unit, llvm::StringRef Directory) {
  const std::string Below = Unit.From.Directory + "/";
  auto Shorten = [&](std::string &Name) {
    if (llvm::StringRef(Name).starts_with(Below))
      Name.erase(0, Below.size());
  };
  for (SourceStretch &Stretch : Unit.Stretches)
    Shorten(Stretch.File);
  for (InputFile &Input : Unit.From.Files)
    Shorten(Input.Name);
  llvm::sort(Unit.From.Files, [](const InputFile &A, const InputFile &B) { return A.Name < B.Name; });
  Unit.From.Directory = Directory;
}

llvm::Expected<UnitFacts> factsOfFile(const std::string &Source, const SourceList &Of, CheckStats &Cost) {
  Session Here({});
  std::optional<UnitFacts> Unit;
  parse(Source, Of, Here, [&](clang::CompilerInstance &Compiler) {
    Here.Parsed = cpuTime();
    Unit = collectFacts(Compiler.getASTContext());
    if (llvm::StringRef Named = Compiler.getCodeGenOpts().DebugCompilationDir;
        !llvm::sys::path::is_absolute(Named))
      makeRelocatable(*Unit, Named);
  });
  std::string Problem = parseProblem(Source, Of, Here.Collected.take());
  Cost.ParseSeconds += seconds(Here.Parsed - Here.Start);
  Cost.FactsSeconds += seconds(cpuTime() - Here.Parsed);
  if (!Unit)
    return llvm::createStringError(Problem.empty() ? Source + ": could not be parsed" : Problem);
  Unit->From.ParseProblem = Problem;
  Unit->From.Arguments = argumentsHash(Source, *Of.Commands);
  return std::move(*Unit);
}

std::uint64_t argumentsHash(const std::string &Source, const tooling::CompilationDatabase &Commands) {
  Session Here({});
  std::string All;
  for (const tooling::CompileCommand &Command : Commands.getCompileCommands(Source)) {
    All += Command.Directory + '\0';
    for (const std::string &Argument :
         withExtraArguments(Command.CommandLine, Here.Context.getOptionsForFile(Source)))
      All += Argument + '\0';
  }
  return llvm::xxh3_64bits(All);
}

} // namespace connsan::tool
