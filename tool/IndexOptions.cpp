#include "IndexOptions.h"

namespace connsan::tool {

IndexCommandLine::IndexCommandLine()
    : CommandLine(
          "connsan index",
          "Finds out what functions do, for connsan check of other files. A SOURCE may be a file of facts.",
          "[SOURCE...] [-- COMPILER-ARGS...]") {
  addSourceOptions(*this, Options);
  add_option("-o", Options.IndexFile, "Write the index to FILE (default: .connsan/index)")->type_name("FILE");
  add_flag("--stats", Options.Stats, "Say how many functions are in the index, and what took how long");
  add_flag(
      "--print", Options.Print,
      "Print the functions that acquire, release, begin or end transactions, or never return, as models");
  addSection("Exit status", {{"0", "The index was written"},
                             {"2", "Something could not be read, parsed or written: said in one line each"}});
  addSection("Files", {{"FILE.units",
                        "What was read of each source, beside the index; read again when it has changed"}});
  addSection("Examples", {{"connsan index -p build",
                           "Writes .connsan/index, by which connsan check file.c knows the other files"}});
}

std::optional<int> IndexCommandLine::read(int argc, char **argv) {
  return CommandLine::read(takeCompilerArguments(argc, argv, Options));
}

} // namespace connsan::tool
