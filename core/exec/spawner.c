/* spawner.c - see spawner.h. The only file that starts a process.
 *
 * A child gets what is named here and nothing else: three descriptors, an environment made from
 * nothing, the root folder, default signals, its own process group. macOS closes everything else
 * by a flag; on Linux every descriptor of ours is closed on exec by rule, and what a library may
 * have left open is closed by the C library where it can (glibc 2.34). */
#define _GNU_SOURCE /* closing from a number on, and the folder of a child, are extensions */
#include "core/exec/spawner.h"
#include "core/base/mem.h"
#include "core/exec/cores.h"
#include "core/exec/leash.h"
#include "core/exec/pipes.h"
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct spawner {
    char *self; /* NULL: no leash */
    const struct env *env;
    struct leash leash;
    struct cores cores;
    pthread_mutex_t lock; /* of all below; leaf */
    pid_t *left;          /* owned; detached commands nobody waits for any more */
    size_t left_count;
};

struct spawner *spawner_new(const char *self, const struct env *env)
{
    struct spawner *s = mem_new(sizeof *s);

    MUST(self == NULL || self[0] == '/');
    s->self = self == NULL ? NULL : mem_str(self);
    s->env = env;
    leash_init(&s->leash, s->self);
    cores_init(&s->cores);
    MUST(pthread_mutex_init(&s->lock, NULL) == 0);
    return s;
}

const struct env *spawner_env(const struct spawner *s)
{
    return s->env;
}

void spawner_hide_cores(struct spawner *s)
{
    cores_hide(&s->cores);
}

/* Reaps those of the commands that were left and have ended by now: else they stay zombies for as
 * long as we run. */
static void sweep_left(struct spawner *s)
{
    size_t kept = 0;

    MUST(pthread_mutex_lock(&s->lock) == 0);
    for (size_t i = 0; i < s->left_count; i++) {
        if (waitpid(s->left[i], NULL, WNOHANG) == 0)
            s->left[kept++] = s->left[i];
    }
    s->left_count = kept;
    MUST(pthread_mutex_unlock(&s->lock) == 0);
}

void spawner_free(struct spawner *s)
{
    if (s == NULL)
        return;
    leash_release(&s->leash);
    cores_release(&s->cores);
    sweep_left(s);
    mem_free(s->left);
    mem_free(s->self);
    MUST(pthread_mutex_destroy(&s->lock) == 0);
    mem_free(s);
}

/* What a child is started with. */
struct plan {
    const char *program;
    const char *const *argv, *const *env;
    int in, out, err; /* none of 0, 1, 2; -1: /dev/null */
    bool disclaims;   /* it is not us whom a privacy prompt for what it does should name */
    bool session; /* its own, so that the end of ours (a log-out, a ^C) is none of its business */
};

static void add_fd(posix_spawn_file_actions_t *fa, int fd, int as, int null_mode)
{
    if (fd < 0)
        MUST(posix_spawn_file_actions_addopen(fa, as, "/dev/null", null_mode, 0) == 0);
    else
        MUST(posix_spawn_file_actions_adddup2(fa, fd, as) == 0);
}

static void add_actions(posix_spawn_file_actions_t *fa, const struct plan *p)
{
    add_fd(fa, p->in, STDIN_FILENO, O_RDONLY);
    add_fd(fa, p->out, STDOUT_FILENO, O_WRONLY);
    add_fd(fa, p->err, STDERR_FILENO, O_WRONLY);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations" /* macOS 26 calls it ..._addchdir */
    MUST(posix_spawn_file_actions_addchdir_np(fa, "/") == 0);
#pragma GCC diagnostic pop
#if defined(__GLIBC__)
#if __GLIBC_PREREQ(2, 34)
    MUST(posix_spawn_file_actions_addclosefrom_np(fa, STDERR_FILENO + 1) == 0);
#endif
#endif
}

/* Flags that only macOS has. The disclaimer is a function that Apple documents nowhere: used if it
 * is there, missed by nobody if it is not (mac-behaviour 21). */
static short add_extras(posix_spawnattr_t *at, bool disclaims)
{
#ifdef POSIX_SPAWN_CLOEXEC_DEFAULT
    int (*disclaim)(posix_spawnattr_t *, int) = NULL;
    void *found = dlsym(RTLD_DEFAULT, "responsibility_spawnattrs_setdisclaim");

    memcpy(&disclaim, &found, sizeof found); /* C has no cast from data to function pointers */
    if (disclaims && disclaim != NULL)
        (void)disclaim(at, 1);
    return POSIX_SPAWN_CLOEXEC_DEFAULT;
#else
    (void)at;
    (void)disclaims;
    return 0;
#endif
}

/* 0 and *pid, or an errno, also for what went wrong in the child before it ran the program. */
static int spawn(const struct plan *p, pid_t *pid)
{
    int flags = p->session ? POSIX_SPAWN_SETSID : POSIX_SPAWN_SETPGROUP; /* a group in both cases */
    posix_spawn_file_actions_t fa;
    posix_spawnattr_t at;
    sigset_t none, all;
    int e;

    sigemptyset(&none);
    sigfillset(&all);
    MUST(posix_spawn_file_actions_init(&fa) == 0 && posix_spawnattr_init(&at) == 0);
    add_actions(&fa, p);
    flags |= POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | add_extras(&at, p->disclaims);
    MUST(posix_spawnattr_setflags(&at, (short)flags) == 0);
    MUST(posix_spawnattr_setpgroup(&at, 0) == 0); /* so a deadline can end the family */
    MUST(posix_spawnattr_setsigmask(&at, &none) == 0);
    MUST(posix_spawnattr_setsigdefault(&at, &all) == 0);
    e = posix_spawn(pid, p->program, &fa, &at, (char *const *)p->argv, (char *const *)p->env);
    posix_spawnattr_destroy(&at);
    posix_spawn_file_actions_destroy(&fa);
    return e;
}

int spawner_start_leash(const char *self, int in, pid_t *pid)
{
    static const char *const no_env[] = {NULL};
    const char *const argv[] = {self, "--leash", NULL};
    int err = pipes_copy(STDERR_FILENO); /* -1 if ours is closed */
    struct plan plan = {.program = self, .argv = argv, .env = no_env, .in = in, .out = -1};
    int e;

    plan.err = err;
    e = spawn(&plan, pid);
    pipes_close(&err);
    return e;
}

/* Both ends of what a child talks through. */
struct ends {
    int in, out, err; /* the child's */
};

/* A command that detaches writes to files. Were it pipes, then closing them would kill, at their
 * next line, the daemons that it leaves behind, or the command itself when we quit before it is
 * done. */
static int open_files(const char *folder, struct spawned *c, struct ends *theirs)
{
    if (folder == NULL)
        folder = "/tmp";
    c->out = pipes_file(folder);
    c->err = pipes_file(folder);
    if (c->out < 0 || c->err < 0)
        return -1;
    theirs->out = pipes_copy(c->out);
    theirs->err = pipes_copy(c->err);
    return theirs->out < 0 || theirs->err < 0 ? -1 : 0;
}

static int open_ends(const struct spawner *s, const struct cmd_call *call, struct spawned *c,
                     struct ends *theirs)
{
    if ((call->stdin_bytes != NULL || call->lifeline) && pipes_open(&c->in, &theirs->in, true) < 0)
        return -1;
    if (call->stays)
        return 0; /* nobody reads for hours what a browser says: /dev/null */
    if (call->detaches)
        return open_files(env_get(s->env, call->kind, "TMPDIR"), c, theirs);
    if (pipes_open(&c->out, &theirs->out, false) < 0)
        return -1;
    return pipes_open(&c->err, &theirs->err, false);
}

static void close_ours(struct spawned *c)
{
    pipes_close(&c->in);
    pipes_close(&c->out);
    pipes_close(&c->err);
}

static enum rc start_fault(const char *program, int e, struct fault *why)
{
    if (e == ENOENT || e == ENOTDIR)
        return fault_set(why, RC_MISSING, "%s is not there, or something that it needs is not.",
                         program);
    if (e == EACCES || e == EPERM || e == ENOEXEC)
        return fault_set(why, RC_DENIED, "%s may not be run: %s.", program, strerror(e));
    errno = e;
    return fault_set(why, RC_IO, "%s cannot be started", program);
}

static const char *const *environment(const struct spawner *s, const struct cmd_call *call)
{
    if (call->own)
        return env_for_own(s->env);
    return call->host != HOST_NONE ? env_for_host(s->env) : env_for(s->env, call->kind);
}

enum rc spawner_start(struct spawner *s, const struct cmd_call *call, struct spawned *out,
                      struct fault *why)
{
    struct ends theirs = {-1, -1, -1};
    struct plan plan = {.program = call->program,
                        .argv = call->argv,
                        .disclaims = !call->own,
                        .session = call->own};
    enum rc rc = RC_OK;
    int e;

    MUST(!call->terminal);
    *out = (struct spawned){.in = -1, .out = -1, .err = -1, .detaches = call->detaches};
    sweep_left(s);
    if (open_ends(s, call, out, &theirs) < 0) {
        rc = fault_set(why, RC_IO, "%s cannot be started", call->program);
        goto out;
    }
    plan.env = environment(s, call);
    plan.in = theirs.in;
    plan.out = theirs.out;
    plan.err = theirs.err;
    if (!call->detaches)
        leash_ready(&s->leash);
    cores_lend(&s->cores);
    e = spawn(&plan, &out->pid);
    cores_take_back(&s->cores);
    if (e != 0) {
        out->pid = 0;
        rc = start_fault(call->program, e, why);
        goto out;
    }
    if (!call->detaches)
        leash_add(&s->leash, out->pid);
out:
    pipes_close(&theirs.in);
    pipes_close(&theirs.out);
    pipes_close(&theirs.err);
    if (rc != RC_OK)
        close_ours(out);
    return rc;
}

/* A zombie, which keeps its number and that of its group reserved until it is reaped. */
enum life { LIFE_RUNS, LIFE_ZOMBIE, LIFE_STOLEN /* reaped by other code in this process */ };

static enum life look(const struct spawned *c)
{
    siginfo_t info = {0};
    int n;

    MUST(c->pid > 1);
    do
        n = waitid(P_PID, (id_t)c->pid, &info, WEXITED | WNOWAIT | WNOHANG);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return LIFE_STOLEN;
    return info.si_pid == c->pid ? LIFE_ZOMBIE : LIFE_RUNS;
}

bool spawner_exited(const struct spawned *c)
{
    return look(c) != LIFE_RUNS;
}

void spawner_signal(const struct spawned *c, int sig)
{
    MUST(c->pid == 0 || c->pid > 1);
    if (c->pid > 1)
        (void)kill(c->detaches ? c->pid : -c->pid, sig);
}

void spawner_reap(struct spawner *s, struct spawned *c, int *exit_code, int *sig)
{
    int status = 0;
    enum life life = look(c);
    pid_t got;

    MUST(life != LIFE_RUNS);
    *exit_code = -1;
    *sig = 0;
    if (!c->detaches) {
        if (life == LIFE_ZOMBIE)
            spawner_signal(c, SIGKILL);
        leash_drop(&s->leash, c->pid);
    }
    do
        got = waitpid(c->pid, &status, 0);
    while (got < 0 && errno == EINTR);
    if (got == c->pid && WIFEXITED(status))
        *exit_code = WEXITSTATUS(status);
    else if (got == c->pid && WIFSIGNALED(status))
        *sig = WTERMSIG(status);
    c->pid = 0;
    close_ours(c);
}

void spawner_leave(struct spawner *s, struct spawned *c)
{
    MUST(c->detaches && c->pid > 1);
    MUST(pthread_mutex_lock(&s->lock) == 0);
    s->left = mem_grow(s->left, s->left_count + 1, sizeof *s->left);
    s->left[s->left_count++] = c->pid;
    MUST(pthread_mutex_unlock(&s->lock) == 0);
    c->pid = 0;
    close_ours(c);
}
