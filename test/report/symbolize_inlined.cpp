// A call in a function that was inlined: both are named, the innermost first, each with the line that it was at.
// RUN: %compile_cxx %s -o %t
// RUN: %t | %name_frames - | FileCheck %s --match-full-lines --implicit-check-not="problem:"
#include "tell_frame.h"

namespace Orders {
template<typename Key> struct Pool {
  [[gnu::always_inline]] void checkOut(Key Number) {
    if (Number > 0)
      // CHECK: {{.*}}.tmp+0x{{[0-9a-f]+}}
      // CHECK-NEXT: [Orders::Pool<long>::checkOut(long)] [{{/.*}}symbolize_inlined.cpp:[[#@LINE+1]]]
      tellFrame();
  }
  [[gnu::noinline]] void grow(Key Number);
};
template<typename Key> void Pool<Key>::grow(Key Number) {
  // CHECK-NEXT: [Orders::Pool<long>::grow(long)] [{{/.*}}symbolize_inlined.cpp:[[#@LINE+1]]]
  checkOut(Number);
  asm volatile("");
}
} // namespace Orders

// CHECK-NOT: {{.}}
int main() {
  Orders::Pool<long>().grow(1);
  return 0;
}
