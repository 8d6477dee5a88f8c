// A program whose debug information was taken into a file of its own.
// RUN: rm -rf %t.dir && mkdir -p %t.dir/debug/.build-id
// RUN: %compile %s -o %t.dir/whole
// RUN: %t.dir/whole > %t.dir/frames
// RUN: objcopy --only-keep-debug %t.dir/whole %t.dir/whole.debug
// RUN: strip %t.dir/whole
// Without that file:
// RUN: %name_frames - < %t.dir/frames | FileCheck %s --check-prefix=NONE --match-full-lines
// Found by the build-id, with which the file is named:
// RUN: sed -E 's,.*@(..)(.*):.*,install -D -m 644 "%t.dir/whole.debug" "%t.dir/debug/.build-id/\1/\2.debug",' %t.dir/frames > %t.dir/install
// RUN: sh %t.dir/install
// RUN: %name_frames --debug-dir=%t.dir/debug - < %t.dir/frames | FileCheck %s --match-full-lines --implicit-check-not="problem:"
// The same when the program itself is no longer there:
// RUN: mv %t.dir/whole %t.dir/elsewhere
// RUN: %name_frames --debug-dir=%t.dir/debug - < %t.dir/frames | FileCheck %s --match-full-lines --implicit-check-not="problem:"
// Found by its name, which stands in the program:
// RUN: objcopy --add-gnu-debuglink=%t.dir/whole.debug %t.dir/elsewhere %t.dir/whole
// RUN: %name_frames - < %t.dir/frames | FileCheck %s --match-full-lines --implicit-check-not="problem:"
#include "tell_frame.h"

__attribute__((always_inline)) static inline void query(void) {
  tellFrame();
}
__attribute__((noinline)) static void work(void) {
  query();
  __asm__ volatile("");
}
// CHECK: {{.*}}/whole+0x[[#%x,]]
// CHECK-NEXT: [query] [{{/.*}}symbolize_debug_files.c:[[#@LINE-7]]]
// CHECK-NEXT: [work] [{{/.*}}symbolize_debug_files.c:[[#@LINE-5]]]
// CHECK-NOT: {{.}}

// NONE: {{.*}}/whole+0x[[#%x,]]
// NONE-NOT: {{.}}

int main(void) {
  work();
  return 0;
}
