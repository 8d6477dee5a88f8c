#pragma once

#include "analysis/Finding.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace connsan {

/// Gives every finding the name under which it is known again after the lines around it have changed: 16
/// hexadecimal digits made of the check, the function, the acquire and the way it is lost, and of no place.
/// What is equal in all of these is numbered in source order, so this wants all findings of a check in a
/// translation unit at once. The exits of an acquire that is never released are one finding and have one
/// fingerprint. `Likeness` is the same without the numbers and without the name of the file.
void assignFingerprints(llvm::StringRef Check, llvm::MutableArrayRef<Finding> All);

} // namespace connsan
