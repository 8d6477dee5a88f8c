#include "StateDump.h"

#include "Sites.h"

#include "llvm/Support/raw_ostream.h"

namespace connsan {
namespace {

class Printer {
public:
  Printer(llvm::raw_ostream &Out, const StateNames &Names) : Out(Out), Names(Names), Numbers(Names.Facts) {}

  void state(const State &S);

private:
  void region(RegionId R);
  void symbol(SymbolId S);
  void value(const Value &V);
  void range(const Range &R);
  void obligation(const Obligation &O);
  void site(Site At);

  llvm::raw_ostream &Out;
  const StateNames &Names;
  Sites Numbers;
};

void Printer::site(Site At) {
  BlockId Block = Numbers.blockOf(At);
  Out << Block << '.' << At - Numbers.firstOf(Block);
}

void Printer::region(RegionId R) {
  const Region &What = Names.Values.regionAt(R);
  switch (What.What) {
  case Region::Kind::Variable: {
    const std::string &Name = Names.Facts.Variables[What.Parent].Name;
    if (Name.empty())
      Out << '$' << What.Parent;
    else
      Out << Name;
    break;
  }
  case Region::Kind::Field:
    region(What.Parent);
    Out << '.' << Names.Fields[What.Index];
    break;
  case Region::Kind::Element:
    region(What.Parent);
    Out << '[' << What.Index << ']';
    break;
  case Region::Kind::Pointee:
    Out << "*(";
    symbol(What.Parent);
    Out << ')';
    break;
  }
}

void Printer::symbol(SymbolId S) {
  const Symbol &What = Names.Values.symbolAt(S);
  switch (What.What) {
  case Symbol::Kind::Initial:
    region(What.A);
    Out << "@entry";
    break;
  case Symbol::Kind::Result: {
    const Fact &F = Numbers.factAt(What.A);
    Out << (F.What == Fact::Kind::Call ? Names.Facts.Callees[F.Index].Name : "unknown") << '@';
    site(What.A);
    if (What.B)
      Out << '#' << What.B;
    break;
  }
  case Symbol::Kind::Derived:
    Out << 'f' << What.A << '(';
    value(What.Left);
    if (What.Right.What != Value::Kind::Undefined) {
      Out << ", ";
      value(What.Right);
    }
    Out << ')';
    break;
  case Symbol::Kind::Written:
    region(What.B);
    Out << "@";
    site(What.A);
    break;
  case Symbol::Kind::Merged:
    region(What.B);
    Out << "@block " << What.A;
    break;
  }
}

void Printer::value(const Value &V) {
  switch (V.What) {
  case Value::Kind::Undefined:
    Out << "undefined";
    break;
  case Value::Kind::Integer:
    Out << V.Number;
    break;
  case Value::Kind::Symbol:
    symbol(V.Id);
    break;
  case Value::Kind::Predicate:
    Out << '(';
    symbol(V.Id);
    Out << ' ' << spelling(V.Op) << ' ' << V.Number << ')';
    break;
  case Value::Kind::Address:
    Out << '&';
    region(V.Id);
    break;
  case Value::Kind::Text:
    Out << '"';
    Out.write_escaped(Names.Fields[V.Id]) << (V.Number ? "\"..." : "\"");
    break;
  case Value::Kind::Function:
    Out << Names.Facts.Callees[V.Id].Name;
    break;
  }
}

void Printer::range(const Range &R) {
  if (auto Single = R.single()) {
    Out << " = " << *Single;
    return;
  }
  if (R.low() != INT64_MIN)
    Out << " >= " << R.low();
  if (R.high() != INT64_MAX)
    Out << " <= " << R.high();
  for (std::int64_t N : R.excluded())
    Out << " != " << N;
}

void Printer::obligation(const Obligation &O) {
  static constexpr const char *Phases[] = {"held", "stored", "used", "released", "transferred"};
  const std::string &Resource = Names.Resources[O.Resource];
  Out << Phases[static_cast<int>(O.Now)] << ' ' << (Resource.empty() ? "something" : Resource)
      << (O.Acquired ? " acquired at " : " first seen at ");
  site(O.At);
  for (const Handover &H : O.Handovers) {
    Out << (H.Reads == Handover::Reading::LikelyKeep ? ", given away at " : ", lent at ");
    site(H.At);
  }
}

void Printer::state(const State &S) {
  for (const auto &[Where, Held] : S.Memory.all()) {
    Out << "    ";
    region(Where);
    Out << ": ";
    value(Held);
    Out << '\n';
  }
  for (const auto &[Known, Limits] : S.Ranges) {
    Out << "    ";
    symbol(Known);
    range(Limits);
    Out << '\n';
  }
  for (const auto &[Known, Owed] : S.Obligations) {
    Out << "    ";
    symbol(Known);
    Out << ": ";
    obligation(Owed);
    Out << '\n';
  }
  if (!S.Escaped.empty()) {
    Out << "    escaped:";
    for (RegionId R : S.Escaped) {
      Out << ' ';
      region(R);
    }
    Out << '\n';
  }
  if (S.Returned.What != Value::Kind::Undefined) {
    Out << "    returns ";
    value(S.Returned);
    Out << '\n';
  }
}

} // namespace

std::string dump(const State &S, const StateNames &Names) {
  std::string Text;
  llvm::raw_string_ostream Out(Text);
  Printer(Out, Names).state(S);
  return Text;
}

} // namespace connsan
