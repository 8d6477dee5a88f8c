#include "Git.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"

namespace connsan::tool {
namespace {

struct Answer {
  int Status = 0;
  std::string Output;
  std::string Said; ///< on standard error, without git's own prefix
};

std::string read(llvm::StringRef Path) {
  auto Text = llvm::MemoryBuffer::getFile(Path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  return Text ? (*Text)->getBuffer().str() : "";
}

std::error_code writeTo(llvm::StringRef Path, llvm::StringRef Text) {
  std::error_code Error;
  llvm::raw_fd_ostream Out(Path, Error);
  Out << Text;
  Out.close();
  if (!Error)
    Error = Out.error();
  Out.clear_error(); // else it ends the process
  return Error;
}

llvm::StringRef lastLine(llvm::StringRef Text) {
  llvm::StringRef Line = Text.rtrim();
  Line = Line.substr(Line.rfind('\n') + 1);
  Line.consume_front("fatal: ");
  Line.consume_front("error: ");
  return Line;
}

/// Runs git with that on its standard input; the error says that this was not possible.
llvm::Expected<Answer> git(std::vector<llvm::StringRef> Arguments, llvm::StringRef Input = {}) {
  llvm::ErrorOr<std::string> Program = llvm::sys::findProgramByName("git");
  if (!Program)
    return llvm::createStringError("git was not found");
  llvm::SmallString<128> Given, Output, Errors;
  llvm::FileRemover Removers[3];
  llvm::FileRemover *Remover = Removers;
  for (llvm::SmallString<128> *Path : {&Given, &Output, &Errors}) {
    if (std::error_code Error = llvm::sys::fs::createTemporaryFile("connsan-git", "txt", *Path))
      return llvm::createStringError("cannot make a temporary file: " + Error.message());
    Remover++->setFile(*Path);
  }
  if (std::error_code Error = writeTo(Given, Input))
    return llvm::createStringError("cannot write a temporary file: " + Error.message());
  Arguments.insert(Arguments.begin(), *Program);
  std::string Why;
  const int Status = llvm::sys::ExecuteAndWait(*Program, Arguments, /*Env=*/std::nullopt,
                                               {Given.str(), Output.str(), Errors.str()}, /*SecondsToWait=*/0,
                                               /*MemoryLimit=*/0, &Why);
  if (Status < 0)
    return llvm::createStringError("git cannot be run: " + Why);
  return Answer{Status, read(Output), lastLine(read(Errors)).str()};
}

/// Its output; a status that is not 0 is an error with what git said.
llvm::Expected<std::string> outputOf(std::vector<llvm::StringRef> Arguments, llvm::StringRef Input = {}) {
  llvm::Expected<Answer> Said = git(std::move(Arguments), Input);
  if (!Said)
    return Said.takeError();
  if (Said->Status != 0)
    return llvm::createStringError("git: " + Said->Said);
  return std::move(Said->Output);
}

bool isShallow() {
  llvm::Expected<std::string> Answer = outputOf({"rev-parse", "--is-shallow-repository"});
  if (!Answer) {
    llvm::consumeError(Answer.takeError());
    return false;
  }
  return llvm::StringRef(*Answer).trim() == "true";
}

/// What to do when history is missing.
std::string inShallowClone() {
  return isShallow() ? "; this clone is shallow: fetch more of its history (git fetch --unshallow)" : "";
}

bool isFile(llvm::StringRef Mode) {
  return Mode == "100644" || Mode == "100755";
}

} // namespace

llvm::Expected<Git> Git::sinceMergeBase(const std::string &Revision) {
  llvm::Expected<std::string> Root = outputOf({"rev-parse", "--show-toplevel"});
  if (!Root)
    return Root.takeError();
  const std::string Commit = Revision + "^{commit}";
  llvm::Expected<Answer> Known = git({"rev-parse", "--verify", "--quiet", Commit});
  if (!Known)
    return Known.takeError();
  llvm::StringRef Top = llvm::StringRef(*Root).rtrim("\r\n");
  if (Known->Status != 0 && Revision == "HEAD") {
    llvm::Expected<std::string> NoFiles = outputOf({"hash-object", "-t", "tree", "--stdin"});
    if (!NoFiles)
      return NoFiles.takeError();
    return Git(Top.str(), llvm::StringRef(*NoFiles).trim().str());
  }
  if (Known->Status != 0 || llvm::StringRef(Revision).starts_with("-"))
    return llvm::createStringError("there is no revision '" + Revision + "' here" + inShallowClone());
  llvm::Expected<Answer> Base = git({"merge-base", llvm::StringRef(Known->Output).trim(), "HEAD"});
  if (!Base)
    return Base.takeError();
  if (Base->Status != 0)
    return llvm::createStringError("'" + Revision + "' and HEAD have no common ancestor here" +
                                   inShallowClone());
  return Git(Top.str(), llvm::StringRef(Base->Output).trim().str());
}

llvm::Expected<std::vector<ChangedFile>> Git::changes() const {
  return comparedWith({Base});
}

llvm::Expected<std::vector<ChangedFile>> Git::unstaged() const {
  return comparedWith({});
}

llvm::Expected<std::vector<ChangedFile>> Git::comparedWith(llvm::ArrayRef<llvm::StringRef> Commit) const {
  std::vector<llvm::StringRef> Diff = {
      "-C", Root, "diff", "--raw", "-z", "-M", "--abbrev=40", "--no-relative", "--ignore-submodules=all"};
  llvm::append_range(Diff, Commit);
  Diff.push_back("--");
  llvm::Expected<std::string> Changed = outputOf(std::move(Diff));
  if (!Changed)
    return Changed.takeError();
  llvm::Expected<std::string> New =
      outputOf({"-C", Root, "ls-files", "-z", "--others", "--exclude-standard"});
  if (!New)
    return New.takeError();
  auto Absolute = [&](llvm::StringRef Path) { return Root + "/" + Path.str(); };
  std::vector<ChangedFile> All;
  llvm::SmallVector<llvm::StringRef, 0> Fields;
  llvm::StringRef(*Changed).split(Fields, '\0', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  // ":MODE MODE BLOB BLOB STATUS", then a path, or two where one became the other.
  for (auto Next = Fields.begin(); Next != Fields.end();) {
    llvm::SmallVector<llvm::StringRef, 5> Parts;
    Next++->drop_front().split(Parts, ' ');
    if (Parts.size() != 5 || Next == Fields.end())
      return llvm::createStringError("git: unexpected output of git diff --raw");
    llvm::StringRef Old = *Next++;
    llvm::StringRef Path = Old;
    if ((Parts[4].starts_with("R") || Parts[4].starts_with("C")) && Next != Fields.end())
      Path = *Next++;
    ChangedFile File;
    if (isFile(Parts[1]))
      File.Now = Absolute(Path);
    if (isFile(Parts[0])) {
      File.Then = Absolute(Old);
      File.ThenBlob = Parts[2];
    }
    All.push_back(std::move(File));
  }
  Fields.clear();
  llvm::StringRef(*New).split(Fields, '\0', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  for (llvm::StringRef Path : Fields)
    All.push_back({Absolute(Path), "", "", /*IsUntracked=*/true});
  return All;
}

llvm::Expected<std::vector<std::string>> Git::contentsThen(llvm::ArrayRef<ChangedFile> Files) const {
  std::string Blobs;
  for (const ChangedFile &File : Files)
    if (!File.Then.empty())
      Blobs += File.ThenBlob + "\n";
  std::vector<std::string> Contents(Files.size());
  if (Blobs.empty())
    return Contents;
  llvm::Expected<std::string> All = outputOf({"-C", Root, "cat-file", "--batch"}, Blobs);
  if (!All)
    return All.takeError();
  // "BLOB blob SIZE", a line end, the contents, and another line end.
  llvm::StringRef Rest = *All;
  for (const auto &[File, Into] : llvm::zip(Files, Contents)) {
    if (File.Then.empty())
      continue;
    auto [Header, After] = Rest.split('\n');
    std::size_t Size = 0;
    if (Header.rsplit(' ').second.getAsInteger(10, Size) || After.size() <= Size)
      return llvm::createStringError("git: cannot read what was in " + File.Then + ": " + Header);
    Into = After.take_front(Size);
    Rest = After.drop_front(Size + 1);
  }
  return Contents;
}

std::vector<std::pair<unsigned, unsigned>> Git::newLines(const ChangedFile &File, bool Staged) const {
  std::vector<llvm::StringRef> Arguments = {"-C", Root, "diff", "--unified=0", "--no-color", "--no-ext-diff",
                                            "-M"};
  if (Staged)
    Arguments.push_back("--cached");
  Arguments.insert(Arguments.end(), {Base, "--", File.Then, File.Now});
  llvm::Expected<std::string> Diff = outputOf(std::move(Arguments));
  if (!Diff) {
    llvm::consumeError(Diff.takeError());
    return {};
  }
  std::vector<std::pair<unsigned, unsigned>> Ranges;
  llvm::SmallVector<llvm::StringRef, 0> Lines;
  llvm::StringRef(*Diff).split(Lines, '\n');
  // "@@ -FIRST,COUNT +FIRST,COUNT @@"
  for (llvm::StringRef Line : Lines) {
    if (!Line.consume_front("@@ -"))
      continue;
    llvm::StringRef Added = Line.split('+').second.split(' ').first;
    unsigned First = 0;
    unsigned Count = 1;
    if (Added.consumeInteger(10, First) || (Added.consume_front(",") && Added.getAsInteger(10, Count)))
      continue;
    if (Count > 0)
      Ranges.push_back({First, First + Count - 1});
  }
  return Ranges;
}

} // namespace connsan::tool
