// connsan-page REPORT.json PAGE.html: the page of a report.
#include "Page.h"

#include <fstream>
#include <iostream>
#include <sstream>

int main(int argc, char **argv) {
  if (argc != 3) {
    std::cerr << "usage: connsan-page REPORT.json PAGE.html\n";
    return 2;
  }
  std::ifstream In(argv[1], std::ios::binary);
  std::ostringstream Json;
  Json << In.rdbuf();
  std::ofstream Out(argv[2], std::ios::binary);
  const std::string Error = connsan::report::writePage(Out, Json.view());
  if (!Error.empty())
    std::cerr << "connsan-page: " << Error << '\n';
  return Error.empty() ? 0 : 1;
}
