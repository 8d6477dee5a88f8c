#pragma once

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Basic/Version.h"

/// What differs between the versions of LLVM that the checks are compiled for.
namespace connsan {

inline clang::CanQualType canonicalTypeOf(const clang::TagDecl &Tag, const clang::ASTContext &Context) {
#if CLANG_VERSION_MAJOR >= 22
  return Context.getCanonicalTagType(&Tag);
#else
  return Context.getCanonicalType(Context.getTagDeclType(&Tag));
#endif
}

} // namespace connsan
