#include "Installation.h"

#include <initializer_list>

namespace fs = std::filesystem;

namespace connsan::tool {
namespace {

/// The first that there is. Those that are relative begin at the directory of this program.
std::optional<fs::path> firstOf(std::initializer_list<fs::path> Places) {
  std::error_code Error;
  const fs::path Directory = fs::read_symlink("/proc/self/exe", Error).parent_path();
  for (const fs::path &Place : Places) {
    const fs::path Path = Directory / Place;
    if (Path.is_absolute() && fs::exists(Path, Error))
      return fs::canonical(Path, Error);
  }
  return std::nullopt;
}

} // namespace

const char *const RuntimeDirectory = CONNSAN_LIBDIR;

std::optional<fs::path> findRuntime() {
  const fs::path Name = "libconnsan_rt.so";
  return firstOf({"../lib" / Name, CONNSAN_LIBDIR_FROM_BIN / Name, CONNSAN_LIBDIR / Name});
}

std::optional<fs::path> findChecker() {
  const fs::path Name = "connsan-checker";
  return firstOf({Name, CONNSAN_LIBEXECDIR_FROM_BIN "/connsan" / Name, CONNSAN_LIBEXECDIR "/connsan" / Name});
}

} // namespace connsan::tool
