#include "LinkCommands.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/StringSaver.h"

#include <optional>

namespace connsan::tool {

std::string absolute(llvm::StringRef Name, llvm::StringRef Directory) {
  llvm::SmallString<256> Path(Name);
  llvm::sys::path::make_absolute(Directory, Path);
  llvm::sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
  return Path.str().str();
}

namespace {

std::optional<std::string> contentOf(llvm::StringRef File) {
  auto Bytes = llvm::MemoryBuffer::getFile(File);
  return Bytes ? std::optional((*Bytes)->getBuffer().str()) : std::nullopt;
}

bool isArchive(llvm::StringRef Name) {
  return Name.ends_with(".a") || Name.ends_with(".la");
}

bool isObject(llvm::StringRef Name) {
  return Name.ends_with(".o") || Name.ends_with(".lo") || Name.ends_with(".obj");
}

bool isSharedLibrary(llvm::StringRef Name) {
  return Name.ends_with(".so") || llvm::sys::path::filename(Name).contains(".so.");
}

bool isSource(llvm::StringRef Name) {
  return llvm::StringSwitch<bool>(llvm::sys::path::extension(Name))
      .Cases({".c", ".cc", ".cpp", ".cxx", ".c++", ".C"}, true)
      .Default(false);
}

bool isLinked(llvm::StringRef Name) {
  return isObject(Name) || isArchive(Name) || isSharedLibrary(Name) || isSource(Name);
}

/// The words of one command; what response files hold in their place.
std::vector<std::string> wordsOf(llvm::StringRef Command, llvm::StringRef Directory) {
  llvm::BumpPtrAllocator Memory;
  llvm::StringSaver Saver(Memory);
  llvm::SmallVector<const char *, 64> Words;
  llvm::cl::TokenizeGNUCommandLine(Command, Saver, Words);
  llvm::cl::ExpansionContext Expansion(Memory, llvm::cl::TokenizeGNUCommandLine);
  const std::string From = Directory.str();
  Expansion.setCurrentDir(From);
  llvm::consumeError(Expansion.expandResponseFiles(Words)); // one that is gone stays as it is
  return {Words.begin(), Words.end()};
}

/// `ar`, also of another compiler or for another machine.
bool isArchiver(llvm::StringRef Program) {
  llvm::StringRef Name = llvm::sys::path::filename(Program);
  return Name == "ar" || Name.ends_with("-ar");
}

std::optional<LinkCommand> archiveOf(llvm::ArrayRef<std::string> Words, llvm::StringRef Directory) {
  auto Archive = llvm::find_if(Words, isArchive);
  if (Archive == Words.end())
    return std::nullopt;
  LinkCommand Found{absolute(*Archive, Directory), {}, {}};
  for (const std::string &Member : llvm::make_range(std::next(Archive), Words.end()))
    if (isLinked(Member))
      Found.Inputs.push_back(absolute(Member, Directory));
  return Found;
}

/// Of a compiler that is driven as a linker: it writes an output, and is not told to stop before linking.
std::optional<LinkCommand> linkOf(llvm::ArrayRef<std::string> Words, llvm::StringRef Directory) {
  LinkCommand Found;
  for (std::size_t I = 0; I < Words.size(); ++I) {
    llvm::StringRef Word = Words[I];
    if (Word == "-c" || Word == "-E" || Word == "-S" || Word == "-fsyntax-only")
      return std::nullopt;
    if (Word == "-o" && I + 1 < Words.size())
      Found.Output = absolute(Words[++I], Directory);
    else if (Word == "-l" && I + 1 < Words.size())
      Found.Libraries.push_back(Words[++I]);
    else if (Word.consume_front("-l"))
      Found.Libraries.push_back(Word.str());
    else if (!Word.starts_with("-") && isLinked(Word))
      Found.Inputs.push_back(absolute(Word, Directory));
  }
  return Found.Output.empty() || Found.Inputs.empty() ? std::nullopt : std::optional(std::move(Found));
}

/// The commands of a line, between operators of the shell that are not quoted.
llvm::SmallVector<llvm::StringRef, 4> commandsOn(llvm::StringRef Line) {
  llvm::SmallVector<llvm::StringRef, 4> Commands;
  std::size_t Start = 0;
  char Quote = 0;
  for (std::size_t I = 0; I < Line.size(); ++I) {
    const char C = Line[I];
    if (Quote != 0) {
      if (C == '\\' && Quote == '"')
        ++I;
      else if (C == Quote)
        Quote = 0;
    } else if (C == '\\') {
      ++I;
    } else if (C == '"' || C == '\'') {
      Quote = C;
    } else if (C == ';' || C == '&' || C == '|' || C == '(' || C == ')') {
      Commands.push_back(Line.slice(Start, I).trim());
      Start = I + 1;
    }
  }
  Commands.push_back(Line.drop_front(std::min(Start, Line.size())).trim());
  return Commands;
}

/// The next line, with those that continue it.
std::string takeLine(llvm::StringRef &Text, llvm::StringRef Continued) {
  std::string Line;
  while (!Text.empty()) {
    auto [First, Rest] = Text.split('\n');
    Text = Rest;
    First = First.rtrim('\r');
    if (!First.consume_back(Continued))
      return Line + First.str();
    Line += First;
    if (Continued == "$") // Ninja leaves out how the next line is indented
      Text = Text.ltrim(" ");
  }
  return Line;
}

/// "make[1]: Entering directory '/x'".
std::optional<llvm::StringRef> quotedAfter(llvm::StringRef Line, llvm::StringRef What) {
  std::size_t At = Line.find(What);
  if (At == llvm::StringRef::npos)
    return std::nullopt;
  return Line.drop_front(At + What.size()).trim(" `'\"");
}

/// A build.ninja, as far as it says what is made of what.
class NinjaReader {
public:
  explicit NinjaReader(llvm::StringRef Directory) : Directory(Directory) {}
  void read(llvm::StringRef Text);
  std::vector<LinkCommand> take() { return std::move(Found); }

private:
  std::vector<std::string> pathsIn(llvm::StringRef Text) const;
  void readBuild(llvm::StringRef Statement);

  std::string Directory;
  llvm::StringMap<std::string> Variables; ///< of the file, not of its rules
  unsigned Depth = 0;
  std::vector<LinkCommand> Found;
};

/// With `:` and `|` as words of their own.
std::vector<std::string> NinjaReader::pathsIn(llvm::StringRef Text) const {
  std::vector<std::string> Paths;
  std::string Path;
  auto End = [&] {
    if (!Path.empty())
      Paths.push_back(std::exchange(Path, ""));
  };
  for (std::size_t I = 0; I < Text.size(); ++I) {
    const char C = Text[I];
    if (C == ' ' || C == ':' || C == '|') {
      End();
      if (C != ' ')
        Paths.push_back(std::string(1, C));
    } else if (C != '$' || I + 1 == Text.size()) {
      Path += C;
    } else if (const char Next = Text[++I]; Next == '{') {
      llvm::StringRef Name = Text.drop_front(I + 1).take_until([](char Each) { return Each == '}'; });
      Path += Variables.lookup(Name);
      I += Name.size() + 1;
    } else if (llvm::isAlnum(Next) || Next == '_' || Next == '-') {
      llvm::StringRef Name = Text.drop_front(I).take_while(
          [](char Each) { return llvm::isAlnum(Each) || Each == '_' || Each == '-'; });
      Path += Variables.lookup(Name);
      I += Name.size() - 1;
    } else {
      Path += Next;
    }
  }
  End();
  return Paths;
}

/// "OUTPUT... : RULE INPUT... | IMPLICIT... || ORDER...". An alias, or a command of the user's, links
/// nothing.
void NinjaReader::readBuild(llvm::StringRef Statement) {
  const std::vector<std::string> Words = pathsIn(Statement);
  auto Colon = llvm::find(Words, ":");
  if (Colon == Words.begin() || Words.end() - Colon < 2)
    return;
  const std::string &Output = Words.front();
  llvm::StringRef Rule = *std::next(Colon);
  if (isObject(Output) || Rule == "phony" || Rule.starts_with("CUSTOM_COMMAND"))
    return;
  LinkCommand Command{absolute(Output, Directory), {}, {}};
  bool IsLink = false;
  bool IsExplicit = true;
  for (auto At = Colon + 2; At != Words.end(); ++At) {
    if (*At == "|") {
      if (!IsExplicit && *std::prev(At) == "|") // only an order
        break;
      IsExplicit = false;
    } else if (isObject(*At) || isArchive(*At) || isSharedLibrary(*At)) {
      IsLink |= IsExplicit && !isSharedLibrary(*At);
      Command.Inputs.push_back(absolute(*At, Directory));
    }
  }
  if (IsLink)
    Found.push_back(std::move(Command));
}

void NinjaReader::read(llvm::StringRef Text) {
  constexpr unsigned Deepest = 10; // of files that include each other
  while (!Text.empty()) {
    const std::string Line = takeLine(Text, "$");
    llvm::StringRef Statement = Line;
    if (Statement.starts_with(" ") || Statement.starts_with("#"))
      continue;
    if (Statement.consume_front("build ")) {
      readBuild(Statement);
    } else if (Statement.consume_front("include ") || Statement.consume_front("subninja ")) {
      const std::vector<std::string> Named = pathsIn(Statement);
      if (std::optional<std::string> More = Named.empty() || Depth == Deepest
                                                ? std::nullopt
                                                : contentOf(absolute(Named.front(), Directory))) {
        ++Depth;
        read(*More);
        --Depth;
      }
    } else if (auto [Name, Value] = Statement.split('='); !Value.empty()) {
      Variables[Name.trim()] = llvm::join(pathsIn(Value.trim()), " ");
    }
  }
}

} // namespace

std::vector<LinkCommand> linkCommandsIn(llvm::StringRef Text, llvm::StringRef Directory) {
  std::vector<LinkCommand> Found;
  std::vector<std::string> Entered{Directory.str()};
  while (!Text.empty()) {
    const std::string Line = takeLine(Text, "\\");
    if (auto Where = quotedAfter(Line, ": Entering directory ")) {
      Entered.push_back(absolute(*Where, Entered.back()));
      continue;
    }
    if (quotedAfter(Line, ": Leaving directory ")) {
      if (Entered.size() > 1)
        Entered.pop_back();
      continue;
    }
    std::string In = Entered.back();
    for (llvm::StringRef Command : commandsOn(Line)) {
      const std::vector<std::string> Words = wordsOf(Command, In);
      if (Words.empty())
        continue;
      if (Words.front() == "cd" && Words.size() == 2)
        In = absolute(Words.back(), In);
      else if (std::optional<LinkCommand> Link =
                   isArchiver(Words.front()) ? archiveOf(Words, In) : linkOf(Words, In))
        Found.push_back(std::move(*Link));
    }
  }
  return Found;
}

std::vector<LinkCommand> linkCommandsOfNinja(llvm::StringRef Text, llvm::StringRef Directory) {
  NinjaReader Reader(Directory);
  Reader.read(Text);
  return Reader.take();
}

std::vector<LinkCommand> linkCommandsOfBuild(const std::string &Directory) {
  llvm::SmallString<256> Here(Directory);
  if (llvm::sys::fs::make_absolute(Here))
    return {};
  if (std::optional<std::string> Ninja = contentOf((Here + "/build.ninja").str()))
    return linkCommandsOfNinja(*Ninja, Here);
  std::vector<LinkCommand> Found;
  if (!llvm::sys::fs::is_directory(Here + "/CMakeFiles"))
    return Found;
  // Each stands below the directory in which it is run.
  std::error_code Error;
  std::vector<std::string> Files;
  for (llvm::sys::fs::recursive_directory_iterator At(Here, Error), End; At != End && !Error;
       At.increment(Error))
    if (llvm::sys::path::filename(At->path()) == "link.txt")
      Files.push_back(At->path());
  llvm::sort(Files);
  for (const std::string &File : Files)
    if (std::size_t Below = File.rfind("/CMakeFiles/"); Below != std::string::npos)
      llvm::append_range(Found, linkCommandsIn(contentOf(File).value_or(""), File.substr(0, Below)));
  return Found;
}

llvm::Expected<std::vector<LinkCommand>> readLinkCommands(const std::string &File) {
  auto Bytes = llvm::MemoryBuffer::getFile(File);
  if (!Bytes)
    return llvm::createStringError(File + ": " + Bytes.getError().message());
  llvm::SmallString<256> Path(File);
  if (std::error_code Error = llvm::sys::fs::make_absolute(Path))
    return llvm::createStringError(File + ": " + Error.message());
  return linkCommandsIn((*Bytes)->getBuffer(), llvm::sys::path::parent_path(Path));
}

} // namespace connsan::tool
