#pragma once

#include "../CommandLine.h"

#include <memory>
#include <vector>

/// Scripts by which shells complete the command line of `connsan`.
namespace connsan::tool {

/// A word that stands after `connsan`, and the command line after it.
struct CompletedCommand {
  std::string Name, Summary;
  std::unique_ptr<CommandLine> Line;
};

std::string bashCompletion(const std::vector<CompletedCommand> &Commands);
std::string zshCompletion(const std::vector<CompletedCommand> &Commands);
std::string fishCompletion(const std::vector<CompletedCommand> &Commands);

} // namespace connsan::tool
