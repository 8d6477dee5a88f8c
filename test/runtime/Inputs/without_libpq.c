#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  // Where main begins, for the reader of the trace.
  getppid();
  pid_t Child = fork();
  if (!Child)
    _exit(0);
  waitpid(Child, NULL, 0);
  int File = open("/dev/null", O_WRONLY);
  if (write(File, "hello\n", 6) != 6)
    return 1;
  close(File);
  exit(0);
}
