// What is not here any more, a debuginfod server may have.
// REQUIRES: debuginfod
// RUN: rm -rf %t.dir && mkdir -p %t.dir/served %t.dir/home
// RUN: %compile -DBUILD=1 %s -o %t.dir/changed
// RUN: %t.dir/changed > %t.dir/frames
// RUN: mv %t.dir/changed %t.dir/served
// RUN: %compile -DBUILD=2 %s -o %t.dir/changed
// RUN: %compile -DBUILD=3 %s -o %t.dir/stripped
// RUN: %t.dir/stripped >> %t.dir/frames
// RUN: objcopy --only-keep-debug %t.dir/stripped %t.dir/served/stripped.debug
// RUN: strip %t.dir/stripped
// RUN: %compile -DBUILD=4 %s -o %t.dir/unknown
// RUN: %t.dir/unknown >> %t.dir/frames
// RUN: rm %t.dir/unknown
// RUN: env HOME=%t.dir/home XDG_CACHE_HOME=%t.dir/home timeout 120 %python %S/Inputs/with_debuginfod.py %t.dir/served \
// RUN:   %name_frames - < %t.dir/frames | FileCheck %s --match-full-lines
// A server that does not answer is no server.
// RUN: env HOME=%t.dir/home XDG_CACHE_HOME=%t.dir/home2 DEBUGINFOD_URLS=http://127.0.0.1:1 %name_frames - < %t.dir/frames \
// RUN:   | FileCheck %s --check-prefix=NONE --match-full-lines
#include "tell_frame.h"

static volatile int Build = BUILD;

int main(void) {
  tellFrame();
  return Build == 0;
}
// CHECK: {{.*}}/changed+0x[[#%x,]]
// CHECK-NEXT: [main] [{{/.*}}symbolize_debuginfod.c:[[#@LINE-4]]]
// CHECK-NEXT: {{.*}}/stripped+0x[[#%x,]]
// CHECK-NEXT: [main] [{{/.*}}symbolize_debuginfod.c:[[#@LINE-6]]]
// CHECK-NEXT: {{.*}}/unknown+0x[[#%x,]]
// CHECK-NEXT: problem: {{/.*}}/unknown cannot be read (No such file or directory): its frames are not named
// CHECK-NOT: {{.}}

// NONE: problem: {{/.*}}/changed has changed since ({{.*}}): its frames are not named
// NONE-NEXT: problem: {{/.*}}/unknown cannot be read (No such file or directory): its frames are not named
