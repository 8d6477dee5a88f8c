#include "ModelWriter.h"

#include "Vocabulary.h"

#include "llvm/ADT/StringExtras.h"

namespace connsan {
namespace {

/// A name as YAML takes it everywhere, in quotes where it is not a plain word.
std::string quoted(llvm::StringRef Name) {
  bool IsPlain =
      !Name.empty() && !Name.ends_with(":") && !Name.starts_with(":") && !Name.starts_with("-") &&
      llvm::all_of(Name, [](char C) { return llvm::isAlnum(C) || C == '_' || C == ':' || C == '-'; });
  if (IsPlain)
    return Name.str();
  std::string Text = "\"";
  for (char C : Name)
    Text += C == '"' || C == '\\' ? std::string{'\\', C} : std::string{C};
  return Text + '"';
}

std::string condition(When Condition, bool ReturnsPointer) {
  if (llvm::StringRef Status = wordFor(StatusWords, Condition); !Status.empty())
    return "when: {status: " + Status.str() + "}";
  llvm::StringRef Word = wordFor(ReturnWords, Condition);
  if (ReturnsPointer && Condition == When::Zero)
    Word = "null";
  if (ReturnsPointer && Condition == When::NonZero)
    Word = "nonnull";
  return "when: {returns: " + Word.str() + "}";
}

std::string argument(const ArgumentModel &A, bool ReturnsPointer) {
  std::string Effect = wordFor(EffectWords, A.What).str();
  llvm::SmallVector<std::string, 2> Circumstances;
  if (A.Condition != When::Always)
    Circumstances.push_back(condition(A.Condition, ReturnsPointer));
  if (!A.Resource.empty())
    Circumstances.push_back("resource: " + quoted(A.Resource));
  if (A.NullOtherwise)
    Circumstances.push_back("otherwise: null");
  if (Circumstances.empty())
    return Effect;
  return "{" + Effect + ": {" + llvm::join(Circumstances, ", ") + "}}";
}

std::string sql(const SqlModel &Sql, bool ReturnsPointer) {
  if (Sql.What == SqlModel::Act::Receives)
    return "receives";
  std::string Statement = std::to_string(Sql.Statement + 1);
  if (Sql.What == SqlModel::Act::Runs && Sql.Succeeds == When::Always)
    return Statement;
  std::string Text = "{" + wordFor(SqlWords, Sql.What).str() + ": " + Statement;
  if (Sql.What == SqlModel::Act::Prepares)
    Text += ", name: " + std::to_string(Sql.Name + 1);
  if (Sql.Succeeds != When::Always)
    Text += ", " + condition(Sql.Succeeds, ReturnsPointer);
  return Text + "}";
}

std::string text(const TextModel &Made) {
  std::string Text = "{of: " + (Made.Of ? std::to_string(*Made.Of + 1) : "nothing");
  if (Made.Then)
    Text += ", then: " + std::to_string(*Made.Then + 1);
  if (Made.Into)
    Text += (Made.Appends ? ", append-to: " : ", into: ") + std::to_string(*Made.Into + 1);
  if (!Made.Field.empty())
    Text += ", field: " + quoted(Made.Field);
  return Text + "}";
}

/// "KEY: VALUE" each, the function first.
std::vector<std::string> fieldsOf(const Model &M, bool ReturnsPointer) {
  std::vector<std::string> Fields;
  auto Line = [&](llvm::StringRef Key, const llvm::Twine &Value) {
    Fields.push_back((Key + ": " + Value).str());
  };
  Line("function", quoted(M.Function));
  if (M.Returns == Model::Result::Argument)
    Line("returns", "{argument: " + llvm::Twine(M.ReturnedArgument + 1) + "}");
  else if (M.Returns != Model::Result::Nothing)
    Line("returns", wordFor(ResultWords, M.Returns));
  if (!M.Arguments.empty())
    Line("arguments",
         "[" +
             llvm::join(llvm::map_range(M.Arguments,
                                        [&](const ArgumentModel &A) { return argument(A, ReturnsPointer); }),
                        ", ") +
             "]");
  if (M.Resource != Model{}.Resource)
    Line("resource", quoted(M.Resource));
  if (M.Ends != Model::Ending::Returns && M.EndsIf)
    Line("noreturn", "{" + wordFor(EndingWords, M.Ends) +
                         ": {when: {argument: " + llvm::Twine(*M.EndsIf + 1) +
                         (M.EndsFrom ? ", at-least: " + std::to_string(*M.EndsFrom) : "") + "}}}");
  else if (M.Ends != Model::Ending::Returns)
    Line("noreturn", wordFor(EndingWords, M.Ends));
  if (M.ActsOn != Model::Transaction::Unknown && M.ActsWhen != When::Always)
    Line("transaction",
         "{" + wordFor(TransactionWords, M.ActsOn) + ": {" + condition(M.ActsWhen, ReturnsPointer) + "}}");
  else if (M.ActsOn != Model::Transaction::Unknown)
    Line("transaction", wordFor(TransactionWords, M.ActsOn));
  if (M.Sql)
    Line("sql", sql(*M.Sql, ReturnsPointer));
  if (M.Text)
    Line("text", text(*M.Text));
  if (!M.Exceptions.empty())
    Line("throws",
         "[" +
             llvm::join(llvm::map_range(M.Exceptions, [](llvm::StringRef Type) { return quoted(Type); }),
                        ", ") +
             "]");
  else if (M.Throws != Model::Throwing::Unknown)
    Line("throws", wordFor(ThrowingWords, M.Throws));
  if (M.Pure)
    Line("pure", "true");
  if (M.StatusOk)
    Line("status-ok", llvm::Twine(*M.StatusOk));
  return Fields;
}

} // namespace

std::string write(const Model &M, bool ReturnsPointer) {
  return "  - " + llvm::join(fieldsOf(M, ReturnsPointer), "\n    ") + "\n";
}

std::string writeLine(const Model &M, bool ReturnsPointer) {
  return "  - {" + llvm::join(fieldsOf(M, ReturnsPointer), ", ") + "}\n";
}

} // namespace connsan
