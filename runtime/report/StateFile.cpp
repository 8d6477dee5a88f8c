#include "report/StateFile.h"

#include "report/LineSum.h"
#include "report/Process.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace connsan::runtime {

namespace {

constexpr size_t BlockSize = 128, PageSize = 4096;
/// Numbers grow; a line that has become a little longer shall keep its place.
constexpr size_t Slack = 24;
constexpr size_t MostPending = size_t(1) << 20;

std::string sealed(std::string_view Object) {
  char Sum[SumDigits + 1];
  std::snprintf(Sum, sizeof Sum, "%08x", lineSum(Object));
  std::string Result(Object);
  Result += SumBegin;
  Result += Sum;
  Result += SumEnd;
  return Result;
}

/// `Line` as it fills its blocks.
std::string filled(std::string_view Line, size_t Blocks) {
  std::string Result(Line);
  Result.resize(Blocks * BlockSize - 1, ' ');
  return Result += '\n';
}

// The lock tells a reader that the process lives, and goes with it, whatever ends it. Not every file system
// has locks; without one a reader goes by the time of the last word.
void lock(int Descriptor) {
  struct flock Whole{};
  Whole.l_type = F_WRLCK;
  Whole.l_whence = SEEK_SET;
  fcntl(Descriptor, F_SETLK, &Whole);
}

} // namespace

std::string StateFile::create(const std::string &Prefix) {
  constexpr int MostTries = 100;
  // The program may go to another directory before the file is begun anew.
  char Here[4096];
  bool IsRelative = !Prefix.starts_with('/') && getcwd(Here, sizeof Here);
  std::string Base = (IsRelative ? std::string(Here) + "/" : "") + Prefix + "." + std::to_string(getpid());
  int Error = 0;
  for (int Try = 0; Try <= MostTries; ++Try) {
    // In a container the number is the same every time; then the time tells them apart.
    int64_t Suffix = Try < MostTries ? Try : startedAt();
    Path = Base + (Suffix ? "." + std::to_string(Suffix) : "") + ".state";
    int New = createFile(Path, 0);
    if (New >= 0) {
      File.remember(New, true);
      lock(New);
      return {};
    }
    Error = errno;
    if (Error != EEXIST)
      break;
  }
  return "cannot create the state file " + Path + ": " + std::strerror(Error);
}

bool StateFile::startOver() {
  forgetPending();
  // As long as nothing replaces it, the old file says that we live.
  if (NewPath.empty())
    Replaced = std::exchange(File, Sink());
  File.forget();
  NewPath = Path + ".new";
  unlink(NewPath.c_str());
  int New = createFile(NewPath, 0);
  if (New < 0)
    return false;
  File.remember(New, true);
  lock(New);
  return true;
}

void StateFile::abandon() {
  File.forget();
  Replaced.forget();
}

void StateFile::forgetPending() {
  Tail.clear();
  Rewrites.clear();
  Written = 0;
  Failed = false;
}

bool StateFile::intact() const {
  return File.isWhole(Written, 1);
}

void StateFile::put(Place &At, std::string_view Object) {
  std::string Line = sealed(Object);
  if (Line.size() + 1 <= At.Blocks * BlockSize)
    return rewrite(At, Line);
  blank(At);
  append(At, Line);
}

void StateFile::blank(const Place &At) {
  if (At.Blocks)
    rewrite(At, {});
}

void StateFile::append(Place &At, std::string_view Line) {
  size_t Blocks = (Line.size() + Slack + BlockSize) / BlockSize;
  size_t Size = Blocks * BlockSize, Offset = Written + Tail.size();
  // The kernel can be stopped between two pages: a line is in one when it fits.
  size_t Rest = PageSize - Offset % PageSize;
  if (Size > Rest && Size <= PageSize) {
    Tail += filled({}, Rest / BlockSize);
    Offset += Rest;
  }
  At.Block = static_cast<uint32_t>(Offset / BlockSize);
  At.Blocks = static_cast<uint32_t>(Blocks);
  Tail += filled(Line, Blocks);
  if (Tail.size() > MostPending)
    flush();
}

void StateFile::rewrite(const Place &At, std::string_view Line) {
  uint64_t Offset = uint64_t(At.Block) * BlockSize;
  std::string Text = filled(Line, At.Blocks);
  if (Offset >= Written) {
    Tail.replace(Offset - Written, Text.size(), Text);
    return;
  }
  Rewrites.push_back({Offset, std::move(Text)});
  if (Rewrites.size() > MostPending / PageSize)
    flush();
}

void StateFile::flush() {
  if (!Tail.empty() && !File.writeAt(Tail, static_cast<off_t>(Written)))
    Failed = true;
  Written += Tail.size();
  Tail.clear();
  for (const Rewrite &R : Rewrites)
    if (!File.writeAt(R.Text, static_cast<off_t>(R.Offset)))
      Failed = true;
  Rewrites.clear();
}

bool StateFile::commit() {
  flush();
  if (NewPath.empty())
    return !Failed;
  Failed = Failed || rename(NewPath.c_str(), Path.c_str()) != 0;
  if (Failed) {
    unlink(NewPath.c_str());
    return false;
  }
  NewPath.clear();
  Replaced.forget();
  return true;
}

} // namespace connsan::runtime
