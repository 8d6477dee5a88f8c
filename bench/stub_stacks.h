// Stacks for programs against the stub: as many different ones as wanted, and of a wanted depth.
#pragma once

#include <execinfo.h>
#include <stdio.h>
#include <stdlib.h>

/// Frames of the stack of the function that calls this, itself included.
static inline int framesHere(void) {
  void *Buffer[256];
  // Inlined, so that the caller is the first; frames below it do not belong to the program.
  return backtrace(Buffer, 256);
}

enum { Levels = 17 }; // 2^17 stacks are more than 100,000

/// Calls `Work(Data)` with one of 2^Levels stacks: at each level, a bit of `Path` chooses the call site.
__attribute__((noinline, unused)) static void atPath(unsigned Path, int Level, void (*Work)(void *), void *Data) {
  // The text after each call differs, or the compiler would make one call of the two.
  if (Level == 0) {
    Work(Data);
    __asm__ volatile("# bottom");
  } else if (Path & 1) {
    atPath(Path >> 1, Level - 1, Work, Data);
    __asm__ volatile("# one");
  } else {
    atPath(Path >> 1, Level - 1, Work, Data);
    __asm__ volatile("# zero");
  }
}

/// Calls `Work(Data)` with `Extra` more frames below it than there are here.
__attribute__((noinline, unused)) static void deeper(int Extra, void (*Work)(void *), void *Data) {
  if (Extra > 1)
    deeper(Extra - 1, Work, Data);
  else
    Work(Data);
  __asm__ volatile("# deeper");
}

static inline void die(const char *Why) {
  fprintf(stderr, "%s\n", Why);
  exit(2);
}
