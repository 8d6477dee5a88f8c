// The symbolizer is the one of the variable, the newest of those with a version, or the one that is simply called
// llvm-symbolizer. Each of these tells who it is by how it fails.
// RUN: rm -rf %t.dir && mkdir -p %t.dir/versions %t.dir/plain
// RUN: %compile %s -o %t.dir/program
// RUN: %t.dir/program > %t.dir/frames
// RUN: printf '#!/bin/sh\nexit 17\n' > %t.dir/versions/llvm-symbolizer-17
// RUN: printf '#!/bin/sh\nexit 15\n' > %t.dir/versions/llvm-symbolizer-15
// RUN: printf '#!/bin/sh\nexit 1\n' > %t.dir/plain/llvm-symbolizer
// RUN: chmod +x %t.dir/versions/llvm-symbolizer-17 %t.dir/versions/llvm-symbolizer-15 %t.dir/plain/llvm-symbolizer
// RUN: env PATH=%t.dir/plain:%t.dir/versions %name_frames - < %t.dir/frames | FileCheck %s --check-prefix=NEWEST
// NEWEST: llvm-symbolizer failed (exit status 17)
// RUN: env PATH=%t.dir/plain %name_frames - < %t.dir/frames | FileCheck %s --check-prefix=PLAIN
// PLAIN: llvm-symbolizer failed (exit status 1)
// RUN: env PATH=%t.dir/plain LLVM_SYMBOLIZER_PATH=%t.dir/versions/llvm-symbolizer-15 %name_frames - < %t.dir/frames | FileCheck %s --check-prefix=VARIABLE
// VARIABLE: llvm-symbolizer failed (exit status 15)
#include "tell_frame.h"

int main(void) {
  tellFrame();
  return 0;
}
