#include <libpq-fe.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void *work(void *Arg) {
  for (int I = 0; I < 200; ++I) {
    PGconn *Conn = PQconnectdb("host=/nonexistent");
    free(malloc(100));
    PQfinish(Conn);
  }
  return Arg;
}

int main(void) {
  PGconn *Conn = PQconnectdb("");
  pthread_t Threads[4];
  for (int I = 0; I < 4; ++I)
    pthread_create(&Threads[I], NULL, work, NULL);
  int Good = 0;
  for (int I = 0; I < 10; ++I) {
    pid_t Child = fork();
    if (!Child) {
      alarm(20);
      PQfinish(PQconnectdb("nonsense"));
      exit(0);
    }
    int Status;
    waitpid(Child, &Status, 0);
    Good += Status == 0;
  }
  for (int I = 0; I < 4; ++I)
    pthread_join(Threads[I], NULL);
  usleep(300000);
  fprintf(stderr, "children %d\n", Good);
  PQfinish(Conn);
  return 0;
}
