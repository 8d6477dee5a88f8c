#include "YamlReader.h"

#include "llvm/ADT/SmallString.h"

#include <charconv>

namespace connsan {

YamlReader::YamlReader(llvm::MemoryBufferRef Text, std::string &Error)
    : Error(Error), Name(Text.getBufferIdentifier().str()), Stream(Text, Sources), Document(Stream.end()) {
  Sources.setDiagHandler(
      [](const llvm::SMDiagnostic &D, void *Self) {
        auto &To = static_cast<YamlReader *>(Self)->Error;
        if (!To.empty())
          return;
        To = (D.getFilename() + ":" + llvm::Twine(D.getLineNo()) + ":" + llvm::Twine(D.getColumnNo() + 1) +
              ": " + D.getMessage())
                 .str();
        // What it quotes of the text may have several lines.
        std::replace_if(To.begin(), To.end(), [](unsigned char C) { return C < 0x20 || C == 0x7f; }, ' ');
      },
      this);
}

YamlReader::Node *YamlReader::root() {
  Document = Stream.begin();
  return Document != Stream.end() ? Document->getRoot() : nullptr;
}

bool YamlReader::finish() {
  if (Stream.failed())
    return fail(nullptr, "expected one document");
  ++Document;
  if (!Stream.failed() && Document != Stream.end())
    return fail(Document->getRoot(), "a second document; expected one");
  return !Stream.failed() || fail(nullptr, "expected one document");
}

bool YamlReader::fail(Node *At, const llvm::Twine &Expected) {
  if (At)
    Stream.printError(At, Expected);
  else if (Error.empty()) // LLVM's parser gave up without a word
    Error = (Name + ":1:1: " + Expected).str();
  return false;
}

std::optional<std::string> YamlReader::text(Node *N, llvm::StringRef What) {
  if (auto *Scalar = llvm::dyn_cast_or_null<llvm::yaml::ScalarNode>(N)) {
    llvm::SmallString<64> Storage;
    return Scalar->getValue(Storage).str();
  }
  fail(N, "expected " + What);
  return std::nullopt;
}

std::optional<std::string> YamlReader::name(Node *N, llvm::StringRef What) {
  std::optional<std::string> Text = text(N, What);
  if (!Text || !Text->empty())
    return Text;
  fail(N, "expected " + What);
  return std::nullopt;
}

std::optional<std::int64_t> YamlReader::number(Node *N, llvm::StringRef What) {
  std::optional<std::string> Text = text(N, What);
  if (!Text)
    return std::nullopt;
  std::int64_t Value = 0;
  const char *Stop = Text->data() + Text->size();
  if (auto [End, Code] = std::from_chars(Text->data(), Stop, Value); Code == std::errc() && End == Stop)
    return Value;
  fail(N, "expected " + What + ", not '" + *Text + "'");
  return std::nullopt;
}

} // namespace connsan
