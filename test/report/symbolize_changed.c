// The program was built again since: its names would be wrong.
// RUN: %compile %s -o %t
// RUN: %t > %t.frames
// RUN: %compile -DCHANGED %s -o %t
// RUN: %name_frames - < %t.frames | FileCheck %s --match-full-lines
// RUN: %compile -Wl,--build-id=none %s -o %t
// RUN: %name_frames - < %t.frames | FileCheck %s --check-prefix=WITHOUT --match-full-lines
// The same build again is the same program.
// RUN: %compile %s -o %t
// RUN: %name_frames - < %t.frames | FileCheck %s --check-prefix=SAME --match-full-lines --implicit-check-not="problem:"
#include "tell_frame.h"

// CHECK: {{.*}}.tmp+0x[[#%x,]]
// CHECK-NEXT: problem: {{/.*}}.tmp has changed since (build-id {{[0-9a-f]+}}.., now {{[0-9a-f]+}}..): its frames are not named
// WITHOUT: {{.*}}.tmp+0x[[#%x,]]
// WITHOUT-NEXT: problem: {{/.*}}.tmp has changed since (build-id {{[0-9a-f]+}}.., now none): its frames are not named
// SAME: {{.*}}.tmp+0x[[#%x,]]
// SAME-NEXT: [main] [{{/.*}}symbolize_changed.c:[[#@LINE+5]]]
int main(void) {
#ifdef CHANGED
  puts("");
#endif
  tellFrame();
  return 0;
}
