/* Stands in for the C library's file operations and lets one of them fail, or kills the program there.

   SHIM_AT      which operation: 1 for the first that changes anything
   SHIM_ERROR   the error it fails with; none: the program is killed
   SHIM_STICKY  all later operations fail as well
   SHIM_COUNT   a file that takes the number of operations
*/
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static long done, at = -1;
static int error, sticky;

__attribute__((constructor)) static void begin(void) {
  if (getenv("SHIM_AT")) at = atol(getenv("SHIM_AT"));
  if (getenv("SHIM_ERROR")) error = atoi(getenv("SHIM_ERROR"));
  sticky = getenv("SHIM_STICKY") != NULL;
}

__attribute__((destructor)) static void end(void) {
  const char *path = getenv("SHIM_COUNT");
  if (!path) return;
  FILE *file = fopen(path, "w");
  if (!file) return;
  fprintf(file, "%ld\n", done);
  fclose(file);
}

static int fails(void) {
  long now = __sync_add_and_fetch(&done, 1);
  if (at < 0 || (now != at && !(sticky && now > at))) return 0;
  if (!error) kill(getpid(), SIGKILL);
  errno = error;
  return 1;
}

#define REAL(name) static typeof(name) *real; if (!real) real = dlsym(RTLD_NEXT, #name)

int rename(const char *a, const char *b) { REAL(rename); return fails() ? -1 : real(a, b); }
int renameat(int d, const char *a, int e, const char *b) { REAL(renameat); return fails() ? -1 : real(d, a, e, b); }
int renameat2(int d, const char *a, int e, const char *b, unsigned f) { REAL(renameat2); return fails() ? -1 : real(d, a, e, b, f); }
int unlink(const char *a) { REAL(unlink); return fails() ? -1 : real(a); }
int unlinkat(int d, const char *a, int f) { REAL(unlinkat); return fails() ? -1 : real(d, a, f); }
int rmdir(const char *a) { REAL(rmdir); return fails() ? -1 : real(a); }
int mkdir(const char *a, mode_t m) { REAL(mkdir); return fails() ? -1 : real(a, m); }
int mkdirat(int d, const char *a, mode_t m) { REAL(mkdirat); return fails() ? -1 : real(d, a, m); }

/* What goes to the terminal is no file of the site. */
ssize_t write(int fd, const void *bytes, size_t size) { REAL(write); return fd > 2 && fails() ? -1 : real(fd, bytes, size); }
ssize_t writev(int fd, const struct iovec *parts, int n) { REAL(writev); return fd > 2 && fails() ? -1 : real(fd, parts, n); }

static int makes(int flags) { return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE; }
#define MODE(flags) mode_t mode = 0; if (makes(flags)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }
int open(const char *p, int f, ...) { REAL(open); MODE(f); return makes(f) && fails() ? -1 : real(p, f, mode); }
int open64(const char *p, int f, ...) { REAL(open64); MODE(f); return makes(f) && fails() ? -1 : real(p, f, mode); }
int openat(int d, const char *p, int f, ...) { REAL(openat); MODE(f); return makes(f) && fails() ? -1 : real(d, p, f, mode); }
int openat64(int d, const char *p, int f, ...) { REAL(openat64); MODE(f); return makes(f) && fails() ? -1 : real(d, p, f, mode); }

/* openat2 has no function of its own in the C library. Its third argument begins with the flags. */
long syscall(long number, ...) {
  REAL(syscall);
  va_list rest;
  va_start(rest, number);
  long a[6];
  for (int n = 0; n < 6; n++) a[n] = va_arg(rest, long);
  va_end(rest);
  if (number == SYS_openat2 && makes((int)*(unsigned long long *)a[2]) && fails()) return -1;
  return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
