#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>

#include <dlfcn.h>
#include <unistd.h>

/// libconnsan_tidy.so: finds out which LLVM the clang-tidy that loads it is of, and loads the module of the
/// checks for that. What it asks Clang for may be missing.
namespace clang {

[[gnu::weak]] std::string getClangFullVersion();

namespace tidy {

struct ClangTidyOptions {
  [[gnu::weak]] static void getDefaults(); ///< never called: only a clang-tidy has it
};

} // namespace tidy

} // namespace clang

namespace connsan {
namespace {

/// "19" of "Debian clang version 19.1.7"; empty where there is none.
std::string llvmVersion() {
  if (!clang::getClangFullVersion)
    return "";
  const std::string_view Before = "clang version ";
  std::string Full = clang::getClangFullVersion();
  std::size_t At = Full.find(Before);
  if (At == std::string::npos)
    return "";
  At += Before.size();
  return Full.substr(At, Full.find_first_not_of("0123456789", At) - At);
}

bool isBuiltFor(const std::string &Version) {
  const std::string All = " " CONNSAN_TIDY_VERSIONS " ";
  return All.find(" " + Version + " ") != std::string::npos;
}

/// `connsan/` beside the file that is this library, also where a link to it was loaded.
std::filesystem::path modulePath(const std::string &Version) {
  Dl_info Here;
  std::filesystem::path Self;
  std::error_code Error;
  if (dladdr(reinterpret_cast<void *>(&modulePath), &Here))
    Self = std::filesystem::canonical(Here.dli_fname, Error);
  return Self.parent_path() / "connsan" / ("libconnsan_tidy-" + Version + ".so");
}

/// A clang-tidy without the checks that it was asked to load would find nothing, and look as if all was well.
[[noreturn]] void fail(const std::string &Why) {
  std::fprintf(stderr, "connsan: %s\n", Why.c_str());
  _exit(1);
}

[[gnu::constructor]] void loadModule() {
  const std::string Built = "the plugin is built for LLVM " CONNSAN_TIDY_VERSIONS;
  if (!clang::tidy::ClangTidyOptions::getDefaults) {
    std::fputs("connsan: libconnsan_tidy.so does nothing here: this is no clang-tidy\n", stderr);
    return;
  }
  const std::string Version = llvmVersion();
  if (Version.empty())
    fail("this clang-tidy does not say of which LLVM it is; " + Built);
  if (!isBuiltFor(Version))
    fail("this clang-tidy is of LLVM " + Version + "; " + Built);
  if (!dlopen(modulePath(Version).c_str(), RTLD_NOW | RTLD_LOCAL))
    fail(dlerror());
}

} // namespace
} // namespace connsan
