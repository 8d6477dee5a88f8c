#include "Annotations.h"

#include "Vocabulary.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

namespace connsan {
namespace {

class Parser {
public:
  Parser(llvm::StringRef Function, std::optional<unsigned> Arguments) : Arguments(Arguments) {
    M.Function = Function.str();
    M.Ownership = false;
  }

  /// Empty, or what was expected.
  std::string read(llvm::StringRef Text);
  Model take();

private:
  std::string property(llvm::StringRef Key);
  std::string returns();
  std::string argument();
  std::string ending();
  std::string effect(unsigned Number, llvm::StringRef Name);
  std::string condition(ArgumentModel &Into);
  std::string whenReturned(When &Into);
  std::string text();
  std::string argumentNumber(unsigned &Into);
  std::string name(std::string &Into);
  std::string once(const llvm::Twine &What);
  llvm::StringRef next() {
    auto [Word, After] = Rest.ltrim().split(' ');
    Rest = After;
    return Word;
  }
  template<typename T, std::size_t N>
  std::string oneOf(const Word<T> (&Words)[N], T &Into, llvm::StringRef More = "");

  Model M;
  std::optional<unsigned> Arguments;
  llvm::StringRef Rest; ///< of the text that is being read
  llvm::StringSet<> Seen;
  std::string ResultResource;
  std::string ArgumentsResource;
};

/// In C a dash would take blanks around it when a macro's argument is formatted, so an underscore is as good.
template<typename T, std::size_t N>
std::string Parser::oneOf(const Word<T> (&Words)[N], T &Into, llvm::StringRef More) {
  llvm::StringRef Written = next();
  std::string Word = Written.str();
  std::replace(Word.begin(), Word.end(), '_', '-');
  std::optional<T> Known = meaning(Words, Word);
  if (!Known)
    return "expected " + choice(Words, More) + ", not '" + Written.str() + "'";
  Into = *Known;
  return "";
}

std::string Parser::once(const llvm::Twine &What) {
  return Seen.insert(What.str()).second ? "" : ("a second " + What + "; expected one").str();
}

std::string Parser::name(std::string &Into) {
  Into = Rest.trim().str();
  Rest = "";
  return Into.empty() ? "expected a name" : "";
}

std::string Parser::argumentNumber(unsigned &Into) {
  llvm::StringRef Word = next();
  unsigned Number = 0;
  if (Word.getAsInteger(10, Number) || Number < 1 || Number > Arguments.value_or(MostArguments)) {
    std::string Last = Arguments ? " to " + llvm::utostr(*Arguments) : "";
    if (Arguments == 0U)
      return "nothing to say of argument '" + Word.str() + "' of a function without arguments";
    return "expected the number of an argument, from 1" + Last + ", not '" + Word.str() + "'";
  }
  Into = Number - 1;
  return "";
}

std::string Parser::returns() {
  if (Rest.ltrim().starts_with("argument ")) {
    next();
    M.Returns = Model::Result::Argument;
    return argumentNumber(M.ReturnedArgument);
  }
  if (std::string Problem = oneOf(ResultWords, M.Returns, "'argument N'"); !Problem.empty())
    return Problem;
  return M.Returns == Model::Result::Borrow ? "" : name(ResultResource);
}

std::string Parser::condition(ArgumentModel &Into) {
  if (!takesCondition(Into.What))
    return "'" + wordFor(EffectWords, Into.What).str() +
           "' takes no condition; release, transfer and acquire-out do";
  constexpr Word<When> Conditions[] = {{"zero", When::Zero},         {"nonzero", When::NonZero},
                                       {"null", When::Zero},         {"nonnull", When::NonZero},
                                       {"negative", When::Negative}, {"positive", When::Positive},
                                       {"ok", When::StatusOk},       {"bad", When::StatusBad}};
  if (std::string Problem = oneOf(Conditions, Into.Condition); !Problem.empty())
    return Problem;
  if (Into.Condition != When::StatusOk && Into.Condition != When::StatusBad)
    return "";
  if (Into.What == ArgumentModel::Effect::AcquireOut)
    return "expected a condition by what is returned: what is not acquired yet has no status";
  return Seen.insert("status").second ? "" : "expected conditions by the status of one argument, not of two";
}

std::string Parser::argument() {
  unsigned Index = 0;
  if (std::string Problem = argumentNumber(Index); !Problem.empty())
    return Problem;
  if (M.Arguments.size() <= Index)
    M.Arguments.resize(Index + 1);
  ArgumentModel &Argument = M.Arguments[Index];
  std::string Which = "argument " + llvm::utostr(Index + 1);
  if (Rest.ltrim().starts_with("resource ")) {
    next();
    std::string Problem = once("resource of " + Which);
    return Problem.empty() ? name(Argument.Resource) : Problem;
  }
  if (std::string Problem = once("effect on " + Which); !Problem.empty())
    return Problem;
  if (std::string Problem = oneOf(EffectWords, Argument.What, "resource"); !Problem.empty())
    return Problem;
  if (!Rest.ltrim().starts_with("when "))
    return "";
  next();
  if (std::string Problem = condition(Argument); !Problem.empty())
    return Problem;
  if (Argument.What == ArgumentModel::Effect::AcquireOut && Rest.trim() == "otherwise null") {
    Argument.NullOtherwise = true;
    Rest = "";
  }
  return "";
}

std::string Parser::ending() {
  if (std::string Problem = oneOf(EndingWords, M.Ends); !Problem.empty())
    return Problem;
  if (Rest.trim().empty())
    return "";
  if (!Rest.consume_front("when argument "))
    return "expected 'when argument N', not '" + Rest.trim().str() + "'";
  if (std::string Problem = argumentNumber(M.EndsIf.emplace()); !Problem.empty() || Rest.trim().empty())
    return Problem;
  std::int64_t From = 0;
  llvm::StringRef Least = Rest.trim();
  if (!Least.consume_front("at least ") || Least.trim().getAsInteger(10, From))
    return "expected 'at least' and a number, not '" + Rest.trim().str() + "'";
  M.EndsFrom = From;
  Rest = "";
  return "";
}

/// Nothing, or `when zero` and its kin.
std::string Parser::whenReturned(When &Into) {
  if (Rest.trim().empty())
    return "";
  if (!Rest.consume_front("when "))
    return "expected 'when', not '" + Rest.trim().str() + "'";
  return oneOf(ReturnWords, Into);
}

/// `of N`, `of N into N`.
std::string Parser::text() {
  TextModel &Made = M.Text.emplace();
  if (!Rest.consume_front("of "))
    return "expected 'of N', not '" + Rest.trim().str() + "'";
  if (std::string Problem = argumentNumber(Made.Of.emplace()); !Problem.empty() || Rest.trim().empty())
    return Problem;
  if (!Rest.consume_front("into "))
    return "expected 'into N', not '" + Rest.trim().str() + "'";
  return argumentNumber(Made.Into.emplace());
}

std::string Parser::property(llvm::StringRef Key) {
  if (Key == "argument")
    return argument();
  if (std::string Problem = once("'" + Key + "'"); !Problem.empty())
    return Problem;
  if (Key == "returns")
    return returns();
  if (Key == "resource")
    return name(ArgumentsResource);
  if (Key == "noreturn")
    return ending();
  if (Key == "transaction") {
    std::string Problem = oneOf(TransactionWords, M.ActsOn);
    return Problem.empty() ? whenReturned(M.ActsWhen) : Problem;
  }
  if (Key == "throws")
    return oneOf(ThrowingWords, M.Throws);
  if (Key == "sql") {
    std::string Problem = argumentNumber(M.Sql.emplace().Statement);
    return Problem.empty() ? whenReturned(M.Sql->Succeeds) : Problem;
  }
  if (Key == "text")
    return text();
  if (Key == "pure") {
    M.Pure = true;
    return "";
  }
  if (Key == "status-ok") {
    llvm::StringRef Word = next();
    if (Word.getAsInteger(10, M.StatusOk.emplace()))
      return "expected the value that means a good status, not '" + Word.str() + "'";
    return "";
  }
  return "unknown annotation '" + Key.str() +
         "'; expected argument, returns, resource, noreturn, transaction, sql, text, throws, pure or "
         "status-ok";
}

std::string Parser::read(llvm::StringRef Text) {
  Rest = Text;
  llvm::StringRef Key = next();
  std::string Problem = property(Key);
  M.Ownership |=
      Key != "transaction" && Key != "sql" && Key != "text" && Key != "throws" && Key != "resource";
  if (Problem.empty() && !Rest.trim().empty())
    return "nothing expected after '" + Text.drop_back(Rest.size()).rtrim().str() + "'";
  return Problem;
}

Model Parser::take() {
  if (!ArgumentsResource.empty())
    M.Resource = ArgumentsResource;
  if (!ResultResource.empty()) {
    M.Resource = ResultResource;
    for (ArgumentModel &A : M.Arguments)
      if (A.Resource.empty())
        A.Resource = ArgumentsResource;
  }
  return std::move(M);
}

} // namespace

std::optional<Model> parseAnnotations(llvm::StringRef Function, llvm::ArrayRef<std::string> Texts,
                                      AnnotationMistake &Mistake, std::optional<unsigned> Arguments) {
  Parser All(Function, Arguments);
  for (std::size_t I = 0; I < Texts.size(); ++I) {
    std::string Problem = All.read(Texts[I]);
    if (!Problem.empty()) {
      Mistake = {I, std::move(Problem)};
      return std::nullopt;
    }
  }
  return All.take();
}

} // namespace connsan
