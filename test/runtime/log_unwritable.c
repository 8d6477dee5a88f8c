// A log that cannot be created leaves standard error: said once, with the reason. One whose directory vanishes later is
// written on, unseen; nothing else happens.
// RUN: %build_c -o %t
// RUN: rm -rf %t.dir && mkdir -p %t.dir/closed %t.dir/gone && chmod 555 %t.dir/closed && chmod 755 %t.dir
// RUN: env CONNSAN_OPTIONS=held=50ms:log_path=%t.dir/closed/log %run %t 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=held=50ms:log_path=/dev/null/log %run %t 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=held=50ms:log_path=/proc/self/log %run %t 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=held=50ms:log_path=%t.dir/gone/log %run %t %t.dir/gone 2>&1 | FileCheck %s --check-prefix=GONE
// RUN: ls %t.dir | FileCheck %s --check-prefix=LEFT
// CHECK: ConnectionSanitizer: cannot create the log {{.*}}/log.{{[0-9]+}}: {{Permission denied|Not a directory|No such file or directory}}
// CHECK: connection #1 held
// CHECK-NOT: cannot create
// CHECK: SUMMARY: ConnectionSanitizer: 1 held, 1 leaked
// GONE-NOT: ConnectionSanitizer
// GONE: removed 2 files
// GONE-NOT: ConnectionSanitizer
// LEFT-NOT: gone
#include <dirent.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <unistd.h>

static void removeAll(const char *Path) {
  int Files = 0;
  DIR *Directory = opendir(Path);
  for (struct dirent *Entry; (Entry = readdir(Directory));)
    if (Entry->d_name[0] != '.')
      Files += unlinkat(dirfd(Directory), Entry->d_name, 0) == 0;
  closedir(Directory);
  rmdir(Path);
  fprintf(stderr, "removed %d files\n", Files);
}

int main(int argc, char **argv) {
  // Root may write everywhere.
  if (argc == 1 && geteuid() == 0 && (setegid(65534) || seteuid(65534)))
    return 1;
  PQconnectdb("");
  if (argc > 1)
    removeAll(argv[1]);
  usleep(300000);
  return 0;
}
