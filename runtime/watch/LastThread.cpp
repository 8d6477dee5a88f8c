#include "watch/LastThread.h"

#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <string>
#include <unistd.h>

namespace connsan::runtime {

namespace {

/// The state letter in a stat file of /proc, or 0.
char threadState(const char *Path) {
  int File = open(Path, O_RDONLY | O_CLOEXEC);
  if (File < 0)
    return 0;
  char Buffer[512];
  ssize_t Length = read(File, Buffer, sizeof Buffer - 1);
  close(File);
  if (Length <= 0)
    return 0;
  Buffer[Length] = 0;
  // The name before it is in parentheses and may hold anything.
  const char *Name = std::strrchr(Buffer, ')');
  return Name && Name[1] == ' ' ? Name[2] : 0;
}

} // namespace

void exitIfLastThread() {
  if (threadState("/proc/self/stat") != 'Z')
    return;
  DIR *Tasks = opendir("/proc/self/task");
  if (!Tasks)
    return;
  unsigned Alive = 0;
  while (dirent *Entry = readdir(Tasks)) {
    if (Entry->d_name[0] == '.')
      continue;
    std::string Path = "/proc/self/task/" + std::string(Entry->d_name) + "/stat";
    char State = threadState(Path.c_str());
    Alive += State && State != 'Z' && State != 'X';
  }
  closedir(Tasks);
  if (Alive == 1)
    std::exit(0);
}

} // namespace connsan::runtime
