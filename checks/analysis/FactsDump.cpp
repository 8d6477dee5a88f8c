#include "Facts.h"

#include "llvm/Support/raw_ostream.h"

namespace connsan {

const char *spelling(CompareOp Op) {
  switch (Op) {
  case CompareOp::Equal:
    return "==";
  case CompareOp::NotEqual:
    return "!=";
  case CompareOp::Less:
    return "<";
  case CompareOp::LessEqual:
    return "<=";
  case CompareOp::Greater:
    return ">";
  case CompareOp::GreaterEqual:
    return ">=";
  }
  return "?";
}

namespace {

const char *nameOf(ExitKind Kind) {
  switch (Kind) {
  case ExitKind::Return:
    return "return";
  case ExitKind::FunctionEnd:
    return "end";
  case ExitKind::ScopeEnd:
    return "scope";
  case ExitKind::Break:
    return "break";
  case ExitKind::Continue:
    return "continue";
  case ExitKind::Goto:
    return "goto";
  case ExitKind::Throw:
    return "throw";
  case ExitKind::Call:
    return "call";
  }
  return "?";
}

std::string nameOf(const FunctionFacts &Facts, std::uint32_t Variable) {
  const std::string &Name = Facts.Variables[Variable].Name;
  return Name.empty() ? "$" + std::to_string(Variable) : Name;
}

void print(llvm::raw_ostream &Out, const FunctionFacts &Facts, const Fact &F) {
  auto Operands = [&](std::size_t From = 0) {
    for (std::size_t I = From; I < F.Operands.size(); ++I)
      Out << (I == From ? " %" : ", %") << F.Operands[I];
  };
  Out << "  ";
  if (F.Result != NoReg)
    Out << '%' << F.Result << " = ";
  switch (F.What) {
  case Fact::Kind::Constant:
    Out << F.Immediate;
    break;
  case Fact::Kind::String:
    Out << '"';
    Out.write_escaped(Facts.Strings[F.Index]) << '"';
    break;
  case Fact::Kind::FunctionAddress:
    Out << "function " << Facts.Callees[F.Index].Name;
    break;
  case Fact::Kind::VariableAddress:
    Out << '&' << nameOf(Facts, F.Index);
    break;
  case Fact::Kind::FieldAddress:
    Out << "field " << Facts.Strings[F.Index] << " of";
    Operands();
    break;
  case Fact::Kind::ElementAddress:
    Out << "element " << (F.Index ? std::to_string(F.Immediate) : "?") << " of";
    Operands();
    break;
  case Fact::Kind::Load:
    Out << "load";
    Operands();
    break;
  case Fact::Kind::Store:
    Out << "store";
    Operands();
    break;
  case Fact::Kind::Compare:
    Out << '%' << F.Operands[0] << ' ' << spelling(F.Op) << " %" << F.Operands[1];
    break;
  case Fact::Kind::Not:
    Out << "not";
    Operands();
    break;
  case Fact::Kind::Arithmetic:
    Out << "arithmetic";
    Operands();
    break;
  case Fact::Kind::Opaque:
    Out << "opaque";
    Operands();
    break;
  case Fact::Kind::Call:
    Out << "call " << Facts.Callees[F.Index].Name;
    Operands();
    break;
  case Fact::Kind::IndirectCall:
    Out << "call *%" << F.Operands[0];
    Operands(1);
    break;
  case Fact::Kind::Return:
    Out << "return";
    Operands();
    break;
  case Fact::Kind::Leave:
    Out << "leave by " << nameOf(F.Exit);
    break;
  case Fact::Kind::EndLifetime:
    Out << "end of " << nameOf(Facts, F.Index) << " by " << nameOf(F.Exit);
    break;
  case Fact::Kind::Throw:
    Out << "throw";
    Operands();
    break;
  case Fact::Kind::Rethrow:
    Out << "rethrow";
    break;
  }
  if (F.Landing != NoBlock)
    Out << ", throwing to " << F.Landing;
  Out << '\n';
}

} // namespace

std::string dump(const FunctionFacts &Facts) {
  std::string Text;
  llvm::raw_string_ostream Out(Text);
  Out << "function " << Facts.Name << '\n';
  for (BlockId Id = 0; Id < Facts.Blocks.size(); ++Id) {
    const Block &B = Facts.Blocks[Id];
    Out << " block " << Id << (Id == Facts.Exit ? " (exit)" : "") << '\n';
    for (const Fact &F : B.Facts)
      print(Out, Facts, F);
    if (B.Ends == Block::Ending::Dispatch)
      Out << "  dispatch\n";
    else if (B.Ends != Block::Ending::Jump)
      Out << (B.Ends == Block::Ending::Branch ? "  branch %" : "  switch %") << B.Condition << " '"
          << Facts.Strings[B.ConditionText] << "'\n";
    for (const Edge &E : B.Edges) {
      if (!E.Reachable)
        continue;
      Out << "  to " << E.To;
      for (std::int64_t Case : E.Cases)
        Out << " case " << Case;
      if (B.Ends == Block::Ending::Dispatch && !E.IsDefault)
        Out << " catch " << (E.Catches ? Facts.Strings[E.Catches] : "...");
      Out << (E.IsDefault ? " default\n" : "\n");
    }
  }
  return Text;
}

} // namespace connsan
