/* leash.c - both ends of the leash: the messages, and the process that gets them.
 *
 * A message is "+N\n" or "-N\n" in one write, far below PIPE_BUF, so lines of threads never mix.
 * The order on the pipe is the order of events: a group is dropped before its leader is reaped,
 * so the leash never holds a number that the system may have given away again.
 *
 * What it cannot cover: a kill -9 between the start of a child and the message, some
 * microseconds. */
#include "core/exec/leash.h"
#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/base/mem.h"
#include "core/exec/pipes.h"
#include "core/exec/spawner.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* A leash that is killed again and again is somebody's wish. */
#define STARTS_MAX 4
#define RELEASE_MS 1000

#define LISTED_MAX 4096 /* groups; we never have more than some dozens */
#define LINE_SIZE 32
#define TERM_MS 500
#define TICK_MS 10

static void nap(int ms)
{
    (void)poll(NULL, 0, ms);
}

void leash_init(struct leash *l, const char *self)
{
    *l = (struct leash){.self = self, .fd = -1};
    MUST(pthread_mutex_init(&l->lock, NULL) == 0);
}

/* Waits up to ms for the process, then kills it. */
static void reap(struct leash *l, int64_t ms)
{
    int64_t end = clock_ms() + ms;
    pid_t got;

    pipes_close(&l->fd);
    if (l->pid == 0)
        return;
    while ((got = waitpid(l->pid, NULL, WNOHANG)) == 0 && clock_ms() < end)
        nap(TICK_MS);
    if (got == 0) {
        kill(l->pid, SIGKILL);
        while (waitpid(l->pid, NULL, 0) < 0 && errno == EINTR)
            ;
    }
    l->pid = 0;
}

void leash_release(struct leash *l)
{
    MUST(l->count == 0);
    reap(l, RELEASE_MS);
    mem_free(l->groups);
    l->groups = NULL;
    MUST(pthread_mutex_destroy(&l->lock) == 0);
}

/* False if it cannot be told. With the lock. */
static bool say(struct leash *l, char sign, pid_t group)
{
    char line[LINE_SIZE];
    int len = snprintf(line, sizeof line, "%c%ld\n", sign, (long)group);

    MUST(len > 0 && len < (int)sizeof line);
    return l->fd >= 0 && pipes_write(l->fd, line, (size_t)len) == len;
}

/* With the lock, which is held over a start here and nowhere else: nothing that a starting leash
 * does can come back to us, and two threads must not start two. */
static bool start(struct leash *l)
{
    int theirs = -1;
    int e;

    l->starts++;
    if (pipes_open(&l->fd, &theirs, true) < 0) {
        log_warn("no pipe for the leash: %s", strerror(errno));
        return false;
    }
    e = spawner_start_leash(l->self, theirs, &l->pid);
    pipes_close(&theirs);
    if (e != 0) {
        log_warn("cannot start the leash: %s" LOG_PRIVATE ": %s", strerror(e), l->self);
        pipes_close(&l->fd);
        l->pid = 0;
        return false;
    }
    for (size_t i = 0; i < l->count; i++) {
        if (!say(l, '+', l->groups[i]))
            return false;
    }
    return true;
}

/* It is gone, or stopped reading and its pipe is full. The old one is killed before its pipe is
 * closed: at the end of its pipe it would end the groups it knows. With the lock. */
static void replace(struct leash *l)
{
    if (l->pid != 0)
        kill(l->pid, SIGKILL);
    reap(l, RELEASE_MS);
    if (l->given_up)
        return;
    l->given_up = l->starts == STARTS_MAX;
    if (l->given_up)
        log_warn("the leash ended again; children would outlive a sudden end of this program");
    else if (start(l))
        log_warn("the leash had ended; there is a new one");
}

void leash_ready(struct leash *l)
{
    if (l->self == NULL)
        return;
    MUST(pthread_mutex_lock(&l->lock) == 0);
    if (l->pid == 0 && l->starts == 0)
        (void)start(l);
    MUST(pthread_mutex_unlock(&l->lock) == 0);
}

void leash_add(struct leash *l, pid_t group)
{
    MUST(group > 1);
    if (l->self == NULL)
        return;
    MUST(pthread_mutex_lock(&l->lock) == 0);
    if (l->count == l->size) {
        l->size = l->size == 0 ? 16 : 2 * l->size;
        l->groups = mem_grow(l->groups, l->size, sizeof *l->groups);
    }
    l->groups[l->count++] = group;
    if (!say(l, '+', group))
        replace(l); /* tells the whole table */
    MUST(pthread_mutex_unlock(&l->lock) == 0);
}

void leash_drop(struct leash *l, pid_t group)
{
    size_t i = 0;

    if (l->self == NULL)
        return;
    MUST(pthread_mutex_lock(&l->lock) == 0);
    while (i < l->count && l->groups[i] != group)
        i++;
    MUST(i < l->count);
    l->groups[i] = l->groups[--l->count];
    if (!say(l, '-', group))
        replace(l);
    MUST(pthread_mutex_unlock(&l->lock) == 0);
}

/* From here on: the `--leash` process, a program of its own with one thread. */

struct listed {
    pid_t groups[LISTED_MAX];
    size_t count;
};

static void heed(struct listed *t, const char *line)
{
    char *end = NULL;
    long number;
    size_t i = 0;

    if ((line[0] != '+' && line[0] != '-') || line[1] < '1' || line[1] > '9')
        return;
    errno = 0;
    number = strtol(line + 1, &end, 10);
    if (errno != 0 || *end != '\0' || number <= 1 || number > INT32_MAX)
        return;
    while (i < t->count && t->groups[i] != (pid_t)number)
        i++;
    if (line[0] == '-' && i < t->count)
        t->groups[i] = t->groups[--t->count];
    else if (line[0] == '+' && i == t->count && t->count < LISTED_MAX)
        t->groups[t->count++] = (pid_t)number;
}

/* Whole lines of what has come are heeded and removed; a line that is too long is thrown away. */
static size_t heed_lines(struct listed *t, char *bytes, size_t len, size_t size)
{
    char *from = bytes, *newline;

    while ((newline = memchr(from, '\n', len - (size_t)(from - bytes))) != NULL) {
        *newline = '\0';
        heed(t, from);
        from = newline + 1;
    }
    len -= (size_t)(from - bytes);
    memmove(bytes, from, len);
    return len == size ? 0 : len;
}

/* Signals every group; how many there still are. */
static size_t signal_all(const struct listed *t, int sig)
{
    size_t left = 0;

    for (size_t i = 0; i < t->count; i++) {
        MUST(t->groups[i] > 1); /* -1 would be everything this user has */
        left += kill(-t->groups[i], sig) == 0;
    }
    return left;
}

int leash_main(void)
{
    struct listed listed = {.count = 0};
    char bytes[4096];
    size_t len = 0;
    ssize_t n;

    /* It must outlive what ends us: a ^C, a log-out. */
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    for (;;) {
        n = read(STDIN_FILENO, bytes + len, sizeof bytes - len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        len = heed_lines(&listed, bytes, len + (size_t)n, sizeof bytes);
    }
    if (signal_all(&listed, SIGTERM) == 0)
        return 0;
    signal_all(&listed, SIGCONT); /* a stopped one cannot act on TERM */
    for (int ms = 0; ms < TERM_MS && signal_all(&listed, 0) > 0; ms += TICK_MS)
        nap(TICK_MS);
    signal_all(&listed, SIGKILL);
    return 0;
}
