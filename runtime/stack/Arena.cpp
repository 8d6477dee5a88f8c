#include "stack/Arena.h"

#include <sys/mman.h>

void *connsan::runtime::mapMemory(size_t Size) {
  void *Memory = mmap(nullptr, Size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return Memory == MAP_FAILED ? nullptr : Memory;
}
