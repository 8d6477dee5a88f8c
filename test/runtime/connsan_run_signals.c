// To whoever started it, connsan run is the program: what it is sent goes on to the program, it stops when that is stopped
// from the terminal, and when it is killed the program is as well. What is blocked or ignored stays so.
// RUN: %build_c -o %t
// RUN: %t %connsan TERM 2>&1 | FileCheck %s --check-prefix=TERM
// RUN: %t %connsan USR1 2>&1 | FileCheck %s --check-prefix=USR1
// RUN: %t %connsan TSTP 2>&1 | FileCheck %s --check-prefix=TSTP
// RUN: %t %connsan KILL 2>&1 | FileCheck %s --check-prefix=KILL
// RUN: %t %connsan MASK 2>&1 | FileCheck %s --check-prefix=MASK
// UNSUPPORTED: sanitized
// TERM: the program got 15
// TERM: connsan run ended with status 3
// USR1: the program got 10
// USR1: connsan run ended with status 3
// TSTP: connsan run stopped, and the program too
// TSTP: connsan run ended by signal 15
// KILL: connsan run ended by signal 9
// KILL: the program is gone
// MASK: blocked: 1, ignored: 1, others blocked: 0
#include <fcntl.h>
#include <libpq-fe.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ReadyFd = 99 };

static void handle(int Number) {
  printf("the program got %d\n", Number);
  fflush(stdout);
  _exit(3);
}

static int program(const char *What) {
  if (!strcmp(What, "MASK")) {
    sigset_t Mask;
    sigprocmask(SIG_SETMASK, NULL, &Mask);
    int Others = 0;
    for (int Number = 1; Number < 32; ++Number)
      Others += Number != SIGUSR2 && sigismember(&Mask, Number);
    struct sigaction Action;
    sigaction(SIGHUP, NULL, &Action);
    printf("blocked: %d, ignored: %d, others blocked: %d\n", sigismember(&Mask, SIGUSR2), Action.sa_handler == SIG_IGN, Others);
    return 0;
  }
  if (strcmp(What, "TSTP")) {
    signal(SIGTERM, handle);
    signal(SIGUSR1, handle);
  }
  // The other end learns from this that the program is ready, and later that it is gone.
  if (write(ReadyFd, "x", 1) != 1)
    return 1;
  for (;;)
    pause();
}

static char stateOf(pid_t Process) {
  char Path[64], Buffer[512] = "";
  snprintf(Path, sizeof Path, "/proc/%d/stat", (int)Process);
  FILE *File = fopen(Path, "r");
  if (!File)
    return 0;
  if (!fread(Buffer, 1, sizeof Buffer - 1, File))
    Buffer[0] = 0;
  fclose(File);
  char *End = strrchr(Buffer, ')');
  return End ? End[2] : 0;
}

static pid_t childOf(pid_t Process) {
  char Path[64];
  int Child = 0;
  snprintf(Path, sizeof Path, "/proc/%d/task/%d/children", (int)Process, (int)Process);
  FILE *File = fopen(Path, "r");
  if (!File || fscanf(File, "%d", &Child) != 1)
    Child = 0;
  if (File)
    fclose(File);
  return Child;
}

int main(int argc, char **argv) {
  if (argc == 2)
    return program(argv[1]);
  const char *What = argv[2];
  alarm(60);
  int Ready[2];
  if (pipe(Ready) != 0)
    return 1;
  pid_t Run = fork();
  if (Run == 0) {
    dup2(Ready[1], ReadyFd);
    close(Ready[0]);
    close(Ready[1]);
    setpgid(0, 0);
    if (!strcmp(What, "MASK")) {
      sigset_t Mask;
      sigemptyset(&Mask);
      sigaddset(&Mask, SIGUSR2);
      sigprocmask(SIG_SETMASK, &Mask, NULL);
      signal(SIGHUP, SIG_IGN);
    }
    execl(argv[1], argv[1], "run", argv[0], What, NULL);
    return 1;
  }
  close(Ready[1]);
  char Byte;
  if (strcmp(What, "MASK") && read(Ready[0], &Byte, 1) != 1)
    return 1;
  int Status;
  if (!strcmp(What, "TERM"))
    kill(Run, SIGTERM);
  if (!strcmp(What, "USR1"))
    kill(Run, SIGUSR1);
  if (!strcmp(What, "KILL"))
    kill(Run, SIGKILL);
  if (!strcmp(What, "TSTP")) {
    kill(-Run, SIGTSTP);
    waitpid(Run, &Status, WUNTRACED);
    if (WIFSTOPPED(Status) && stateOf(childOf(Run)) == 'T')
      printf("connsan run stopped, and the program too\n");
    fflush(stdout);
    kill(-Run, SIGCONT);
    kill(Run, SIGTERM);
  }
  waitpid(Run, &Status, 0);
  if (!strcmp(What, "MASK"))
    return 0;
  if (WIFEXITED(Status))
    printf("connsan run ended with status %d\n", WEXITSTATUS(Status));
  else
    printf("connsan run ended by signal %d\n", WTERMSIG(Status));
  if (read(Ready[0], &Byte, 1) == 0)
    printf("the program is gone\n");
  return 0;
}
