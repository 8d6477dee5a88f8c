#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace connsan::runtime {

/// A descriptor together with the file that it stood for when we took it: the program may close it, or open
/// something of its own in its place, and nothing of ours shall go there.
class Sink {
public:
  /// `IsOurs`: to be closed by us.
  void remember(int Descriptor, bool IsOurs);
  bool stillTheSame() const;
  /// Still the same, no shorter than `Size`, and known by that many names at least.
  bool isWhole(uint64_t Size, uint64_t Names) const;
  void forget();
  bool isOpen() const { return Descriptor >= 0; }
  int descriptor() const { return Descriptor; }

  /// At the end of the file. Never more than an error, whatever the file has become.
  void write(std::string_view Text) const;
  /// At `Offset`; false when not all could be written.
  bool writeAt(std::string_view Text, off_t Offset) const;

private:
  int Descriptor = -1;
  bool Ours = false;
  dev_t Device = 0;
  ino_t Inode = 0;
};

/// A new file of our own, never an existing one or a link's target, opened with `Flags` beside. -1 with
/// `errno` when that cannot be.
int createFile(const std::string &Path, int Flags);

} // namespace connsan::runtime
