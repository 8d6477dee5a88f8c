// Without llvm-symbolizer the symbol tables name functions.
// RUN: %compile_cxx %s -o %t
// RUN: %t > %t.frames
// RUN: %name_frames --symbolizer=/nonesuch/llvm-symbolizer - < %t.frames | FileCheck %s --check-prefixes=CHECK,OPTION --match-full-lines
// RUN: env LLVM_SYMBOLIZER_PATH=/ %name_frames - < %t.frames | FileCheck %s --check-prefixes=CHECK,ENVIRONMENT --match-full-lines
// What the program exports is left to one that is stripped.
// RUN: %compile_cxx -rdynamic %s -o %t
// RUN: %t > %t.frames
// RUN: strip %t
// RUN: env LLVM_SYMBOLIZER_PATH=/ %name_frames - < %t.frames | FileCheck %s --check-prefixes=CHECK,ENVIRONMENT --match-full-lines
#include "tell_frame.h"

namespace Orders {
// No mangled name, though one of a type.
extern "C" [[gnu::noinline]] void i() {
  tellFrame();
  asm volatile("");
}
struct Pool {
  [[gnu::noinline]] void grow(const char *);
};
void Pool::grow(const char *) {
  tellFrame();
  i();
  asm volatile("");
}
} // namespace Orders
// CHECK: {{.*}}.tmp+0x[[#%x,]]
// CHECK-NEXT: [Orders::Pool::grow(char const*)] [:0]
// CHECK-NEXT: {{.*}}.tmp+0x[[#%x,]]
// CHECK-NEXT: [i] [:0]
// OPTION-NEXT: problem: program '/nonesuch/llvm-symbolizer' does not exist: only symbol tables name functions, without lines
// ENVIRONMENT-NEXT: problem: '/' is a directory: only symbol tables name functions, without lines
// CHECK-NOT: {{.}}

int main() {
  Orders::Pool().grow("");
  return 0;
}
