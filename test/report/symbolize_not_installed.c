// No llvm-symbolizer anywhere.
// REQUIRES: mount
// RUN: %compile %s -o %t
// RUN: %t > %t.frames
// RUN: %with_mounts sh -c 'for d in /usr/lib/llvm-*/bin; do mount -t tmpfs none $d; done; PATH=/nonesuch exec %name_frames -' < %t.frames | FileCheck %s --match-full-lines
#include "tell_frame.h"

// CHECK: {{.*}}.tmp+0x[[#%x,]]
// CHECK-NEXT: [main] [:0]
// CHECK-NEXT: problem: llvm-symbolizer is not installed: only symbol tables name functions, without lines
int main(void) {
  tellFrame();
  return 0;
}
