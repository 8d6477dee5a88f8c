#pragma once

/// The subcommands of `connsan`. Each takes its own arguments, `argv[0]` being "connsan NAME", prints what
/// it has to say and returns the exit status of the process.
namespace connsan::tool {

int checkMain(int argc, char **argv);
int indexMain(int argc, char **argv);
int reportMain(int argc, char **argv);
int runMain(int argc, char **argv);

} // namespace connsan::tool
