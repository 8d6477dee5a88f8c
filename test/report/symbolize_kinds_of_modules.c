// Every kind of module: its addresses are those that it was linked at.
// RUN: %compile -pie -fPIE %s -o %t.pie
// RUN: %compile -no-pie %s -o %t.no_pie
// RUN: %compile -static-pie -fPIE %s -o %t.static_pie
// RUN: %compile -shared -fPIC -DLIBRARY %s -o %t.so
// RUN: %compile %s -DCALL %t.so -o %t.with_library
// A library that was linked to lie elsewhere, as prelink does it.
// RUN: %compile -shared -fPIC -DLIBRARY -Wl,-Ttext-segment=0x30000000 %s -o %t.prelinked.so
// RUN: %compile %s -DCALL %t.prelinked.so -o %t.with_prelinked
// No frame of these needs the build-id.
// RUN: %compile -pie -fPIE -Wl,--build-id=none %s -o %t.without_id
// RUN: sh -c 'for kind in pie no_pie static_pie with_library with_prelinked without_id; do %t.$kind; done' > %t.frames
// RUN: %name_frames - --jobs=4 < %t.frames | FileCheck %s --match-full-lines --implicit-check-not="problem:"
#ifdef CALL
void work(void);
#else
#include "tell_frame.h"
__attribute__((noinline)) void work(void) {
  tellFrame();
  __asm__ volatile("");
}
#endif
// CHECK: {{.*}}.pie+0x{{[0-9a-f]+}}
// CHECK-NEXT: [work] [{{/.*}}symbolize_kinds_of_modules.c:[[#LINE:@LINE-5]]]
// CHECK-NEXT: {{.*}}.no_pie+0x4{{[0-9a-f]+}}
// CHECK-NEXT: [work] [{{/.*}}symbolize_kinds_of_modules.c:[[#LINE]]]
// CHECK-NEXT: {{.*}}.static_pie+0x{{[0-9a-f]+}}
// CHECK-NEXT: [work] [{{/.*}}symbolize_kinds_of_modules.c:[[#LINE]]]
// CHECK-NEXT: {{.*}}.so+0x{{[0-9a-f]+}}
// CHECK-NEXT: [work] [{{/.*}}symbolize_kinds_of_modules.c:[[#LINE]]]
// CHECK-NEXT: {{.*}}.prelinked.so+0x3000{{[0-9a-f]+}}
// CHECK-NEXT: [work] [{{/.*}}symbolize_kinds_of_modules.c:[[#LINE]]]
// CHECK-NEXT: {{.*}}.without_id+0x{{[0-9a-f]+}}
// CHECK-NEXT: [work] [{{/.*}}symbolize_kinds_of_modules.c:[[#LINE]]]

#ifndef LIBRARY
int main(void) {
  work();
  return 0;
}
#endif
