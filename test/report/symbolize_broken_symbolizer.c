// A symbolizer that goes wrong costs what it had to say of one module, beside what the module's own symbols tell.
// RUN: rm -rf %t.dir && mkdir -p %t.dir
// RUN: %compile %s -o %t.dir/good
// RUN: sh -c 'for kind in aborts fails hangs empty text words foreign again cut null; do cp %t.dir/good %t.dir/$kind; %t.dir/$kind; done; %t.dir/good' > %t.dir/frames
// RUN: timeout 60 %name_frames --symbolizer=%S/Inputs/broken_symbolizer --patience=1 --jobs=3 - < %t.dir/frames \
// RUN:   | FileCheck %s --match-full-lines
#include "tell_frame.h"

int main(void) {
  tellFrame();
  return 0;
}
// CHECK: {{.*}}/aborts+0x[[#%x,]]
// CHECK-NEXT: [main] [:0]
// CHECK: {{.*}}/null+0x[[#%x,]]
// CHECK-NEXT: [main] [:0]
// CHECK-NEXT: {{.*}}/good+0x[[#%x,]]
// CHECK-NEXT: [main] [{{/.*}}symbolize_broken_symbolizer.c:[[#@LINE-8]]]
// CHECK-NEXT: problem: {{/.*}}/aborts: llvm-symbolizer crashed (Aborted)
// CHECK-NEXT: problem: {{/.*}}/fails: llvm-symbolizer failed (exit status 3)
// CHECK-NEXT: problem: {{/.*}}/hangs: llvm-symbolizer did not answer for 1 s
// CHECK-NEXT: problem: {{/.*}}/empty: llvm-symbolizer did not answer for 1 of 1 addresses
// CHECK-NEXT: problem: {{/.*}}/text: llvm-symbolizer gave an answer that makes no sense
// CHECK-NEXT: problem: {{/.*}}/words: llvm-symbolizer gave an answer that makes no sense
// CHECK-NEXT: problem: {{/.*}}/foreign: llvm-symbolizer gave an answer that makes no sense
// CHECK-NEXT: problem: {{/.*}}/again: llvm-symbolizer gave an answer that makes no sense
// CHECK-NEXT: problem: {{/.*}}/cut: llvm-symbolizer gave an answer that makes no sense
// CHECK-NEXT: problem: {{/.*}}/null: llvm-symbolizer cannot read it ()
// CHECK-NOT: {{.}}
