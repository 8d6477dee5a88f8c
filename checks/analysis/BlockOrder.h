#pragma once

#include "Facts.h"
#include "Unwinding.h"

#include "clang/Analysis/CFG.h"
#include "llvm/ADT/DenseMap.h"

namespace connsan {

/// Whether a throw-expression ends the block. What clang has next then is somebody else's business.
bool throwsAtEnd(const clang::CFGBlock &Source);

/// Blocks and landings in reverse post-order, those alone that can be reached.
class BlockOrder {
public:
  BlockOrder(const clang::CFG &Graph, const Unwinding &Ways,
             const llvm::DenseMap<const clang::Stmt *, const clang::CFGBlock *> &Handlers);

  std::size_t size() const { return Nodes.size(); }
  /// Null for a landing.
  const clang::CFGBlock *source(BlockId Id) const { return Nodes[Id].Source; }
  unsigned landing(BlockId Id) const { return Nodes[Id].Landing; }

private:
  struct Node {
    const clang::CFGBlock *Source = nullptr;
    unsigned Landing = 0;
    unsigned key(const clang::CFG &Graph) const {
      return Source ? Source->getBlockID() : Graph.getNumBlockIDs() + Landing;
    }
  };
  llvm::SmallVector<Node, 4> successors(const Node &Of) const;

  const clang::CFG &Graph;
  const Unwinding &Ways;
  const llvm::DenseMap<const clang::Stmt *, const clang::CFGBlock *> &Handlers;
  std::vector<Node> Nodes;
};

} // namespace connsan
