#pragma once

#include "llvm/Support/Error.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace connsan::tool {

/// The files of the disk, those of the work tree as they are staged.
llvm::Expected<llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>> stagedFiles();

} // namespace connsan::tool
