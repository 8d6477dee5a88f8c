#include "IndexOptions.h"

namespace connsan::tool {

IndexCommandLine::IndexCommandLine()
    : CommandLine("connsan index", "Finds out what functions do, for connsan check of other files.",
                  "[SOURCE...] [-- COMPILER-ARGS...]") {
  addSourceOptions(*this, Options);
  add_option("-o", Options.IndexFile, "Write the index to FILE (default: .connsan/index)")->type_name("FILE");
  add_flag("--stats", Options.Stats, "Say how many functions are in the index, and what took how long");
  add_flag(
      "--print", Options.Print,
      "Print the functions that acquire, release, begin or end transactions, or never return, as models");
  footer("A SOURCE may be a file of facts. What was read is kept in FILE.units, and read again when it has "
         "changed.\n"
         "Exit status: 0 the index was written, 2 something could not be read, parsed or written.");
}

std::optional<int> IndexCommandLine::read(int argc, char **argv) {
  return CommandLine::read(takeCompilerArguments(argc, argv, Options));
}

} // namespace connsan::tool
