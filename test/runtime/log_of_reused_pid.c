// A process id comes back: the older process keeps its two files, whichever of them is still there, and the new one gets
// its own two.
// RUN: %build_c -o %t
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: env CONNSAN_OPTIONS=log_path=%t.dir/both %run %t %t.dir/both log jsonl
// RUN: env CONNSAN_OPTIONS=log_path=%t.dir/text %run %t %t.dir/text log
// RUN: env CONNSAN_OPTIONS=log_path=%t.dir/json %run %t %t.dir/json jsonl
// RUN: sh -c 'cat %t.dir/both.*[0-9].1' | FileCheck %s --check-prefix=NEW
// RUN: sh -c 'cat %t.dir/text.*[0-9].1' | FileCheck %s --check-prefix=NEW
// RUN: sh -c 'cat %t.dir/json.*[0-9].1.jsonl' | FileCheck %s --check-prefix=JSON
// RUN: sh -c 'grep -l ^old$ %t.dir/*' | wc -l | FileCheck %s --check-prefix=OLD
// RUN: ls %t.dir | wc -l | FileCheck %s --check-prefix=ALL
// NEW: 1 open at exit
// JSON: "kind":"open_at_exit"
// OLD: 4
// ALL: 10
#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv) {
  for (int I = 2; I < argc; ++I) {
    char Path[4096];
    snprintf(Path, sizeof Path, "%s.%d%s", argv[1], getpid(), strcmp(argv[I], "log") ? ".jsonl" : "");
    FILE *Old = fopen(Path, "w");
    fputs("old\n", Old);
    fclose(Old);
  }
  return PQstatus(PQconnectdb(""));
}
