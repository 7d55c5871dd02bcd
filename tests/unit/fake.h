/* fake.h - what suites that start children share: a folder of faulty commands and a spawner.
 *
 * The commands are links to tests/fake/fault.c, built beside the unit binary as fake/fault; a
 * link's name says how it misbehaves. All of it is static: a suite is one file. */
#ifndef TESTS_UNIT_FAKE_H
#define TESTS_UNIT_FAKE_H
#include "core/base/clock.h"
#include "core/base/sys.h"
#include "core/exec/child.h"
#include "tests/unit/unit.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define FAKE_PATIENCE_MS 20000 /* generous: a test that needs it has failed */

struct fake {
    char folder[64];
    char self[SYS_PATH_MAX];
    char fault[SYS_PATH_MAX];
    struct env *env;
    struct spawner *spawner;
};

static inline void fake_nap(int ms)
{
    (void)poll(NULL, 0, ms);
}

/* Evaluates cond until it is true, for a generous while; true if it became so. */
#define FAKE_WAIT(cond)                                                                            \
    do {                                                                                           \
        int64_t fake_end = clock_ms() + FAKE_PATIENCE_MS;                                          \
        while (!(cond) && clock_ms() < fake_end)                                                   \
            fake_nap(5);                                                                           \
        assert_true(cond);                                                                         \
    } while (0)

static inline void fake_open(struct fake *f, bool with_leash)
{
    char tmpdir[SYS_PATH_MAX];
    const char *vars[] = {"HOME=/nonexistent", tmpdir, "DOCKER_HOST=unix:///d", "SECRET=x", NULL};
    char *slash;

    memset(f, 0, sizeof *f);
    snprintf(f->folder, sizeof f->folder, "/tmp/ck-fake.XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    snprintf(tmpdir, sizeof tmpdir, "TMPDIR=%s", f->folder);
    assert_int_equal(sys_self_path(f->self, NULL), RC_OK);
    snprintf(f->fault, sizeof f->fault, "%s", f->self);
    slash = strrchr(f->fault, '/');
    snprintf(slash, sizeof f->fault - (size_t)(slash - f->fault), "/fake/fault");
    if (access(f->fault, X_OK) != 0)
        fail_msg("%s is not built", f->fault);
    f->env = env_new(vars);
    f->spawner = spawner_new(with_leash ? f->self : NULL, f->env);
}

/* Also proves that no child, not even a zombie, is left of this process. */
static inline void fake_close(struct fake *f)
{
    char path[SYS_PATH_MAX];
    struct dirent *e;
    siginfo_t info;
    DIR *dir;

    spawner_free(f->spawner);
    env_free(f->env);
    assert_int_equal(waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT), -1);
    assert_int_equal(errno, ECHILD);
    dir = opendir(f->folder);
    assert_non_null(dir);
    while ((e = readdir(dir)) != NULL) {
        snprintf(path, sizeof path, "%s/%s", f->folder, e->d_name);
        if (e->d_name[0] != '.')
            unlink(path);
    }
    closedir(dir);
    assert_int_equal(rmdir(f->folder), 0);
}

/* The program fault-NAME of this kind. Linked when first asked for. */
static inline void fake_program(const struct fake *f, enum engine_kind kind, const char *name,
                                struct program *out)
{
    memset(out, 0, sizeof *out);
    out->kind = kind;
    snprintf(out->path, sizeof out->path, "%s/fault-%s", f->folder, name);
    if (symlink(f->fault, out->path) < 0)
        assert_int_equal(errno, EEXIST);
}

/* How many descriptors this process has. */
static inline int fake_fds(void)
{
    int count = 0;

    for (int fd = 0; fd < 1024; fd++)
        count += fcntl(fd, F_GETFD) >= 0;
    return count;
}

/* Alive, and not just waiting to be reaped by whoever adopted it. */
static inline bool fake_lives(pid_t pid)
{
    char path[64], line[256] = "", *paren;
    FILE *in;

    if (kill(pid, 0) < 0)
        return false;
    snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
    in = fopen(path, "r");
    if (in == NULL)
        return access("/proc/self/stat", R_OK) != 0; /* a system without /proc: kill() knew best */
    if (fgets(line, sizeof line, in) == NULL)
        line[0] = '\0';
    fclose(in);
    paren = strrchr(line, ')');
    return paren != NULL && paren[1] == ' ' && paren[2] != 'Z';
}

/* Where the outcome of one run is kept, for tests that need no more than one. */
struct fake_ran {
    enum rc rc;
    struct child_result res;
    struct fault why;
};

static inline void fake_run_call(const struct fake *f, const struct cmd_call *call,
                                 const struct cancel *stop, struct fake_ran *r)
{
    memset(r, 0, sizeof *r);
    r->rc = child_run(f->spawner, call, stop, &r->res, &r->why);
}

/* A call of a row of docker's that takes nothing. `prog` must outlive it. */
static inline void fake_call(const struct fake *f, enum op op, const char *name,
                             struct program *prog, struct cmd_call *call)
{
    fake_program(f, ENGINE_DOCKER, name, prog);
    assert_int_equal(cmd_call_init(call, prog, op, NULL, NULL), RC_OK);
}

static inline void fake_run(const struct fake *f, const char *name, int64_t timeout_ms,
                            struct fake_ran *r)
{
    struct program prog;
    struct cmd_call call;

    fake_call(f, OP_LIST, name, &prog, &call);
    if (timeout_ms > 0)
        call.timeout_ms = timeout_ms;
    fake_run_call(f, &call, NULL, r);
}

/* Runs a command that does not end by itself, until its deadline; longer if it had not come to say
 * anything by then, on a busy machine. */
static inline void fake_run_until_said(const struct fake *f, enum op op, const char *name,
                                       struct fake_ran *r)
{
    struct program prog;
    struct cmd_call call;

    fake_call(f, op, name, &prog, &call);
    for (call.timeout_ms = 60; call.timeout_ms < FAKE_PATIENCE_MS; call.timeout_ms *= 4) {
        fake_run_call(f, &call, NULL, r);
        if (r->rc != RC_TIMEOUT || r->res.out.len > 0)
            break;
        child_result_release(&r->res);
    }
}

/* Body of a thread: triggers the cancel `arg` after a moment. */
static inline void *fake_pull(void *arg)
{
    fake_nap(30);
    cancel_trigger(arg);
    return NULL;
}

#endif
