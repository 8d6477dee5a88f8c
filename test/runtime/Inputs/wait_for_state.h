// Waits until this process' state, PREFIX.PID.state, has Text in it.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int stateHas(const char *Prefix, const char *Text) {
  char Path[4096];
  static char Content[1 << 22];
  snprintf(Path, sizeof Path, "%s.%d.state", Prefix, (int)getpid());
  FILE *File = fopen(Path, "r");
  if (!File)
    return 0;
  size_t Length = fread(Content, 1, sizeof Content - 1, File);
  fclose(File);
  Content[Length] = 0;
  // Holes have no text, and do not end it.
  for (size_t I = 0; I < Length; ++I)
    if (!Content[I])
      Content[I] = ' ';
  return strstr(Content, Text) != NULL;
}

static void waitForState(const char *Prefix, const char *Text) {
  for (int Tries = 0; Tries < 400; ++Tries) {
    if (stateHas(Prefix, Text))
      return;
    usleep(50000);
  }
  fprintf(stderr, "the state never had: %s\n", Text);
  exit(1);
}
