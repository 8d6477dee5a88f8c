// Only the system calls of a libpq client with threads are allowed, and the few that are ours by design (see
// docs/runtime-scenarios.md); any other one kills the process. Reports are written, a child is forked, all ends well.
// RUN: %build_c -o %t
// RUN: %t > %t.bare 2>&1
// RUN: FileCheck %s --check-prefix=BARE < %t.bare
// RUN: env CONNSAN_OPTIONS=held=100ms %run %t > %t.out 2>&1
// RUN: FileCheck %s < %t.out
// UNSUPPORTED: sanitized
// The sanitizers call much else.
// BARE: done
// CHECK-DAG: connection #1 held
// CHECK-DAG: #1 main {{.*}}seccomp.c:
// CHECK-DAG: {{^child ended by itself$}}
// CHECK-DAG: {{^done$}}
// CHECK: connection #1 released after
// CHECK: connection #{{[0-9]+}} leaked: failed to connect
// CHECK: SUMMARY: ConnectionSanitizer: 1 held, 1 leaked

#include <libpq-fe.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef SECCOMP_RET_KILL_PROCESS
#error "the kernel's headers are too old"
#endif

static const int Allowed[] = {
    // The client's own, and the C library's for its threads and children.
    SYS_access, SYS_brk, SYS_clock_nanosleep, SYS_nanosleep, SYS_clone, SYS_clone3, SYS_close, SYS_connect, SYS_exit,
    SYS_exit_group, SYS_fcntl, SYS_fstat, SYS_futex, SYS_getdents64, SYS_getegid, SYS_geteuid, SYS_getgid, SYS_getpid,
    SYS_getrandom, SYS_getsockname, SYS_getpeername, SYS_getsockopt, SYS_gettid, SYS_getuid, SYS_ioctl, SYS_lseek,
    SYS_madvise, SYS_mmap, SYS_mprotect, SYS_mremap, SYS_munmap, SYS_newfstatat, SYS_open, SYS_openat, SYS_poll,
    SYS_pread64, SYS_prlimit64, SYS_read, SYS_readv, SYS_recvfrom, SYS_recvmsg, SYS_restart_syscall, SYS_rseq,
    SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_sched_yield, SYS_sendmmsg, SYS_sendto, SYS_set_robust_list,
    SYS_set_tid_address, SYS_setsockopt, SYS_socket, SYS_stat, SYS_sysinfo, SYS_uname, SYS_wait4, SYS_write, SYS_writev,
    // Ours: the cost of a sweep, the name of our thread, a look at sockets, the program's file, the kernel's threads.
    SYS_clock_gettime, SYS_prctl, SYS_statx, SYS_readlink, SYS_getppid};

static int confine(void) {
  enum { Count = sizeof Allowed / sizeof *Allowed };
  struct sock_filter Filter[2 * Count + 2];
  unsigned Size = 0;
  Filter[Size++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
  for (int I = 0; I < Count; ++I) {
    Filter[Size++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)Allowed[I], 0, 1);
    Filter[Size++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  }
  Filter[Size++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
  struct sock_fprog Program = {(unsigned short)Size, Filter};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &Program);
}

static void *work(void *Arg) {
  for (int I = 0; I < 3; ++I) {
    PGconn *Conn = PQconnectdb("");
    PQclear(PQexec(Conn, "SELECT 1"));
    PQfinish(Conn);
  }
  return Arg;
}

int main(void) {
  if (confine())
    return 1;
  PGconn *Conn = PQconnectdb("");
  PQclear(PQexec(Conn, "BEGIN"));
  pthread_t Threads[3];
  for (int I = 0; I < 3; ++I)
    pthread_create(&Threads[I], NULL, work, NULL);
  for (int I = 0; I < 3; ++I)
    pthread_join(Threads[I], NULL);
  usleep(400000);
  pid_t Child = fork();
  if (!Child) {
    PQfinish(PQconnectdb("host=/nonexistent"));
    exit(0);
  }
  int Status;
  waitpid(Child, &Status, 0);
  fprintf(stderr, "child %s\ndone\n", Status ? "was ended" : "ended by itself");
  PQfinish(Conn);
  PQconnectdb("host=/nonexistent");
  return 0;
}
