/* Stands between a program and the system, as a preloaded library, and does harm to one call of it: the call fails, or the program is
 * killed before it or in the midst of it. Only calls count that concern files below JIREI_HARM_IN.
 *
 *   JIREI_HARM=kind:n:what   the n-th call of a kind (open write sync rename link unlink truncate mkdir, or any); what is the number
 *                            of an error, KILL, or TORN: half of what is written gets there, then the program is killed
 *   JIREI_HARM_NOTES=file    a line for each call: its kind, its file, and ! where harm was done
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { NONE, KILL = -1, TORN = -2 };

static char within[PATH_MAX], kind_wanted[16];
static long nth;
static int what, notes = -1;
static atomic_long seen;

__attribute__((constructor)) static void begin(void) {
    const char *folder = getenv("JIREI_HARM_IN"), *harm = getenv("JIREI_HARM"), *file = getenv("JIREI_HARM_NOTES");
    if (!folder) return;
    snprintf(within, sizeof within, "%s/", folder);
    char how[16] = "";
    if (harm && sscanf(harm, "%15[^:]:%ld:%15s", kind_wanted, &nth, how) == 3)
        what = !strcmp(how, "KILL") ? KILL : !strcmp(how, "TORN") ? TORN : atoi(how);
    if (file) notes = syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void die(void) {
    syscall(SYS_kill, getpid(), SIGKILL);
    for (;;) pause();
}

/* What is to happen to a call that concerns this file: NONE, TORN, or the number of an error. */
static int meets(const char *kind, const char *path) {
    if (strncmp(path, within, strlen(within))) return NONE;
    int counts = !strcmp(kind_wanted, "any") || !strcmp(kind_wanted, kind);
    int hit = counts && what && atomic_fetch_add(&seen, 1) + 1 == nth;
    if (notes >= 0) {
        char line[PATH_MAX + 32];
        int length = snprintf(line, sizeof line, "%s\t%s\t%s\n", kind, path + strlen(within), hit ? "!" : "");
        syscall(SYS_write, notes, line, length);
    }
    if (!hit) return NONE;
    if (what == KILL || (what == TORN && strcmp(kind, "write"))) die();
    return what;
}

static int named(const char *kind, int folder, const char *path) {
    if (!*within || !path) return NONE;
    char whole[PATH_MAX * 2] = "", link[64];
    if (*path != '/') {
        if (folder == AT_FDCWD) {
            if (!getcwd(whole, PATH_MAX)) return NONE;
        } else {
            snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
            if (readlink(link, whole, PATH_MAX - 1) < 0) return NONE;
        }
        strcat(whole, "/");
    }
    strncat(whole, path, PATH_MAX - 1);
    return meets(kind, whole);
}

static int opened(const char *kind, int fd) {
    if (!*within || fd <= 2 || fd == notes) return NONE;
    char whole[PATH_MAX] = "", link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    return readlink(link, whole, sizeof whole - 1) < 0 ? NONE : meets(kind, whole);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define HARMED(harm) \
    do { \
        int number = (harm); \
        if (number != NONE) { \
            errno = number; \
            return -1; \
        } \
    } while (0)
#define MODE \
    va_list rest; \
    va_start(rest, flags); \
    mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
    va_end(rest)
/* The second half of a torn write never comes. */
#define WRITTEN(fd, half, whole) \
    do { \
        int number = opened("write", fd); \
        if (number == TORN) { \
            half; \
            die(); \
        } \
        HARMED(number); \
        return whole; \
    } while (0)

int open(const char *path, int flags, ...) { MODE; HARMED(named("open", AT_FDCWD, path)); return REAL(open)(path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE; HARMED(named("open", AT_FDCWD, path)); return REAL(open64)(path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE; HARMED(named("open", at, path)); return REAL(openat)(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE; HARMED(named("open", at, path)); return REAL(openat64)(at, path, flags, mode); }

ssize_t write(int fd, const void *from, size_t n) {
    WRITTEN(fd, REAL(write)(fd, from, n / 2), REAL(write)(fd, from, n));
}
ssize_t pwrite(int fd, const void *from, size_t n, off_t at) {
    WRITTEN(fd, REAL(pwrite)(fd, from, n / 2, at), REAL(pwrite)(fd, from, n, at));
}
ssize_t pwrite64(int fd, const void *from, size_t n, off64_t at) {
    WRITTEN(fd, REAL(pwrite64)(fd, from, n / 2, at), REAL(pwrite64)(fd, from, n, at));
}
ssize_t writev(int fd, const struct iovec *from, int n) {
    WRITTEN(fd, REAL(writev)(fd, from, n / 2), REAL(writev)(fd, from, n));
}
ssize_t copy_file_range(int in, off64_t *a, int out, off64_t *b, size_t n, unsigned flags) {
    WRITTEN(out, REAL(copy_file_range)(in, a, out, b, n / 2, flags), REAL(copy_file_range)(in, a, out, b, n, flags));
}
ssize_t sendfile64(int out, int in, off64_t *a, size_t n) {
    WRITTEN(out, REAL(sendfile64)(out, in, a, n / 2), REAL(sendfile64)(out, in, a, n));
}

int fsync(int fd) { HARMED(opened("sync", fd)); return REAL(fsync)(fd); }
int fdatasync(int fd) { HARMED(opened("sync", fd)); return REAL(fdatasync)(fd); }
int ftruncate(int fd, off_t n) { HARMED(opened("truncate", fd)); return REAL(ftruncate)(fd, n); }
int ftruncate64(int fd, off64_t n) { HARMED(opened("truncate", fd)); return REAL(ftruncate64)(fd, n); }
int rename(const char *from, const char *to) { HARMED(named("rename", AT_FDCWD, to)); return REAL(rename)(from, to); }
int renameat(int a, const char *from, int b, const char *to) { HARMED(named("rename", b, to)); return REAL(renameat)(a, from, b, to); }
int renameat2(int a, const char *from, int b, const char *to, unsigned flags) { HARMED(named("rename", b, to)); return REAL(renameat2)(a, from, b, to, flags); }
int link(const char *from, const char *to) { HARMED(named("link", AT_FDCWD, to)); return REAL(link)(from, to); }
int linkat(int a, const char *from, int b, const char *to, int flags) { HARMED(named("link", b, to)); return REAL(linkat)(a, from, b, to, flags); }
int unlink(const char *path) { HARMED(named("unlink", AT_FDCWD, path)); return REAL(unlink)(path); }
int unlinkat(int at, const char *path, int flags) { HARMED(named("unlink", at, path)); return REAL(unlinkat)(at, path, flags); }
int mkdir(const char *path, mode_t mode) { HARMED(named("mkdir", AT_FDCWD, path)); return REAL(mkdir)(path, mode); }
