// Of a process in a container: its paths, and the links among them, are looked up below the container's root.
// RUN: rm -rf %t.dir && mkdir -p %t.dir/root/opt/v1 %t.dir/root/etc %t.dir/root/usr/lib/debug/.build-id %t.dir/opt/v1
// RUN: %compile %s -o %t.dir/root/opt/v1/program
// RUN: ln -s /etc/current %t.dir/root/opt/current
// RUN: ln -s ../../../opt/v1 %t.dir/root/etc/current
// RUN: %t.dir/root/opt/v1/program | sed 's,.*@,/opt/current/program@,' > %t.dir/frames
// RUN: %name_frames --root=%t.dir/root - < %t.dir/frames | FileCheck %s --match-full-lines --implicit-check-not="problem:"
// RUN: %name_frames --root=%t.dir/root/ - < %t.dir/frames | FileCheck %s --match-full-lines --implicit-check-not="problem:"
// RUN: %name_frames --root=/ "%t.dir/root/opt/v1/program:1" | FileCheck %s --check-prefix=SLASH
// Nothing else is taken for it, and links in a circle end.
// RUN: %name_frames - < %t.dir/frames | FileCheck %s --check-prefix=NOWHERE
// RUN: ln -s circle %t.dir/root/circle
// RUN: %name_frames --root=%t.dir/root /circle/program:1000 | FileCheck %s --check-prefix=CIRCLE
// Debug information is the container's too.
// RUN: sed -E 's,.*@(..)(.*):.*,install -D -m 644 "%t.dir/root/opt/v1/program" "%t.dir/root/usr/lib/debug/.build-id/\1/\2.debug",' %t.dir/frames > %t.dir/install
// RUN: sh %t.dir/install
// RUN: strip %t.dir/root/opt/v1/program
// RUN: %name_frames --root=%t.dir/root - < %t.dir/frames | FileCheck %s --match-full-lines --implicit-check-not="problem:"
#include "tell_frame.h"

// CHECK: /opt/current/program+0x[[#%x,]]
// SLASH: {{/.*}}/root/opt/v1/program+0x1
// SLASH-NOT: problem
// NOWHERE: problem: /opt/current/program cannot be read (No such file or directory): its frames are not named
// CIRCLE: problem: {{/.*}}/root/circle/program cannot be read ({{.*}}): its frames are not named
int main(void) {
  // CHECK-NEXT: [main] [{{/.*}}symbolize_root.c:[[#@LINE+1]]]
  tellFrame();
  return 0;
}
