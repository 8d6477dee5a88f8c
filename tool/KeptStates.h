#pragma once

#include "options/Options.h"

#include <filesystem>
#include <string>

namespace connsan::tool {

/// The states of a program that is run and of what it starts: in a folder of our own, or where the user wants
/// them.
class KeptStates {
public:
  /// `List`: the options that the program gets.
  explicit KeptStates(const std::string &List);
  /// Removes the folder, when it is ours and nothing that was started still writes there.
  ~KeptStates();
  KeptStates(const KeptStates &) = delete;
  KeptStates &operator=(const KeptStates &) = delete;

  /// What has to stand before the program's options; empty when they name a place already, or there is none.
  const std::string &setting() const { return Setting; }

  /// Prints to standard error what was left open, if anything was. Returns how many connections leaked.
  unsigned report();

private:
  std::string Prefix, Setting;
  std::filesystem::path Folder; // empty: not ours
  int64_t Begin;                // ms since 1970
  bool IsInUse = false;
};

} // namespace connsan::tool
