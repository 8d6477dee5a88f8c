#include "Rules.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <array>

namespace connsan::tool {
namespace {

/// The pages of docs/, as the build embeds them.
constexpr unsigned char ConnectionLeak[] = {
#include "connsan-connection-leak.md.inc"
};
constexpr unsigned char MismatchedRelease[] = {
#include "connsan-mismatched-release.md.inc"
};
constexpr unsigned char OwnerClass[] = {
#include "connsan-owner-class.md.inc"
};
constexpr unsigned char ResultLeak[] = {
#include "connsan-result-leak.md.inc"
};
constexpr unsigned char UnfinishedTransaction[] = {
#include "connsan-unfinished-transaction.md.inc"
};
constexpr unsigned char UseAfterRelease[] = {
#include "connsan-use-after-release.md.inc"
};

template<std::size_t Size> llvm::StringRef page(const unsigned char (&Bytes)[Size]) {
  return {reinterpret_cast<const char *>(Bytes), Size};
}

void replaceAll(std::string &Text, llvm::StringRef Old, const std::string &New) {
  for (std::size_t At = 0; (At = Text.find(Old, At)) != std::string::npos; At += New.size())
    Text.replace(At, Old.size(), New);
}

} // namespace

const std::string &docsUrl() {
  static const std::string Url = [] {
    if (*CONNSAN_DOCS_URL)
      return std::string(CONNSAN_DOCS_URL);
    llvm::SmallString<256> Beside(
        llvm::sys::path::parent_path(llvm::sys::fs::getMainExecutable(nullptr, nullptr)));
    llvm::sys::path::append(Beside, CONNSAN_DOCDIR_FROM_LIBEXEC);
    llvm::sys::path::remove_dots(Beside, /*remove_dot_dot=*/true);
    return "file://" + (llvm::sys::fs::is_directory(Beside) ? Beside.str().str() : CONNSAN_DOCDIR);
  }();
  return Url;
}

std::string Rule::helpUri() const {
  return docsUrl() + "/checks/" + Id.str() + ".md";
}

std::string Rule::help() const {
  std::string Text = Page.str();
  replaceAll(Text, "](../", "](" + docsUrl() + "/");
  replaceAll(Text, "](connsan-", "](" + docsUrl() + "/checks/connsan-");
  replaceAll(Text, "](#", "](" + helpUri() + "#");
  return Text;
}

llvm::ArrayRef<Rule> rules() {
  static const std::array All = {
      Rule{"connsan-connection-leak",
           "A connection or lease is not released on some exit, is overwritten or discarded.",
           page(ConnectionLeak)},
      Rule{"connsan-mismatched-release", "A resource is released by the function for another kind.",
           page(MismatchedRelease)},
      Rule{"connsan-owner-class", "A class acquires a resource and has no destructor that releases it.",
           page(OwnerClass)},
      Rule{"connsan-result-leak",
           "A result or another allocation of libpq is not released on some exit, is overwritten or "
           "discarded.",
           page(ResultLeak)},
      Rule{"connsan-unfinished-transaction",
           "A transaction is open at some exit while another one ends it, or goes back to a pool open.",
           page(UnfinishedTransaction)},
      Rule{"connsan-use-after-release", "A resource is used, or released again, after its release.",
           page(UseAfterRelease)},
  };
  return All;
}

std::size_t ruleIndex(llvm::StringRef Id) {
  return llvm::find_if(rules(), [&](const Rule &R) { return R.Id == Id; }) - rules().begin();
}

} // namespace connsan::tool
