#pragma once

#include "options/Options.h"

#include <optional>

namespace connsan::runtime {

/// What a line of a suppression file is about.
enum class Suppressible : uint8_t { Held, IdleInTransaction, LongQuery, Connecting, Growth, Leak };
constexpr unsigned SuppressibleKinds = 6;

struct Suppression {
  Suppressible Kind{};
  /// A glob over function, file or module of any frame of the site, or over the application_name.
  std::string Pattern;
  bool OfApplication = false;
  /// Of this site; without it nothing of the kind is reported.
  std::optional<Duration> Threshold;
};

/// Reads lines of the form `KIND[=THRESHOLD]:PATTERN`. A line that is wrong is told in one line of `Problems`
/// and left out.
std::vector<Suppression> parseSuppressions(std::string_view Text, std::vector<std::string> &Problems);

/// The same of a file. One that cannot be read is a problem too.
std::vector<Suppression> readSuppressions(const std::string &Path, std::vector<std::string> &Problems);

} // namespace connsan::runtime
