#include "BlockOrder.h"

#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/BitVector.h"

using namespace clang;

namespace connsan {

bool throwsAtEnd(const CFGBlock &Source) {
  if (Source.empty())
    return false;
  std::optional<CFGStmt> Last = Source.back().getAs<CFGStmt>();
  return Last && isa<CXXThrowExpr>(Last->getStmt());
}

llvm::SmallVector<BlockOrder::Node, 4> BlockOrder::successors(const Node &Of) const {
  llvm::SmallVector<Node, 4> Found;
  auto AddLanding = [&](unsigned To) {
    Found.push_back(To == Landing::Outside ? Node{&Graph.getExit()} : Node{nullptr, To});
  };
  if (!Of.Source) {
    const Landing &L = Ways.Landings[Of.Landing];
    for (unsigned I = 0; L.Try && I < L.Try->getNumHandlers(); ++I)
      if (const CFGBlock *Handler = Handlers.lookup(L.Try->getHandler(I)))
        Found.push_back({Handler});
    AddLanding(L.Next);
    return Found;
  }
  if (!throwsAtEnd(*Of.Source))
    // Against the order of clang, so that the body of a loop comes before what follows the loop.
    for (const CFGBlock *Next : llvm::reverse(Of.Source->succs()))
      if (Next)
        Found.push_back({Next});
  for (const CFGElement &Element : *Of.Source)
    if (std::optional<CFGStmt> S = Element.getAs<CFGStmt>())
      if (const auto *Thrower = dyn_cast<Expr>(S->getStmt()))
        if (auto To = Ways.At.find(Thrower); To != Ways.At.end())
          AddLanding(To->second);
  return Found;
}

BlockOrder::BlockOrder(const CFG &Graph, const Unwinding &Ways,
                       const llvm::DenseMap<const Stmt *, const CFGBlock *> &Handlers)
    : Graph(Graph), Ways(Ways), Handlers(Handlers) {
  llvm::BitVector Met(Graph.getNumBlockIDs() + Ways.Landings.size());
  struct Visit {
    Node At;
    llvm::SmallVector<Node, 4> Next;
    std::size_t Visited = 0;
  };
  std::vector<Visit> Stack;
  auto Enter = [&](const Node &N) {
    if (Met.test(N.key(Graph)))
      return;
    Met.set(N.key(Graph));
    Stack.push_back({N, successors(N)});
  };
  // What cannot be reached is in nobody's way, but a function has an end.
  Enter({&Graph.getExit()});
  Nodes.push_back(Stack.back().At);
  Stack.pop_back();
  Enter({&Graph.getEntry()});
  while (!Stack.empty()) {
    Visit &Top = Stack.back();
    if (Top.Visited < Top.Next.size()) {
      Enter(Node(Top.Next[Top.Visited++]));
    } else {
      Nodes.push_back(Top.At);
      Stack.pop_back();
    }
  }
  std::reverse(Nodes.begin(), Nodes.end());
}

} // namespace connsan
