// The JSON log of each process begins with what the process is: the program without its arguments, the machine, when it
// started, and the parent of a fork. Every line has the time of the start. The text log has nothing of it.
// RUN: %build_c -o %t
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: env CONNSAN_OPTIONS=held=5s:long_query=0:log_path=%t.dir/log %run %t password=secret > %t.pids
// RUN: sh -c 'cat %t.pids %t.dir/log.$(sed -n 1p %t.pids).jsonl' | FileCheck %s --check-prefix=PARENT
// RUN: sh -c 'cat %t.pids %t.dir/log.$(sed -n 2p %t.pids).jsonl' | FileCheck %s --check-prefix=CHILD
// RUN: sh -c 'cat %t.dir/log.*[0-9]' | FileCheck %s --check-prefix=TEXT
// RUN: not grep -r secret %t.dir
// PARENT: {{^}}[[FIRST:[0-9]+]]{{$}}
// PARENT-NEXT: {{^}}[[SECOND:[0-9]+]]{{$}}
// PARENT-NEXT: {{^}}{"time":"{{[^"]+}}Z","pid":[[FIRST]],"kind":"process","started":[[STARTED:[0-9]+]],"schema":1,"version":"{{[0-9.]+}}","host":"{{[^"]+}}","program":"{{/[^"]*}}/log_process_line.c.tmp","parent":{{[0-9]+}},"held_ms":5000,"idle_in_transaction_ms":10000,"long_query_ms":0,"connecting_ms":30000}
// PARENT-NEXT: "pid":[[FIRST]],"kind":"open_at_exit","started":[[STARTED]],
// PARENT-NEXT: "pid":[[FIRST]],"kind":"summary","started":[[STARTED]],
// CHILD: {{^}}[[FIRST:[0-9]+]]{{$}}
// CHILD-NEXT: {{^}}[[SECOND:[0-9]+]]{{$}}
// CHILD-NEXT: "pid":[[SECOND]],"kind":"process",{{.*}}.tmp","parent":[[FIRST]],"held_ms"
// TEXT-NOT: log_process_line.c.tmp{{$}}
// TEXT: {{^}}==[[#]]==INFO: ConnectionSanitizer: connection #1 open at exit
// TEXT-NOT: log_process_line.c.tmp{{$}}
#include <libpq-fe.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  PGconn *Conn = PQconnectdb("");
  pid_t Child = fork();
  if (!Child)
    return PQstatus(PQconnectdb(""));
  waitpid(Child, NULL, 0);
  printf("%d\n%d\n", getpid(), Child);
  return PQstatus(Conn);
}
