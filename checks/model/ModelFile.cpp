#include "ModelFile.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLParser.h"

#include <charconv>

namespace connsan {
namespace {

namespace yaml = llvm::yaml;

class Reader {
public:
  Reader(llvm::MemoryBufferRef Text, std::string &Error) : Error(Error), Stream(Text, Sources) {
    Sources.setDiagHandler(
        [](const llvm::SMDiagnostic &D, void *Self) {
          auto &To = static_cast<Reader *>(Self)->Error;
          if (To.empty())
            To = (D.getFilename() + ":" + llvm::Twine(D.getLineNo()) + ":" +
                  llvm::Twine(D.getColumnNo() + 1) + ": " + D.getMessage())
                     .str();
        },
        this);
  }

  std::optional<ModelFile> read();

private:
  bool fail(yaml::Node *At, const llvm::Twine &Expected) {
    Stream.printError(At, Expected);
    return false;
  }
  std::optional<std::string> text(yaml::Node *N, llvm::StringRef What);
  std::optional<std::int64_t> number(yaml::Node *N, llvm::StringRef What);
  template<typename Visit> bool mapping(yaml::Node *N, llvm::StringRef What, Visit Each);
  template<typename Visit> bool sequence(yaml::Node *N, llvm::StringRef What, Visit Each);

  bool resourceType(yaml::Node *N);
  bool model(yaml::Node *N);
  bool returns(yaml::Node *N, Model &Into);
  bool argument(yaml::Node *N, Model &Into);
  bool effect(yaml::Node *N, llvm::StringRef Name, ArgumentModel &Into);
  bool condition(yaml::Node *N, When &Into);

  std::string &Error;
  llvm::SourceMgr Sources;
  yaml::Stream Stream;
  ModelFile Result;
};

std::optional<std::string> Reader::text(yaml::Node *N, llvm::StringRef What) {
  if (auto *Scalar = llvm::dyn_cast_or_null<yaml::ScalarNode>(N)) {
    llvm::SmallString<64> Storage;
    return Scalar->getValue(Storage).str();
  }
  fail(N, "expected " + What);
  return std::nullopt;
}

std::optional<std::int64_t> Reader::number(yaml::Node *N, llvm::StringRef What) {
  std::optional<std::string> Text = text(N, What);
  if (!Text)
    return std::nullopt;
  std::int64_t Value = 0;
  if (auto [End, Code] = std::from_chars(Text->data(), Text->data() + Text->size(), Value);
      Code == std::errc() && End == Text->data() + Text->size())
    return Value;
  fail(N, "expected " + What + ", not '" + *Text + "'");
  return std::nullopt;
}

template<typename Visit> bool Reader::mapping(yaml::Node *N, llvm::StringRef What, Visit Each) {
  auto *Map = llvm::dyn_cast_or_null<yaml::MappingNode>(N);
  if (!Map)
    return fail(N, "expected " + What);
  for (yaml::KeyValueNode &Entry : *Map) {
    std::optional<std::string> Key = text(Entry.getKey(), "a key");
    if (!Key || !Each(*Key, Entry.getKey(), Entry.getValue()))
      return false;
  }
  return !Stream.failed();
}

template<typename Visit> bool Reader::sequence(yaml::Node *N, llvm::StringRef What, Visit Each) {
  auto *List = llvm::dyn_cast_or_null<yaml::SequenceNode>(N);
  if (!List)
    return fail(N, "expected " + What);
  for (yaml::Node &Item : *List)
    if (!Each(&Item))
      return false;
  return !Stream.failed();
}

bool Reader::condition(yaml::Node *N, When &Into) {
  return mapping(
      N, "'when: {returns: ...}' or 'when: {status: ...}'",
      [&](llvm::StringRef Key, yaml::Node *At, yaml::Node *Value) {
        if (Key != "when")
          return fail(At, "unknown key '" + Key + "'; expected 'when'");
        return mapping(
            Value, "'returns' or 'status'", [&](llvm::StringRef Of, yaml::Node *OfAt, yaml::Node *Is) {
              bool Returns = Of == "returns";
              if (!Returns && Of != "status")
                return fail(OfAt, "unknown key '" + Of + "'; expected 'returns' or 'status'");
              auto Text = text(Is, "a condition");
              if (!Text)
                return false;
              std::optional<When> Known;
              if (Returns)
                Known = llvm::StringSwitch<std::optional<When>>(*Text)
                            .Cases({"zero", "null"}, When::Zero)
                            .Cases({"nonzero", "nonnull"}, When::NonZero)
                            .Case("negative", When::Negative)
                            .Default(std::nullopt);
              else
                Known = llvm::StringSwitch<std::optional<When>>(*Text)
                            .Case("ok", When::StatusOk)
                            .Case("bad", When::StatusBad)
                            .Default(std::nullopt);
              if (!Known)
                return fail(
                    Is, "expected " +
                            llvm::Twine(Returns ? "zero, nonzero, null, nonnull or negative" : "ok or bad") +
                            ", not '" + *Text + "'");
              Into = *Known;
              return true;
            });
      });
}

bool Reader::effect(yaml::Node *N, llvm::StringRef Name, ArgumentModel &Into) {
  auto Known = llvm::StringSwitch<std::optional<ArgumentModel::Effect>>(Name)
                   .Case("borrow", ArgumentModel::Effect::Borrow)
                   .Case("release", ArgumentModel::Effect::Release)
                   .Case("transfer", ArgumentModel::Effect::Transfer)
                   .Case("acquire-out", ArgumentModel::Effect::AcquireOut)
                   .Case("none", ArgumentModel::Effect::None)
                   .Default(std::nullopt);
  if (!Known)
    return fail(N, "expected borrow, release, transfer, acquire-out or none, not '" + Name + "'");
  Into.What = *Known;
  return true;
}

bool Reader::argument(yaml::Node *N, Model &Into) {
  ArgumentModel &Argument = Into.Arguments.emplace_back();
  if (llvm::isa<yaml::MappingNode>(N))
    return mapping(N, "an effect", [&](llvm::StringRef Key, yaml::Node *At, yaml::Node *Value) {
      return effect(At, Key, Argument) && condition(Value, Argument.Condition);
    });
  std::optional<std::string> Name = text(N, "borrow, release, transfer, acquire-out or none");
  return Name && effect(N, *Name, Argument);
}

bool Reader::returns(yaml::Node *N, Model &Into) {
  if (llvm::isa<yaml::MappingNode>(N))
    return mapping(N, "'argument: N'", [&](llvm::StringRef Key, yaml::Node *At, yaml::Node *Value) {
      if (Key != "argument")
        return fail(At, "unknown key '" + Key + "'; expected 'argument'");
      std::optional<std::int64_t> Number = number(Value, "the number of an argument, from 1");
      if (!Number)
        return false;
      if (*Number < 1)
        return fail(Value, "expected the number of an argument, from 1");
      Into.Returns = Model::Result::Argument;
      Into.ReturnedArgument = *Number - 1;
      return true;
    });
  std::optional<std::string> Name = text(N, "acquire, acquire-or-null, borrow or 'argument: N'");
  if (!Name)
    return false;
  auto Known = llvm::StringSwitch<std::optional<Model::Result>>(*Name)
                   .Case("acquire", Model::Result::Acquire)
                   .Case("acquire-or-null", Model::Result::AcquireOrNull)
                   .Case("borrow", Model::Result::Borrow)
                   .Default(std::nullopt);
  if (!Known)
    return fail(N, "expected acquire, acquire-or-null, borrow or 'argument: N', not '" + *Name + "'");
  Into.Returns = *Known;
  return true;
}

bool Reader::resourceType(yaml::Node *N) {
  ModelFile::ResourceType &Type = Result.Types.emplace_back();
  return mapping(N, "a resource with the keys 'name' and 'type'",
                 [&](llvm::StringRef Key, yaml::Node *At, yaml::Node *Value) {
                   if (Key != "name" && Key != "type")
                     return fail(At, "unknown key '" + Key + "'; expected name or type");
                   std::optional<std::string> Text = text(Value, "a name");
                   if (Text)
                     (Key == "name" ? Type.Resource : Type.Type) = *Text;
                   return Text.has_value();
                 });
}

bool Reader::model(yaml::Node *N) {
  Model M;
  bool Good = mapping(
      N, "a model with the key 'function'", [&](llvm::StringRef Key, yaml::Node *At, yaml::Node *Value) {
        if (Key == "function" || Key == "resource") {
          std::optional<std::string> Text = text(Value, "a name");
          if (Text)
            (Key == "function" ? M.Function : M.Resource) = *Text;
          return Text.has_value();
        }
        if (Key == "returns")
          return returns(Value, M);
        if (Key == "arguments")
          return sequence(Value, "a list of effects, one for each argument",
                          [&](yaml::Node *Item) { return argument(Item, M); });
        if (Key == "noreturn") {
          std::optional<std::string> Text = text(Value, "exits or unwinds");
          if (!Text)
            return false;
          if (*Text != "exits" && *Text != "unwinds")
            return fail(Value, "expected exits or unwinds, not '" + *Text + "'");
          M.Ends = *Text == "exits" ? Model::Ending::Exits : Model::Ending::Unwinds;
          return true;
        }
        if (Key == "pure") {
          std::optional<std::string> Text = text(Value, "true or false");
          if (Text && *Text != "true" && *Text != "false")
            return fail(Value, "expected true or false, not '" + *Text + "'");
          M.Pure = Text == "true";
          return Text.has_value();
        }
        if (Key == "status-ok") {
          M.StatusOk = number(Value, "the value that means a good status");
          return M.StatusOk.has_value();
        }
        return fail(At,
                    "unknown key '" + Key +
                        "'; expected function, resource, returns, arguments, noreturn, pure or status-ok");
      });
  if (!Good)
    return false;
  if (M.Function.empty())
    return fail(N, "expected the key 'function'");
  Result.Models.push_back(std::move(M));
  return true;
}

std::optional<ModelFile> Reader::read() {
  yaml::document_iterator Document = Stream.begin();
  yaml::Node *Root = Document != Stream.end() ? Document->getRoot() : nullptr;
  if (Root && llvm::isa<yaml::NullNode>(Root))
    return Stream.failed() ? std::nullopt : std::optional(ModelFile{});
  bool Good =
      Root &&
      mapping(Root, "'models', 'resources' or 'exclude'",
              [&](llvm::StringRef Key, yaml::Node *At, yaml::Node *Value) {
                if (Key == "models")
                  return sequence(Value, "a list of models", [&](yaml::Node *Item) { return model(Item); });
                if (Key == "resources")
                  return sequence(Value, "a list of resources",
                                  [&](yaml::Node *Item) { return resourceType(Item); });
                if (Key == "exclude")
                  return sequence(Value, "a list of paths", [&](yaml::Node *Item) {
                    std::optional<std::string> Path = text(Item, "a path");
                    if (Path)
                      Result.Exclude.push_back(*Path);
                    return Path.has_value();
                  });
                return fail(At, "unknown key '" + Key + "'; expected models, resources or exclude");
              });
  if (!Good || Stream.failed())
    return std::nullopt;
  return std::move(Result);
}

} // namespace

void addTo(ModelSet &Set, const ModelFile &File) {
  for (const ModelFile::ResourceType &T : File.Types)
    Set.addType(T.Type, T.Resource);
  for (const Model &M : File.Models)
    Set.add(M);
}

std::optional<ModelFile> parseModelFile(llvm::MemoryBufferRef Text, std::string &Error) {
  return Reader(Text, Error).read();
}

} // namespace connsan
