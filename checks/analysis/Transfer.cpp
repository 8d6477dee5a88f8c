#include "Transfer.h"

namespace connsan {

Transfer::Transfer(const FunctionFacts &Facts, ValueTable &Values, const ModelSet &Models,
                   const SummaryLookup &Lookup, const Liveness &Live, Observer &Out)
    : Facts(Facts), Values(Values), Models(Models), Lookup(Lookup), Live(Live), Out(Out),
      Names(Facts.Strings) {
  for (std::uint32_t I = 0; I < Names.size(); ++I)
    NameNumbers.try_emplace(Names[I], I);
  for (const Callee &C : Facts.Callees)
    Hints.push_back(hintOf(C.Name));
  for (std::uint32_t I = 0; I < Facts.Variables.size(); ++I)
    if (Facts.Variables[I].Where == Variable::Storage::Global)
      Globals[Facts.Variables[I].ProgramName] = I;
  for (const Block &B : Facts.Blocks)
    for (const Fact &F : B.Facts)
      Rethrows |= F.What == Fact::Kind::Rethrow;
}

/// The number of a field's name, or of a text.
std::uint32_t Transfer::nameNumber(llvm::StringRef Name) {
  auto [It, New] = NameNumbers.try_emplace(Name, Names.size());
  if (New)
    Names.push_back(Name.str());
  return It->second;
}

void Transfer::enterBlock(BlockId Block) {
  CurrentBlock = Block;
}

Value Transfer::valueOf(const Frame &In, Reg R) const {
  return In.Registers[R];
}

void Transfer::set(Frame &In, Reg R, const Value &V) {
  In.Registers[R] = V;
}

bool Transfer::execute(const Fact &F, Site At, Frame &In, Ways &More) {
  State &Now = In.Now;
  CurrentSite = At;
  switch (F.What) {
  case Fact::Kind::Constant:
    set(In, F.Result, Value::integer(F.Immediate));
    break;
  case Fact::Kind::String:
    set(In, F.Result, Value::text(F.Index));
    break;
  case Fact::Kind::FunctionAddress:
    set(In, F.Result, Value::function(F.Index));
    break;
  case Fact::Kind::VariableAddress:
    set(In, F.Result, Value::address(Values.variable(F.Index)));
    break;
  case Fact::Kind::FieldAddress:
    if (std::optional<RegionId> Base = pointedTo(valueOf(In, F.Operands[0])))
      set(In, F.Result, Value::address(Values.field(*Base, F.Index)));
    else
      set(In, F.Result, freshResult(In, At));
    break;
  case Fact::Kind::ElementAddress:
    if (std::optional<RegionId> Base = pointedTo(valueOf(In, F.Operands[0])); Base && F.Index != 0)
      set(In, F.Result, Value::address(Values.element(*Base, F.Immediate)));
    else
      set(In, F.Result, freshResult(In, At));
    break;
  case Fact::Kind::Load: {
    std::optional<RegionId> From = pointedTo(valueOf(In, F.Operands[0]));
    if (!From) {
      set(In, F.Result, freshResult(In, At));
      break;
    }
    // Reading an object as a whole copies what it holds to where it is not followed.
    if (F.Immediate == ObjectAccess)
      for (const auto &[Where, Held] : Now.Memory.within(*From))
        if (Where != *From)
          escape(Now, Held);
    set(In, F.Result, load(Now, *From));
    break;
  }
  case Fact::Kind::Store:
    if (std::optional<RegionId> To = pointedTo(valueOf(In, F.Operands[0])))
      store(In, *To, valueOf(In, F.Operands[1]), static_cast<Access>(F.Immediate), F.At);
    else
      escape(Now, valueOf(In, F.Operands[1]));
    break;
  case Fact::Kind::Compare:
    set(In, F.Result, compare(Now, F.Op, valueOf(In, F.Operands[0]), valueOf(In, F.Operands[1])));
    break;
  case Fact::Kind::Not:
    set(In, F.Result, logicalNot(valueOf(In, F.Operands[0])));
    break;
  case Fact::Kind::Arithmetic: {
    auto IsPlain = [&](const Value &V) {
      return V.isInteger() || (V.isSymbol() && Values.symbolAt(V.Id).What != Symbol::Kind::Derived);
    };
    Value Left = F.Operands.empty() ? Value{} : valueOf(In, F.Operands[0]);
    Value Right = F.Operands.size() > 1 ? valueOf(In, F.Operands[1]) : Value{};
    if (!F.Operands.empty() && IsPlain(Left) && (F.Operands.size() == 1 || IsPlain(Right)))
      set(In, F.Result,
          Value::symbol(Values.symbol({Symbol::Kind::Derived,
                                       derivation::FirstArithmetic + static_cast<std::uint32_t>(F.Immediate),
                                       0, Left, Right})));
    else
      set(In, F.Result, freshResult(In, At));
    break;
  }
  case Fact::Kind::Opaque:
    for (Reg Operand : F.Operands)
      escape(Now, valueOf(In, Operand));
    if (F.Result != NoReg)
      set(In, F.Result, freshResult(In, At));
    break;
  case Fact::Kind::Call:
  case Fact::Kind::IndirectCall:
    return call(F, At, In, More);
  case Fact::Kind::Throw:
    for (Reg Operand : F.Operands)
      escape(Now, valueOf(In, Operand));
    raise(Now, F, numberOf(Facts.Exceptions[F.Index]), Ground::Seen);
    More.Thrown.push_back(std::move(Now));
    return false;
  case Fact::Kind::Rethrow:
    raise(Now, F, Now.Caught, Ground::Seen);
    More.Thrown.push_back(std::move(Now));
    return false;
  case Fact::Kind::Return:
    if (!F.Operands.empty()) {
      Value Returned = valueOf(In, F.Operands[0]);
      Now.Returned = Returned;
      handOut(Now, Returned);
    }
    [[fallthrough]];
  case Fact::Kind::Leave:
    Now.Leaving = true;
    Now.Exit = F.Exit;
    Now.ExitAt = F.At;
    if (F.What == Fact::Kind::Leave)
      noteJump(Now, F.At);
    break;
  case Fact::Kind::EndLifetime: {
    RegionId Dead = Values.variable(F.Index);
    Now.endLifetime(Dead);
    llvm::SmallVector<std::pair<SymbolId, std::string>, 2> Gone;
    for (const auto &[Part, Held] : Now.Memory.within(Dead)) {
      Now.Memory.erase(Part);
      if (Held.isSymbol())
        Gone.push_back({Held.Id, nameOf(Part)});
    }
    if (!Now.Leaving)
      Now.Exit = F.Exit;
    bool EndsProcess = Facts.IsMain && isWayOut(Now.Exit) && !Now.isThrown();
    SourcePoint Where = Now.Leaving ? Now.ExitAt : F.At;
    for (auto &[Lost, Name] : Gone)
      if (EndsProcess)
        giveAway(Now, Lost);
      else
        checkLost(In, Lost, FindingKind::Exit, Where, Name);
    break;
  }
  }
  return true;
}

} // namespace connsan
