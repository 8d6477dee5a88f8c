// Paths as only a few programs have them.
// RUN: rm -rf %t.dir && mkdir -p "%t.dir/a b/größe -x"
// RUN: %compile %s -o "%t.dir/a b/größe -x/проба '1'"
// RUN: "%t.dir/a b/größe -x/проба '1'" | %name_frames - | FileCheck %s --match-full-lines --implicit-check-not="problem:"
// A problem stays one line.
// RUN: env NAME="%t.dir/a:" sh -c '%name_frames "$NAME$(printf "\nb\033"):1"' | FileCheck %s --check-prefix=LINE --match-full-lines
#include "tell_frame.h"

// CHECK: {{.*}}/a b/größe -x/проба '1'+0x[[#%x,]]
// LINE: problem: {{/.*}}/a:\x0ab\x1b cannot be read (No such file or directory): its frames are not named
int main(void) {
  // CHECK-NEXT: [main] [{{/.*}}symbolize_odd_paths.c:[[#@LINE+1]]]
  tellFrame();
  return 0;
}
