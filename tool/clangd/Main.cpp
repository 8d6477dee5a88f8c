#include "Clangd.h"

int main(int argc, char **argv) {
  return clang::clangd::clangdMain(argc, argv);
}
