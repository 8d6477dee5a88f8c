// A program without libpq: same output, no thread, no descriptor, no file, even with options set.
// RUN: %cc -g -x c %s -o %t
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: %t > %t.bare 2>&1
// RUN: env CONNSAN_OPTIONS=help=1:nonsense=1:verbosity=1:log_path=%t.dir/log %run %t > %t.preloaded 2>&1
// RUN: diff %t.bare %t.preloaded
// RUN: ls -A %t.dir | FileCheck %s --allow-empty
// CHECK-NOT: {{.}}
// UNSUPPORTED: sanitized
#include <dirent.h>
#include <stdio.h>
#include <string.h>

static void count(const char *Path) {
  DIR *Directory = opendir(Path);
  int Entries = 0;
  for (struct dirent *Entry; (Entry = readdir(Directory));)
    Entries += Entry->d_name[0] != '.';
  closedir(Directory);
  printf("%s %d\n", Path, Entries);
}

int main(void) {
  count("/proc/self/task");
  count("/proc/self/fd");
  return 0;
}
