// tellFrame() prints the frame that called it, as connsan-name-frames takes it: MODULE@BUILDID:OFFSET.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <limits.h>
#include <link.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inline int tellWhenInside(struct dl_phdr_info *Module, size_t Size, void *Context) {
  uintptr_t Offset = (uintptr_t)Context - Module->dlpi_addr;
  const ElfW(Phdr) *Segment = Module->dlpi_phdr, *End = Segment + Module->dlpi_phnum;
  while (Segment != End && !(Segment->p_type == PT_LOAD && Offset - Segment->p_vaddr < Segment->p_memsz))
    ++Segment;
  if (Segment == End)
    return 0;
  char Path[PATH_MAX];
  printf("%s", realpath(Module->dlpi_name[0] ? Module->dlpi_name : "/proc/self/exe", Path));
  for (Segment = Module->dlpi_phdr; Segment != End; ++Segment) {
    if (Segment->p_type != PT_NOTE)
      continue;
    const char *Note = (const char *)Module->dlpi_addr + Segment->p_vaddr;
    ElfW(Nhdr) Head;
    memcpy(&Head, Note, sizeof Head);
    if (Head.n_type != NT_GNU_BUILD_ID)
      continue;
    printf("@");
    for (unsigned I = 0; I < Head.n_descsz; ++I)
      printf("%02x", (unsigned char)Note[sizeof Head + Head.n_namesz + I]);
  }
  printf(":%lx\n", (unsigned long)Offset);
  return 1;
}

__attribute__((noinline)) static void tellFrame(void) {
  dl_iterate_phdr(tellWhenInside, __builtin_return_address(0));
  fflush(stdout);
}
