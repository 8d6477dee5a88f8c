#include "Editor.h"

#include "UnitAnalysis.h"

#include "../../tool/CompilerArguments.h"

#include "clang/AST/ASTContext.h"
#include "clang/Basic/Diagnostic.h"
#include "clang/Driver/CreateASTUnitFromArgs.h"
#include "clang/Serialization/PCHContainerOperations.h"
#include "llvm/Support/MemoryBuffer.h"

namespace connsan::typed {

Editor::Editor(std::string Path, std::vector<std::string> Arguments)
    : Path(std::move(Path)), Containers(std::make_shared<clang::PCHContainerOperations>()) {
  std::vector<std::string> Command{"clang"};
  Command.insert(Command.end(), Arguments.begin(), Arguments.end());
  Command.push_back(this->Path);
  Command = tool::tolerantArguments()(Command, this->Path);
  std::vector<const char *> Raw;
  for (const std::string &Argument : Command)
    Raw.push_back(Argument.c_str());
  auto Options = std::make_shared<clang::DiagnosticOptions>();
  auto Diagnostics = llvm::makeIntrusiveRefCnt<clang::DiagnosticsEngine>(
      clang::DiagnosticIDs::create(), *Options, new clang::IgnoringDiagConsumer);
  Unit = clang::CreateASTUnitFromCommandLine(
      Raw.data(), Raw.data() + Raw.size(), Containers, Options, Diagnostics, /*ResourceFilesPath=*/"",
      /*StorePreamblesInMemory=*/true, /*PreambleStoragePath=*/"", /*OnlyLocalDecls=*/true,
      clang::CaptureDiagsKind::None, /*RemappedFiles=*/{}, /*RemappedFilesKeepOriginalName=*/true,
      /*PrecompilePreambleAfterNParses=*/1, clang::TU_Complete, /*CacheCodeCompletionResults=*/false,
      /*IncludeBriefCommentsInCodeCompletion=*/false, /*AllowPCHWithCompilerErrors=*/true);
}

Editor::~Editor() = default;

Checked Editor::check(llvm::StringRef Text) {
  clang::ASTUnit::RemappedFile Changed{Path, llvm::MemoryBuffer::getMemBufferCopy(Text, Path).release()};
  Checked Result;
  Result.HasErrors = true;
  if (Unit->Reparse(Containers, Changed))
    return Result;
  clang::ASTContext &Context = Unit->getASTContext();
  // What comes from the headers is not looked at; to look for it would load all of it.
  Context.setTraversalScope({Unit->top_level_begin(), Unit->top_level_end()});
  UnitAnalysis Analysis(Context, Unit->getPreprocessor());
  Result.HasErrors = Context.getDiagnostics().hasUncompilableErrorOccurred();
  const clang::SourceManager &Sources = Context.getSourceManager();
  for (const Finding &F : Analysis.findings()) {
    auto [File, Offset] = Sources.getDecomposedExpansionLoc(Analysis.locationOf(F.AcquiredAt));
    llvm::StringRef Name = F.Function;
    Name = Name.drop_front(Name.rfind("::") == llvm::StringRef::npos ? 0 : Name.rfind("::") + 2);
    (F.Trust == Confidence::High ? Result.Findings : Result.Doubtful).insert({F.Kind, Offset, Name.str()});
  }
  return Result;
}

} // namespace connsan::typed
