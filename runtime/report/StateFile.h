#pragma once

#include "report/Sink.h"

#include <cstdint>
#include <vector>

namespace connsan::runtime {

/// A file of lines, each with a place of its own in which it can be written again. What is left of a place is
/// blank. The file is written and never mapped: however it is cut, filled up or taken away, that is an error
/// here and no signal in the program.
class StateFile {
public:
  /// Where a line stands; empty until it is put for the first time.
  struct Place {
    uint32_t Block = 0, Blocks = 0;
  };

  /// Creates PREFIX.PID.state, or PREFIX.PID.N.state when an older process left that. Returns what went
  /// wrong, or nothing.
  std::string create(const std::string &Prefix);
  /// Begins the file anew, beside the old one, which it replaces at the next `commit`.
  bool startOver();
  /// In the child of a fork, whose parent may have been writing: closes the file and touches nothing else.
  void abandon();

  /// Whether the file is as it was left: ours, of full length, and where it was.
  bool intact() const;

  /// Writes a JSON object, without its end, to its place, which moves when it has become too small. Lines
  /// that were put for the first time are written before those that are written again, which may refer to
  /// them.
  void put(Place &At, std::string_view Object);
  /// Nothing stands there any more; the place is kept.
  void blank(const Place &At);

  /// Writes what was put. False when not all of it has come into the file.
  bool commit();

private:
  void append(Place &At, std::string_view Line);
  void rewrite(const Place &At, std::string_view Line);
  void flush();
  void forgetPending();

  Sink File, Replaced;
  std::string Path, NewPath; // the latter while it is begun anew
  std::string Tail;          // of the file, not yet written
  uint64_t Written = 0;      // bytes before the tail
  struct Rewrite {
    uint64_t Offset;
    std::string Text;
  };
  std::vector<Rewrite> Rewrites;
  bool Failed = false;
};

} // namespace connsan::runtime
