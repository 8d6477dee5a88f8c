#include "report/Log.h"

#include "report/Process.h"
#include "report/Sink.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace connsan::runtime {

namespace {

Sink TextSink, JsonSink;

} // namespace

std::string openLog(const std::string &Prefix) {
  forgetLog();
  if (Prefix.empty()) {
    TextSink.remember(STDERR_FILENO, false);
    return {};
  }
  // A process id comes back sooner or later; the older process keeps its file.
  constexpr int MostTries = 100;
  std::string Base = Prefix + "." + std::to_string(getpid());
  int File = -1, Error = 0;
  for (int Try = 0; Try <= MostTries; ++Try) {
    // In a container the number is the same every time; then the time tells them apart.
    int64_t Suffix = Try < MostTries ? Try : startedAt();
    std::string Path = Suffix ? Base + "." + std::to_string(Suffix) : Base;
    File = createFile(Path, O_APPEND);
    Error = errno;
    if (File >= 0) {
      int Json = createFile(Path + ".jsonl", O_APPEND);
      if (Json < 0 && errno == EEXIST) {
        // Of a process whose other file was taken away.
        close(File);
        unlink(Path.c_str());
        continue;
      }
      TextSink.remember(File, true);
      JsonSink.remember(Json, true);
      return {};
    }
    if (Error != EEXIST)
      break;
  }
  TextSink.remember(STDERR_FILENO, false);
  return "cannot create the log " + Base + ": " + std::strerror(Error);
}

void forgetLog() {
  TextSink.forget();
  JsonSink.forget();
}

void writeText(std::string_view Text) {
  TextSink.write(Text);
}

void writeJson(std::string_view Line) {
  if (JsonSink.isOpen())
    JsonSink.write(std::string(Line) + "\n");
}

} // namespace connsan::runtime
