#include "ModelFile.h"

#include "Vocabulary.h"
#include "YamlReader.h"

namespace connsan {
namespace {

class Reader {
public:
  Reader(llvm::MemoryBufferRef Text, std::string &Error) : Yaml(Text, Error) {}

  std::optional<ModelFile> read();

private:
  using Node = YamlReader::Node;

  bool section(llvm::StringRef Key, Node *At, Node *Value);
  bool resourceType(Node *N);
  bool model(Node *N);
  bool property(llvm::StringRef Key, Node *At, Node *Value, Model &Into);
  bool returns(Node *N, Model &Into);
  bool argument(Node *N, Model &Into);
  bool effect(Node *N, llvm::StringRef Name, ArgumentModel &Into);
  bool circumstances(Node *N, ArgumentModel &Into);
  bool condition(Node *N, ArgumentModel &Into);
  bool ending(Node *N, Model &Into);
  bool throws(Node *N, Model &Into);
  bool transaction(Node *N, Model &Into);
  bool sql(Node *N, SqlModel &Into);
  bool text(Node *N, TextModel &Into);
  bool whenReturned(Node *N, When &Into);
  bool argumentNumber(Node *N, unsigned &Into);
  template<typename T, std::size_t N> bool oneOf(const Word<T> (&Words)[N], Node *At, T &Into);
  bool name(Node *N, std::string &Into);

  YamlReader Yaml;
  ModelFile Result;
  llvm::StringSet<> Functions;
};

/// One of a few words.
template<typename T, std::size_t N> bool Reader::oneOf(const Word<T> (&Words)[N], Node *At, T &Into) {
  std::optional<std::string> Text = Yaml.text(At, choice(Words));
  if (!Text)
    return false;
  std::optional<T> Known = meaning(Words, *Text);
  if (!Known)
    return Yaml.fail(At, "expected " + choice(Words) + ", not '" + *Text + "'");
  Into = *Known;
  return true;
}

bool Reader::name(Node *N, std::string &Into) {
  std::optional<std::string> Text = Yaml.name(N, "a name");
  if (Text)
    Into = *Text;
  return Text.has_value();
}

bool Reader::argumentNumber(Node *N, unsigned &Into) {
  constexpr llvm::StringLiteral What = "the number of an argument, from 1";
  std::optional<std::int64_t> Number = Yaml.number(N, What);
  if (!Number)
    return false;
  if (*Number < 1 || *Number > MostArguments)
    return Yaml.fail(N, "expected " + What + ", not '" + llvm::Twine(*Number) + "'");
  Into = *Number - 1;
  return true;
}

bool Reader::condition(Node *N, ArgumentModel &Into) {
  bool Good = Yaml.mapping(N, "'returns' or 'status'", [&](llvm::StringRef Of, Node *At, Node *Is) {
    if (Of != "returns" && Of != "status")
      return Yaml.fail(At, "unknown key '" + Of + "'; expected 'returns' or 'status'");
    if (Into.Condition != When::Always)
      return Yaml.fail(At, "expected one condition, by 'returns' or by 'status'");
    if (Of == "returns")
      return oneOf(ReturnWords, Is, Into.Condition);
    if (Into.What == ArgumentModel::Effect::AcquireOut)
      return Yaml.fail(At, "expected 'returns': what is not acquired yet has no status");
    return oneOf(StatusWords, Is, Into.Condition);
  });
  if (Good && Into.Condition == When::Always)
    return Yaml.fail(N, "expected 'returns' or 'status'");
  return Good;
}

/// What stands behind an effect: when it happens, and to which resource.
bool Reader::circumstances(Node *N, ArgumentModel &Into) {
  bool Any = false;
  bool Good = Yaml.mapping(N, "'when' or 'resource'", [&](llvm::StringRef Key, Node *At, Node *Value) {
    Any = true;
    if (Key == "when")
      return condition(Value, Into);
    if (Key == "otherwise" && Into.What == ArgumentModel::Effect::AcquireOut) {
      constexpr Word<bool> Known[] = {{"null", true}, {"unknown", false}};
      return oneOf(Known, Value, Into.NullOtherwise);
    }
    if (Key != "resource")
      return Yaml.fail(At, "unknown key '" + Key + "'; expected 'when' or 'resource'");
    if (Into.What == ArgumentModel::Effect::Transfer)
      return Yaml.fail(At, "expected 'when': a transfer is of whatever is given");
    return name(Value, Into.Resource);
  });
  if (Good && !Any)
    return Yaml.fail(N, "expected 'when' or 'resource'");
  return Good;
}

bool Reader::effect(Node *N, llvm::StringRef Name, ArgumentModel &Into) {
  std::optional<ArgumentModel::Effect> Known = meaning(EffectWords, Name);
  if (!Known)
    return Yaml.fail(N, "expected " + choice(EffectWords) + ", not '" + Name + "'");
  Into.What = *Known;
  return true;
}

bool Reader::argument(Node *N, Model &Into) {
  ArgumentModel &Argument = Into.Arguments.emplace_back();
  if (!llvm::isa_and_nonnull<llvm::yaml::MappingNode>(N)) {
    std::optional<std::string> Name = Yaml.text(N, choice(EffectWords));
    return Name && effect(N, *Name, Argument);
  }
  bool Any = false;
  bool Good = Yaml.mapping(N, "an effect", [&](llvm::StringRef Key, Node *At, Node *Value) {
    if (std::exchange(Any, true))
      return Yaml.fail(At, "expected one effect for each argument");
    if (!effect(At, Key, Argument))
      return false;
    if (!takesCondition(Argument.What))
      return Yaml.fail(At, "'" + Key + "' takes no condition; release, transfer and acquire-out do");
    return circumstances(Value, Argument);
  });
  if (!Good)
    return false;
  if (!Any)
    return Yaml.fail(N, "expected an effect");
  auto DependsOnStatus = [](const ArgumentModel &A) {
    return A.Condition == When::StatusOk || A.Condition == When::StatusBad;
  };
  if (DependsOnStatus(Argument) && llvm::count_if(Into.Arguments, DependsOnStatus) > 1)
    return Yaml.fail(N, "expected conditions by the status of one argument, not of two");
  return true;
}

bool Reader::returns(Node *N, Model &Into) {
  std::string Expected = choice(ResultWords, "'argument: N'");
  if (!llvm::isa_and_nonnull<llvm::yaml::MappingNode>(N)) {
    std::optional<std::string> Name = Yaml.text(N, Expected);
    if (!Name)
      return false;
    std::optional<Model::Result> Known = meaning(ResultWords, *Name);
    if (!Known)
      return Yaml.fail(N, "expected " + Expected + ", not '" + *Name + "'");
    Into.Returns = *Known;
    return true;
  }
  bool Good = Yaml.mapping(N, "'argument: N'", [&](llvm::StringRef Key, Node *At, Node *Value) {
    if (Key != "argument")
      return Yaml.fail(At, "unknown key '" + Key + "'; expected 'argument'");
    Into.Returns = Model::Result::Argument;
    return argumentNumber(Value, Into.ReturnedArgument);
  });
  if (Good && Into.Returns != Model::Result::Argument)
    return Yaml.fail(N, "expected 'argument: N'");
  return Good;
}

/// `exits`, or `{exits: {when: {argument: 1}}}`, or `{exits: {when: {argument: 1, at-least: 20}}}`.
bool Reader::ending(Node *N, Model &Into) {
  if (!llvm::isa_and_nonnull<llvm::yaml::MappingNode>(N))
    return oneOf(EndingWords, N, Into.Ends);
  constexpr llvm::StringLiteral When = "'when: {argument: N}'";
  auto Condition = [&](llvm::StringRef Key, Node *At, Node *Value) {
    if (Key == "at-least") {
      Into.EndsFrom = Yaml.number(Value, "the least value with which it ends");
      return Into.EndsFrom.has_value();
    }
    if (Key != "argument")
      return Yaml.fail(At, "unknown key '" + Key + "'; expected 'argument' or 'at-least'");
    return argumentNumber(Value, Into.EndsIf.emplace());
  };
  bool Good = Yaml.mapping(N, choice(EndingWords), [&](llvm::StringRef Key, Node *At, Node *Value) {
    std::optional<Model::Ending> Known = meaning(EndingWords, Key);
    if (!Known)
      return Yaml.fail(At, "expected " + choice(EndingWords) + ", not '" + Key + "'");
    if (Into.Ends != Model::Ending::Returns)
      return Yaml.fail(At, "expected " + choice(EndingWords) + ", not both");
    Into.Ends = *Known;
    return Yaml.mapping(Value, When, [&](llvm::StringRef Of, Node *OfAt, Node *Is) {
      if (Of != "when")
        return Yaml.fail(OfAt, "unknown key '" + Of + "'; expected 'when'");
      return Yaml.mapping(Is, "'argument: N'", Condition);
    });
  });
  if (Good && !Into.EndsIf)
    return Yaml.fail(N, "expected " + choice(EndingWords) + " with " + When);
  return Good;
}

bool Reader::resourceType(Node *N) {
  ModelFile::ResourceType &Type = Result.Types.emplace_back();
  if (!Yaml.mapping(N, "a resource with the keys 'name' and 'type'",
                    [&](llvm::StringRef Key, Node *At, Node *Value) {
                      if (Key != "name" && Key != "type")
                        return Yaml.fail(At, "unknown key '" + Key + "'; expected name or type");
                      return name(Value, Key == "name" ? Type.Resource : Type.Type);
                    }))
    return false;
  if (Type.Resource.empty() || Type.Type.empty())
    return Yaml.fail(N, "expected the keys 'name' and 'type'");
  return true;
}

bool Reader::throws(Node *N, Model &Into) {
  if (!llvm::isa<llvm::yaml::SequenceNode>(N))
    return oneOf(ThrowingWords, N, Into.Throws);
  Into.Throws = Model::Throwing::May;
  return Yaml.sequence(N, "the exception's type and its bases",
                       [&](Node *Item) { return name(Item, Into.Exceptions.emplace_back()); });
}

/// `{returns: zero}` and its kin.
bool Reader::whenReturned(Node *N, When &Into) {
  bool Any = false;
  bool Good = Yaml.mapping(N, "'returns'", [&](llvm::StringRef Key, Node *At, Node *Value) {
    Any = true;
    if (Key != "returns")
      return Yaml.fail(At, "unknown key '" + Key + "'; expected 'returns'");
    return oneOf(ReturnWords, Value, Into);
  });
  return Good && (Any || Yaml.fail(N, "expected 'returns'"));
}

/// `begins`, or `{begins: {when: {returns: zero}}}`.
bool Reader::transaction(Node *N, Model &Into) {
  if (!llvm::isa_and_nonnull<llvm::yaml::MappingNode>(N))
    return oneOf(TransactionWords, N, Into.ActsOn);
  bool Good = Yaml.mapping(N, choice(TransactionWords), [&](llvm::StringRef, Node *At, Node *Value) {
    if (Into.ActsOn != Model::Transaction::Unknown)
      return Yaml.fail(At, "expected one of " + choice(TransactionWords));
    if (!oneOf(TransactionWords, At, Into.ActsOn))
      return false;
    return Yaml.mapping(Value, "'when'", [&](llvm::StringRef Of, Node *OfAt, Node *Is) {
      if (Of != "when")
        return Yaml.fail(OfAt, "unknown key '" + Of + "'; expected 'when'");
      return whenReturned(Is, Into.ActsWhen);
    });
  });
  return Good &&
         (Into.ActsOn != Model::Transaction::Unknown || Yaml.fail(N, "expected " + choice(TransactionWords)));
}

/// The number of the argument that it runs, or `receives`, or `{sends: 2}` and its kin.
bool Reader::sql(Node *N, SqlModel &Into) {
  if (!llvm::isa_and_nonnull<llvm::yaml::MappingNode>(N)) {
    std::optional<std::string> Text = Yaml.text(N, "the number of an argument");
    if (!Text)
      return false;
    if (*Text != "receives")
      return argumentNumber(N, Into.Statement);
    Into.What = SqlModel::Act::Receives;
    return true;
  }
  bool Any = false, IsNamed = false;
  bool Good = Yaml.mapping(N, choice(SqlWords), [&](llvm::StringRef Key, Node *At, Node *Value) {
    if (Key == "when")
      return whenReturned(Value, Into.Succeeds);
    if (Key == "name") {
      IsNamed = true;
      return argumentNumber(Value, Into.Name);
    }
    if (std::exchange(Any, true))
      return Yaml.fail(At, "expected one of " + choice(SqlWords));
    return oneOf(SqlWords, At, Into.What) && argumentNumber(Value, Into.Statement);
  });
  if (!Good)
    return false;
  if (!Any)
    return Yaml.fail(N, "expected " + choice(SqlWords));
  if (IsNamed != (Into.What == SqlModel::Act::Prepares))
    return Yaml.fail(N, IsNamed ? "only 'prepares' has a 'name'" : "expected the 'name' of what it prepares");
  return true;
}

/// `{of: 2}`, `{of: nothing, into: 1, field: data}` or `{of: 2, append-to: 1}`.
bool Reader::text(Node *N, TextModel &Into) {
  bool IsOf = false;
  bool Good = Yaml.mapping(N, "'of'", [&](llvm::StringRef Key, Node *At, Node *Value) {
    if (Key == "of") {
      IsOf = true;
      std::optional<std::string> What = Yaml.text(Value, "the number of an argument, or nothing");
      return What && (*What == "nothing" || argumentNumber(Value, Into.Of.emplace()));
    }
    if (Key == "then")
      return argumentNumber(Value, Into.Then.emplace());
    if (Key == "field")
      return name(Value, Into.Field);
    if (Key != "into" && Key != "append-to")
      return Yaml.fail(At, "unknown key '" + Key + "'; expected of, then, into, append-to or field");
    if (Into.Into)
      return Yaml.fail(At, "expected 'into' or 'append-to', not both");
    Into.Appends = Key == "append-to";
    return argumentNumber(Value, Into.Into.emplace());
  });
  if (!Good)
    return false;
  return IsOf || Yaml.fail(N, "expected the key 'of'");
}

bool Reader::property(llvm::StringRef Key, Node *At, Node *Value, Model &Into) {
  if (Key == "function")
    return name(Value, Into.Function);
  if (Key == "resource")
    return name(Value, Into.Resource);
  if (Key == "returns")
    return returns(Value, Into);
  if (Key == "arguments")
    return Yaml.sequence(Value, "a list of effects, one for each argument",
                         [&](Node *Item) { return argument(Item, Into); });
  if (Key == "noreturn")
    return ending(Value, Into);
  if (Key == "transaction")
    return transaction(Value, Into);
  if (Key == "sql")
    return sql(Value, Into.Sql.emplace());
  if (Key == "text")
    return text(Value, Into.Text.emplace());
  if (Key == "throws")
    return throws(Value, Into);
  if (Key == "pure") {
    constexpr Word<bool> Truth[] = {{"true", true}, {"false", false}};
    return oneOf(Truth, Value, Into.Pure);
  }
  if (Key == "status-ok") {
    Into.StatusOk = Yaml.number(Value, "the value that means a good status");
    return Into.StatusOk.has_value();
  }
  return Yaml.fail(At, "unknown key '" + Key +
                           "'; expected function, resource, returns, arguments, noreturn, transaction, sql, "
                           "text, throws, pure or status-ok");
}

bool Reader::model(Node *N) {
  Model M;
  bool SaysMore = false;
  bool SaysOwnership = false;
  bool Good =
      Yaml.mapping(N, "a model with the key 'function'", [&](llvm::StringRef Key, Node *At, Node *Value) {
        if (Key == "transaction" || Key == "sql" || Key == "text" || Key == "throws")
          SaysMore = true;
        else if (Key != "function" && Key != "resource")
          SaysOwnership = true;
        if (!property(Key, At, Value, M))
          return false;
        if (Key == "function" && !Functions.insert(M.Function).second)
          return Yaml.fail(Value, "a second model of '" + M.Function + "'; expected one");
        return true;
      });
  if (!Good)
    return false;
  if (M.Function.empty())
    return Yaml.fail(N, "expected the key 'function'");
  M.Ownership = SaysOwnership || !SaysMore;
  Result.Models.push_back(std::move(M));
  return true;
}

bool Reader::section(llvm::StringRef Key, Node *At, Node *Value) {
  if (Key == "models")
    return Yaml.sequence(Value, "a list of models", [&](Node *Item) { return model(Item); });
  if (Key == "resources")
    return Yaml.sequence(Value, "a list of resources", [&](Node *Item) { return resourceType(Item); });
  if (Key == "exclude")
    return Yaml.sequence(Value, "a list of paths", [&](Node *Item) {
      std::optional<std::string> Path = Yaml.name(Item, "a path");
      if (Path)
        Result.Exclude.push_back(*Path);
      return Path.has_value();
    });
  return Yaml.fail(At, "unknown key '" + Key + "'; expected models, resources or exclude");
}

std::optional<ModelFile> Reader::read() {
  Node *Root = Yaml.root();
  bool Good =
      llvm::isa_and_nonnull<llvm::yaml::NullNode>(Root) ||
      Yaml.mapping(Root, "'models', 'resources' or 'exclude'",
                   [&](llvm::StringRef Key, Node *At, Node *Value) { return section(Key, At, Value); });
  if (!Good || !Yaml.finish())
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
