/* bench_events.c - what a user of podman gets: death to row, cost of a look, cost of quiet.
 *
 * Needs a podman world of its own in the environment: CONTAINERS_CONF, CONTAINERS_STORAGE_CONF and
 * the image localhost/ck-test:1 in it. Containers are killed by a signal from outside, so nothing
 * that we or podman started for the death is in the figure but the look itself. Linux only: the
 * figures of processes come from /proc. */
#include "core/base/mem.h"
#include "core/refresh/refresh.h"
#include "tests/bench/bench.h"
#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define DEATHS 20
#define LOOKS 50
#define CONTAINERS 20
#define QUIET_S 60
#define PATIENCE_MS 30000
#define IMAGE "localhost/ck-test:1"

extern char **environ;

/* The newest snapshot; guarded by lock. */
struct newest {
    pthread_mutex_t lock;
    pthread_cond_t came;
    struct snapshot *snap;
    double at_us;
};

/* What all measurements share. */
struct world {
    struct locate_where where;
    struct env *env;
    struct spawner *spawner;
    struct program podman;
};

static void take(void *ctx, struct snapshot *snap, unsigned long look)
{
    struct newest *n = ctx;
    double at_us = bench_wall_us();

    (void)look;
    if (snap == NULL)
        return;
    pthread_mutex_lock(&n->lock);
    snapshot_free(n->snap);
    n->snap = snap;
    n->at_us = at_us;
    pthread_cond_signal(&n->came);
    pthread_mutex_unlock(&n->lock);
}

/* When a snapshot had the container in this state; -1 if it never came. */
static double wait_state(struct newest *n, const char *name, enum container_state state)
{
    struct timespec end;
    double at_us = -1;

    clock_gettime(CLOCK_REALTIME, &end);
    end.tv_sec += PATIENCE_MS / 1000;
    pthread_mutex_lock(&n->lock);
    for (;;) {
        const struct container *c = n->snap != NULL ? snapshot_find(n->snap, name) : NULL;

        if (c != NULL && c->state == state)
            at_us = n->at_us;
        if (at_us >= 0 || pthread_cond_timedwait(&n->came, &n->lock, &end) == ETIMEDOUT)
            break;
    }
    pthread_mutex_unlock(&n->lock);
    return at_us;
}

/* Runs podman with these words; its first line of output goes to out. False if it failed. Not read
 * to the end: a container that was started holds the pipe for as long as it lives. */
static bool podman(const struct world *w, const char *const *words, char *out, size_t size)
{
    posix_spawn_file_actions_t fa;
    int ends[2], status = 0;
    ssize_t n = 0;
    pid_t pid;
    bool ok;

    if (pipe(ends) != 0)
        return false;
    posix_spawn_file_actions_init(&fa);
    posix_spawn_file_actions_adddup2(&fa, ends[1], 1);
    posix_spawn_file_actions_addclose(&fa, ends[0]);
    ok = posix_spawn(&pid, w->podman.path, &fa, NULL, (char *const *)words, environ) == 0;
    posix_spawn_file_actions_destroy(&fa);
    close(ends[1]);
    if (ok && size > 0)
        n = read(ends[0], out, size - 1);
    if (size > 0) {
        out[n > 0 ? n : 0] = '\0';
        out[strcspn(out, "\n")] = '\0';
    }
    ok = ok && waitpid(pid, &status, 0) == pid && status == 0;
    close(ends[0]); /* not before: podman may write the end of the line on its own */
    return ok;
}

static bool make_container(const struct world *w, const char *name, bool run)
{
    const char *const words[] = {"podman", "run",   "-d",  "--name", name,
                                 IMAGE,    "sleep", "600", NULL};
    const char *const create[] = {"podman", "create", "--name", name, IMAGE, "sleep", "600", NULL};
    char id[128];

    return podman(w, run ? words : create, id, sizeof id);
}

static pid_t pid_of(const struct world *w, const char *name)
{
    const char *const words[] = {"podman", "inspect", "--format", "{{.State.Pid}}", name, NULL};
    char text[32];

    return podman(w, words, text, sizeof text) ? (pid_t)strtol(text, NULL, 10) : -1;
}

static void remove_container(const struct world *w, const char *name)
{
    const char *const words[] = {"podman", "rm", "-f", "-t", "0", name, NULL};
    char text[128];

    (void)podman(w, words, text, sizeof text);
}

static bool failed(const char *what, const char *name)
{
    fprintf(stderr, "bench: %s: %s\n", name, what);
    return false;
}

/* Milliseconds from the signal to the snapshot that shows it. False if something went wrong. */
static bool measure_death(const struct world *w, struct newest *n, const char *name, double *ms)
{
    double killed_us, seen_us;
    pid_t pid;

    if (!make_container(w, name, true))
        return failed("podman did not run it", name);
    if (wait_state(n, name, STATE_RUNNING) < 0)
        return failed("it never showed as running", name);
    pid = pid_of(w, name);
    if (pid <= 0)
        return failed("podman did not tell its process", name);
    killed_us = bench_wall_us();
    if (kill(pid, SIGKILL) != 0)
        return failed("it could not be killed", name);
    seen_us = wait_state(n, name, STATE_STOPPED);
    *ms = (seen_us - killed_us) / 1000;
    return seen_us >= 0 || failed("its death never showed", name);
}

static bool bench_deaths(const struct world *w, struct newest *n)
{
    struct bench_samples ms = {0};
    char name[16];
    bool ok = true;

    for (int i = 0; i < DEATHS && ok; i++) {
        double took = 0;

        snprintf(name, sizeof name, "death%d", i);
        ok = measure_death(w, n, name, &took);
        remove_container(w, name);
        bench_add(&ms, took);
    }
    if (ok)
        printf(
            "events: from death to snapshot, %zu deaths: p50 %.0f ms, p95 %.0f ms, max %.0f ms\n",
            ms.count, bench_quantile(&ms, 0.5), bench_quantile(&ms, 0.95), bench_quantile(&ms, 1));
    bench_release(&ms);
    return ok;
}

/* Parent, and user and system time in clock ticks. False if the process is gone. */
static bool stat_of(const char *pid, long *parent, unsigned long *ticks)
{
    char path[300], text[1024], *at;
    unsigned long user = 0, sys = 0;
    size_t n;
    FILE *f;

    snprintf(path, sizeof path, "/proc/%s/stat", pid);
    f = fopen(path, "r");
    if (f == NULL)
        return false;
    n = fread(text, 1, sizeof text - 1, f);
    fclose(f);
    text[n] = '\0';
    at = strrchr(text, ')'); /* before it stands a name, which may hold anything */
    if (at == NULL || sscanf(at + 1, " %*c %ld %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", parent,
                             &user, &sys) != 3)
        return false;
    *ticks = user + sys;
    return true;
}

/* Our children now: how many, the sum of their ids (to see that they are the same), their ticks. */
struct family {
    size_t count;
    long ids;
    unsigned long ticks;
};

static struct family children(void)
{
    struct family f = {0, 0, 0};
    struct dirent *e;
    DIR *d = opendir("/proc");

    while (d != NULL && (e = readdir(d)) != NULL) {
        unsigned long ticks = 0;
        long parent = 0;

        if (e->d_name[0] < '1' || e->d_name[0] > '9' || !stat_of(e->d_name, &parent, &ticks) ||
            parent != (long)getpid())
            continue;
        f.count++;
        f.ids += strtol(e->d_name, NULL, 10);
        f.ticks += ticks;
    }
    if (d != NULL)
        closedir(d);
    return f;
}

/* Until the stream is up and nothing is due: no look within two seconds. */
static void wait_quiet(const struct refresh *r)
{
    unsigned long looks;

    do {
        looks = refresh_looks(r);
        cancel_wait_ms(NULL, 2000);
    } while (refresh_looks(r) != looks);
}

static double reaped_ms(void)
{
    struct rusage u;

    getrusage(RUSAGE_CHILDREN, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1000 +
           (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1000;
}

/* A child that was started and has ended in this time shows as CPU time of reaped ones. */
static void bench_quiet(const struct refresh *r)
{
    struct family before, after;
    unsigned long looks;
    double reaped, took_us;
    int64_t own_us;

    wait_quiet(r);
    before = children();
    looks = refresh_looks(r);
    reaped = reaped_ms();
    took_us = bench_wall_us();
    own_us = sys_cpu_us();
    cancel_wait_ms(NULL, QUIET_S * 1000);
    own_us = sys_cpu_us() - own_us;
    took_us = bench_wall_us() - took_us;
    after = children();
    printf("quiet: %.0f s, own CPU %.4f %%, %lu looks, children %zu before and %zu after (%s), "
           "CPU of ended children %.1f ms\n",
           took_us / 1e6, (double)own_us * 100 / took_us, refresh_looks(r) - looks, before.count,
           after.count, before.ids == after.ids ? "the same" : "others", reaped_ms() - reaped);
    printf("quiet: the events child: %.2f %% CPU\n",
           (double)(after.ticks - before.ticks) * 1e8 / (double)sysconf(_SC_CLK_TCK) / took_us);
}

/* Own CPU of one look, the engine's process excluded; whole: with parsing. */
static void bench_look(const struct world *w, bool whole)
{
    struct look_memory memory = {0};
    struct bench_samples us = {0};
    char text[BENCH_TEXT_MAX];
    size_t containers = 0;

    for (int i = 0; i < LOOKS + 2; i++) {
        struct look l;
        double start_us;

        if (whole)
            memory.has_digest = false;
        start_us = bench_cpu_us();
        MUST(look_take(w->spawner, &w->where, ENGINE_PODMAN, NULL, &memory, &l) == RC_OK);
        if (i >= 2) /* the first ones ask the version and make the buffers */
            bench_add(&us, bench_cpu_us() - start_us);
        if (l.snapshot != NULL)
            containers = l.snapshot->count;
        snapshot_free(l.snapshot);
    }
    printf("look: %zu containers, %s: own CPU %s us\n", containers,
           whole ? "changed list" : "unchanged list", bench_spread(&us, text));
    bench_release(&us);
    look_memory_release(&memory);
}

static bool bench_looks(const struct world *w)
{
    char name[16];
    bool ok = true;

    for (int i = 0; i < CONTAINERS; i++) {
        snprintf(name, sizeof name, "look%d", i);
        ok = make_container(w, name, false) && ok;
    }
    if (ok) {
        bench_look(w, true);
        bench_look(w, false);
    }
    for (int i = 0; i < CONTAINERS; i++) {
        snprintf(name, sizeof name, "look%d", i);
        remove_container(w, name);
    }
    return ok;
}

static bool bench_refresh(const struct world *w)
{
    struct newest n = {.lock = PTHREAD_MUTEX_INITIALIZER, .came = PTHREAD_COND_INITIALIZER};
    struct refresh *r = refresh_new(w->spawner, &w->where, ENGINE_PODMAN, true, take, &n);
    bool ok = make_container(w, "quiet", true) && wait_state(&n, "quiet", STATE_RUNNING) >= 0;

    wait_quiet(r);
    ok = ok && bench_deaths(w, &n);
    if (ok)
        bench_quiet(r);
    remove_container(w, "quiet");
    refresh_free(r);
    snapshot_free(n.snap);
    return ok;
}

int bench_events(void)
{
    struct world w = {0};
    struct fault why = {0};
    char text[FAULT_TEXT_MAX];
    bool ok;

    if (getenv("CONTAINERS_CONF") == NULL || getenv("CONTAINERS_STORAGE_CONF") == NULL) {
        fprintf(stderr, "bench: needs a podman of its own: CONTAINERS_CONF, "
                        "CONTAINERS_STORAGE_CONF\n");
        return 2;
    }
    locate_here(&w.where);
    if (locate_program(&w.where, ENGINE_PODMAN, &w.podman, &why) != RC_OK) {
        fprintf(stderr, "bench: %s\n", fault_text(&why, text));
        return 3;
    }
    w.env = env_new((const char *const *)environ);
    w.spawner = spawner_new(NULL, w.env);
    ok = bench_looks(&w) && bench_refresh(&w);
    spawner_free(w.spawner);
    env_free(w.env);
    return ok ? 0 : 1;
}
