// Files that are not there, or are none to read names from: one line for each, and the others are named.
// RUN: rm -rf %t.dir && mkdir -p %t.dir/directory
// RUN: %compile %s -o %t.dir/program
// RUN: %t.dir/program > %t.dir/frames
// RUN: head -c 5000 %t.dir/program > %t.dir/truncated
// RUN: head -c 100 %t.dir/program > %t.dir/stub
// RUN: echo text > %t.dir/text
// RUN: cp %t.dir/program %t.dir/foreign
// The class of the ELF file: 32 bits.
// RUN: printf '\001' | dd of=%t.dir/foreign bs=1 seek=4 conv=notrunc status=none
// RUN: mkfifo %t.dir/pipe
// RUN: cp %t.dir/program %t.dir/restarted
// RUN: sed 's,/program@,/restarted (deleted)@,' %t.dir/frames > %t.dir/deleted
// RUN: cat %t.dir/frames %t.dir/deleted > %t.dir/all
// RUN: %name_frames %t.dir/missing:1100 %t.dir/directory:1100 %t.dir/truncated:1100 %t.dir/stub:1100 %t.dir/text:1100 \
// RUN:   %t.dir/pipe:1100 "%t.dir/program (deleted):1100" "%t.dir/gone (deleted)@abcd:1100" %t.dir/foreign@abcd:1100 linux-vdso.so.1:1100 :1100 \
// RUN:   %t.dir/program:7000000 %t.dir/program:1 \
// RUN:   - < %t.dir/all | FileCheck %s --match-full-lines
#include "tell_frame.h"

int main(void) {
  tellFrame();
  return 0;
}
// CHECK: {{.*}}/program+0x7000000
// CHECK-NEXT: {{.*}}/program+0x1
// CHECK-NEXT: {{.*}}/program+0x[[#%x,]]
// CHECK-NEXT: [main] [{{/.*}}symbolize_missing.c:[[#@LINE-6]]]
// CHECK-NEXT: {{.*}}/restarted (deleted)+0x[[#%x,]]
// CHECK-NEXT: [main] [{{/.*}}symbolize_missing.c:[[#@LINE-8]]]
// CHECK-NEXT: problem: {{/.*}}/missing cannot be read (No such file or directory): its frames are not named
// CHECK-NEXT: problem: {{/.*}}/directory is no program or library: its frames are not named
// CHECK-NEXT: problem: {{/.*}}/truncated: llvm-symbolizer cannot read it ({{.+}})
// CHECK-NEXT: problem: {{/.*}}/stub: llvm-symbolizer cannot read it ({{.+}})
// CHECK-NEXT: problem: {{/.*}}/text is no program or library: its frames are not named
// CHECK-NEXT: problem: {{/.*}}/pipe is no program or library: its frames are not named
// CHECK-NEXT: problem: {{/.*}}/program was replaced while it ran: its frames are not named
// CHECK-NEXT: problem: {{/.*}}/gone cannot be read (No such file or directory): its frames are not named
// CHECK-NEXT: problem: {{/.*}}/foreign is for another machine: its frames are not named
// CHECK-NEXT: problem: linux-vdso.so.1 is no file of its own: its frames are not named
// CHECK-NEXT: problem: a module without a name is no file of its own: its frames are not named
// CHECK-NOT: {{.}}
