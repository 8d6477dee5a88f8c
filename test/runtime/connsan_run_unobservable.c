// connsan run says when the program cannot be observed, and with --ci does not run it; a script stands for its
// interpreter. Of programs that can be observed nothing is said.
// RUN: rm -rf %t && mkdir %t
// RUN: %cc -DINSIDE -x c %s -o %t/inside && cp %t/inside %t/stripped && strip %t/stripped
// RUN: %cc -DINSIDE -rdynamic -x c %s -o %t/exported && strip %t/exported
// RUN: %cc -DMENTIONED -x c %s -o %t/mentioned
// RUN: %cc -m32 -nostdlib -static -fno-pic -no-pie -DBARE -x c %s -o %t/small
// RUN: %cc -Wl,--dynamic-linker=/lib/ld-musl-x86_64.so.1 -x c %s -o %t/musl
// RUN: printf '#!%t/inside\n' > %t/script && printf '#! %t/script  x\n' > %t/script2
// RUN: printf '#!/usr/bin/env inside\n' > %t/byenv && printf '#!/usr/bin/env -S A=1 inside -x\n' > %t/byenv2
// RUN: printf '#!/bin/sh\nexit 0\n' > %t/shell && printf 'exit 0\n' > %t/plain && printf '#!/nonesuch\n' > %t/nobody
// RUN: chmod +x %t/script %t/script2 %t/byenv %t/byenv2 %t/shell %t/plain %t/nobody

// RUN: %connsan run %t/inside 2>&1 | FileCheck %s --check-prefix=INSIDE
// RUN: %connsan run %t/stripped 2>&1 | FileCheck %s --check-prefix=INSIDE
// RUN: %connsan run %t/exported 2>&1 | FileCheck %s --check-prefix=INSIDE
// INSIDE: {{^}}connsan run: warning: '{{.*}}/{{(inside|stripped|exported)}}' has libpq linked into it: what it calls there does not pass the runtime, no leak will be seen; link it to the shared libpq
// INSIDE-NOT: warning
// INSIDE: ran
// RUN: not %connsan run %t/small 2>&1 | FileCheck %s --check-prefix=SMALL
// SMALL: warning: '{{.*}}/small' is one of the 32-bit programs of ELF machine 3, and the runtime is for 64-bit programs of ELF machine 62: it cannot be loaded there, no leak will be seen; use a connsan for that machine
// RUN: not %connsan run --ci %t/musl > %t/musl.out 2>&1
// RUN: FileCheck %s --check-prefix=MUSL < %t/musl.out
// MUSL: connsan run: '{{.*}}/musl' is loaded by '/lib/ld-musl-x86_64.so.1', and the runtime is for programs of glibc

// RUN: %connsan run %t/script 2>&1 | FileCheck %s --check-prefix=SCRIPT
// RUN: %connsan run %t/script2 2>&1 | FileCheck %s --check-prefix=SCRIPT
// RUN: env PATH=%t:/usr/bin:/bin %connsan run byenv 2>&1 | FileCheck %s --check-prefix=SCRIPT
// RUN: env PATH=%t:/usr/bin:/bin %connsan run %t/byenv2 2>&1 | FileCheck %s --check-prefix=SCRIPT
// SCRIPT: warning: '{{.*}}/inside', which runs '{{.*}}/{{script2?|byenv2?}}', has libpq linked into it
// SCRIPT: ran

// RUN: sh -c '%connsan run --ci %t/inside; echo status $?' 2>&1 | FileCheck %s --check-prefix=CI
// RUN: sh -c '%connsan run --ci %t/script; echo status $?' 2>&1 | FileCheck %s --check-prefix=CI
// RUN: sh -c '%connsan run --follow-exec=0 --ci %t/shell; echo status $?' 2>&1 | FileCheck %s --check-prefix=CI
// RUN: sh -c 'CONNSAN_OPTIONS=follow_exec=0 %connsan run --ci env true; echo status $?' 2>&1 | FileCheck %s --check-prefix=CI
// RUN: sh -c 'CONNSAN_OPTIONS=follow_exec=0 %connsan run --follow-exec=1 --ci env true; echo status $?' 2>&1 | FileCheck %s --check-prefix=FINE
// CI-NOT: ran
// CI: {{^}}connsan run: '{{.*(has libpq linked|only starts other programs, which with follow_exec=0 are not observed).*}}
// CI-NEXT: {{^}}connsan run: nothing was run; --allow-unobserved runs it all the same
// CI-NEXT: {{^}}status 2
// RUN: sh -c '%connsan run --allow-unobserved --ci %t/inside; echo status $?' 2>&1 | FileCheck %s --check-prefix=ALLOW
// ALLOW: warning: {{.*}} has libpq
// ALLOW: ran
// ALLOW: status 0

// RUN: sh -c '%connsan run --ci %t/mentioned && %connsan run --ci %t/shell && %connsan run --ci %t/plain; echo status $?' > %t/fine 2>&1
// RUN: sh -c '%connsan run --ci perl -e 1 && %connsan run --ci %python -c 1 && %connsan run --ci psql --version; echo status $?' >> %t/fine 2>&1
// RUN: sh -c '%connsan run --ci %connsan --version && %connsan run --ci --follow-exec=0 %python -c 1; echo status $?' >> %t/fine 2>&1
// RUN: sh -c '%connsan run --ci $(ls /lib64/ld-linux-*) %t/mentioned; echo status $?' >> %t/fine 2>&1
// RUN: FileCheck %s --check-prefix=FINE < %t/fine
// FINE-NOT: connsan run:
// FINE: status 0
// FINE-NOT: connsan run:
// What cannot be run at all is told by who tries.
// RUN: not %connsan run --ci %t/nobody 2>&1 | FileCheck %s --check-prefix=NOBODY
// NOBODY-NOT: nothing was run
// NOBODY: connsan run: cannot run '{{.*}}/nobody': No such file or directory
// UNSUPPORTED: sanitized
#ifdef BARE
void _start(void) { __asm__("int $0x80" : : "a"(1), "b"(3)); }
#else
#include <stdio.h>
#ifdef INSIDE
// A stand-in: the real one needs libraries that Debian does not package for linking.
const char *volatile Texts[] = {"missing \"=\" after \"%s\" in connection info string\n", "PGCONNECT_TIMEOUT",
                                "unterminated quoted string in connection info string\n"};
void *PQconnectdb(const char *Info) { return (void *)(Info ? Texts[0] : Texts[1]); }
#elif defined(MENTIONED)
// To name the functions, the variables and some of the texts is not to have libpq inside.
const char *volatile Texts[] = {"PQconnectdb", "PGCONNECT_TIMEOUT",
                                "unterminated quoted string in connection info string\n"};
#endif
int main(void) {
  puts("ran");
#ifdef INSIDE
  return PQconnectdb("") == NULL;
#endif
  return 0;
}
#endif
