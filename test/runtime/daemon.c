// A program connects and then becomes a daemon, by daemon() or by two forks, which closes what it inherited: the connection
// goes on in the daemon, nothing is written into what takes the closed descriptors' places, nothing hangs.
// RUN: %build_c -o %t
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: env CONNSAN_OPTIONS=held=50ms:log_path=%t.dir/log %run %t %t.dir/one daemon
// RUN: env CONNSAN_OPTIONS=held=50ms:log_path=%t.dir/log %run %t %t.dir/two twice
// RUN: env CONNSAN_OPTIONS=held=50ms %run %t %t.dir/three twice 2>&1 | FileCheck %s --check-prefix=ERR --allow-empty
// RUN: cat %t.dir/one | FileCheck %s
// RUN: cat %t.dir/two | FileCheck %s
// RUN: cat %t.dir/three | FileCheck %s
// RUN: sh -c 'cat %t.dir/log.*[0-9]' | FileCheck %s --check-prefix=LOG
// CHECK: {{^inherited 1, own 1$}}
// CHECK-NOT: {{.}}
// The daemon's own connection is watched, in a log of its own.
// LOG: connection #2 held
// LOG: SUMMARY: ConnectionSanitizer: 1 held, 1 leaked
// ERR-NOT: connection #2
#define _DEFAULT_SOURCE
#include <fcntl.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int works(PGconn *Conn) {
  PGresult *Result = PQexec(Conn, "SELECT 1");
  int Works = PQresultStatus(Result) == PGRES_TUPLES_OK;
  PQclear(Result);
  return Works;
}

static void becomeDaemon(int Socket) {
  if (fork())
    _exit(0);
  setsid();
  if (fork())
    _exit(0);
  for (int File = 0; File < 512; ++File)
    if (File != Socket)
      close(File);
  // What every daemon does; what descriptor 2 is at the first connect would be taken for standard error.
  while (open("/dev/null", O_RDWR) < 2)
    ;
}

int main(int argc, char **argv) {
  if (argc < 3)
    return 1;
  // The test waits for the daemon's end of the pipe, which is not among what the daemon closes.
  int Done[2];
  if (pipe(Done))
    return 1;
  pid_t Starter = fork();
  if (Starter) {
    close(Done[1]);
    waitpid(Starter, NULL, 0);
    char Byte;
    return read(Done[0], &Byte, 1) != 1;
  }
  close(Done[0]);
  PGconn *Conn = PQconnectdb("");
  int Told = fcntl(Done[1], F_DUPFD, 600);
  close(Done[1]);
  if (!strcmp(argv[2], "daemon") ? daemon(1, 0) : (becomeDaemon(PQsocket(Conn)), 0))
    return 1;
  char Text[64];
  int File = open(argv[1], O_WRONLY | O_CREAT | O_TRUNC, 0600);
  // Whatever number a log had is this file's now.
  for (int Copy = 0; Copy >= 0 && Copy < 300; Copy = dup(File))
    ;
  PGconn *Own = PQconnectdb("");
  usleep(200000);
  snprintf(Text, sizeof Text, "inherited %d, own %d\n", works(Conn), works(Own));
  if (write(File, Text, strlen(Text)) < 0)
    _exit(1);
  PQfinish(Conn);
  return write(Told, "x", 1) != 1;
}
