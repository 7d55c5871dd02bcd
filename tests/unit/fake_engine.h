/* fake_engine.h - an engine for tests: tests/fake/engine.c in a folder of its own that locate.h
 * finds and trusts.
 *
 *     struct fake f;
 *     fake_open(&f, ENGINE_DOCKER);
 *     fake_put(&f, "list.out", "...");       what the engine says next
 *     look_take(f.spawner, &f.where, ENGINE_DOCKER, ...)
 *     fake_calls(&f, "+", " ps ")            how often it was asked
 *     fake_close(&f);
 *
 * The folder lies beside the test binary. What the machine itself has is hidden, and the folders
 * above ours count as trusted: a checkout may lie anywhere. */
#ifndef TESTS_UNIT_FAKE_ENGINE_H
#define TESTS_UNIT_FAKE_ENGINE_H
#include "core/base/buf.h"
#include "core/base/cancel.h"
#include "core/base/clock.h"
#include "core/base/file.h"
#include "core/engine/locate.h"
#include "core/exec/spawner.h"
#include "tests/unit/unit.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FAKE_FOLDER "/unit-scratch."
#define FAKE_PATIENCE_MS 20000 /* no test waits so long for what comes at all */

struct fake {
    char home[SYS_PATH_MAX];
    char folder[SYS_PATH_MAX]; /* where the executable and its files are */
    struct locate_where where;
    struct env *env;
    struct spawner *spawner;
};

static inline int fake_lstat(const char *path, struct stat *st)
{
    if (strstr(path, FAKE_FOLDER) != NULL)
        return lstat(path, st);
    if (strstr(path, "/bin/open") != NULL || strstr(path, "/bin/x") != NULL ||
        strstr(path, "/bin/osascript") != NULL || strstr(path, "/bin/pkexec") != NULL) {
        errno = ENOENT; /* no test opens a window of the machine's, or asks for a password */
        return -1;
    }
    if (strstr(path, "/docker") != NULL || strstr(path, "/container") != NULL ||
        strstr(path, "/podman") != NULL) {
        errno = ENOENT;
        if (access(path, X_OK) == 0 || lstat(path, st) != 0 || !S_ISDIR(st->st_mode))
            return -1;
    }
    if (lstat(path, st) != 0)
        return -1;
    st->st_uid = 0;
    st->st_gid = 0;
    st->st_mode &= ~(mode_t)022;
    return 0;
}

/* The same, and nobody but root could change what is there. */
static inline int fake_root_lstat(const char *path, struct stat *st)
{
    if (fake_lstat(path, st) != 0)
        return -1;
    st->st_uid = 0;
    st->st_gid = 0;
    st->st_mode &= ~(mode_t)022;
    return 0;
}

static const struct locate_fs fake_fs = {.lstat = fake_lstat};
static const char *const fake_environment[] = {"HOME=/nowhere", NULL};

/* Copies the fake to `path`, with its folders. */
static inline void fake_install(const char *path)
{
    char self[SYS_PATH_MAX], from[SYS_PATH_MAX + 16];
    struct buf bytes;
    struct fault why;
    int fd;

    assert_int_equal(sys_self_path(self, &why), RC_OK);
    *strrchr(self, '/') = '\0';
    snprintf(from, sizeof from, "%s/fake/engine", self);
    buf_init(&bytes, (size_t)64 << 20);
    if (file_read(from, &bytes, &why) != RC_OK)
        fail_msg("%s; the target `fakes` builds it", why.text);
    fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0700);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes.data, bytes.len), bytes.len);
    close(fd);
    buf_release(&bytes);
}

static inline void fake_open(struct fake *f, enum engine_kind kind)
{
    const char *under = kind == ENGINE_DOCKER ? ".docker/bin" : "bin";
    const char *name = kind == ENGINE_DOCKER ? "docker" : "container";
    char self[SYS_PATH_MAX], path[SYS_PATH_MAX + 16];
    struct fault why;

    memset(f, 0, sizeof *f);
    assert_true(kind != ENGINE_PODMAN); /* lies in no folder of the user's */
    assert_int_equal(sys_self_path(self, &why), RC_OK);
    *strrchr(self, '/') = '\0';
    snprintf(f->home, sizeof f->home, "%.900s" FAKE_FOLDER "%ld", self, (long)getpid());
    snprintf(f->folder, sizeof f->folder, "%.1000s/%s", f->home, under);
    assert_int_equal(file_make_folder(f->folder, &why), RC_OK);
    snprintf(path, sizeof path, "%s/%s", f->folder, name);
    fake_install(path);
    f->where = (struct locate_where){.home = kind == ENGINE_DOCKER ? f->home : "",
                                     .bundle = kind == ENGINE_APPLE ? f->home : "",
                                     .uid = getuid(),
                                     .mac = kind == ENGINE_DOCKER,
                                     .fs = &fake_fs};
    f->env = env_new(fake_environment);
    f->spawner = spawner_new(NULL, f->env);
}

static inline void fake_close(struct fake *f)
{
    char path[SYS_PATH_MAX + 300];
    struct dirent *e;
    DIR *d = opendir(f->folder);

    spawner_free(f->spawner);
    env_free(f->env);
    assert_non_null(d);
    while ((e = readdir(d)) != NULL) {
        snprintf(path, sizeof path, "%s/%s", f->folder, e->d_name);
        assert_true(e->d_name[0] == '.' || unlink(path) == 0);
    }
    closedir(d);
    /* the folder, those between it and the home folder, and that one */
    for (snprintf(path, sizeof path, "%s", f->folder); strlen(path) >= strlen(f->home);
         *strrchr(path, '/') = '\0')
        assert_int_equal(rmdir(path), 0);
}

/* Whole or not at all, as seen by a call that runs. */
static inline void fake_put(const struct fake *f, const char *name, const char *text)
{
    char path[SYS_PATH_MAX + 64];
    struct fault why;

    snprintf(path, sizeof path, "%s/%s", f->folder, name);
    assert_int_equal(file_replace(path, text, strlen(text), &why), RC_OK);
}

static inline void fake_append(const struct fake *f, const char *name, const char *text)
{
    char path[SYS_PATH_MAX + 64];
    int fd;

    snprintf(path, sizeof path, "%s/%s", f->folder, name);
    fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
}

static inline void fake_drop(const struct fake *f, const char *name)
{
    char path[SYS_PATH_MAX + 64];

    snprintf(path, sizeof path, "%s/%s", f->folder, name);
    assert_true(unlink(path) == 0 || errno == ENOENT);
}

/* All lines of `calls`, for the caller to release. */
static inline void fake_read_calls(const struct fake *f, struct buf *out)
{
    char path[SYS_PATH_MAX + 64];

    buf_init(out, (size_t)4 << 20);
    snprintf(path, sizeof path, "%s/calls", f->folder);
    if (access(path, F_OK) == 0)
        assert_int_equal(file_read(path, out, NULL), RC_OK);
}

/* Lines that start with `sign` and hold `words`. */
static inline int fake_calls(const struct fake *f, const char *sign, const char *words)
{
    struct buf all;
    int count = 0;
    char *line, *rest;

    fake_read_calls(f, &all);
    rest = all.data;
    while (rest != NULL && *rest != '\0') {
        line = rest;
        rest = strchr(line, '\n');
        if (rest != NULL)
            *rest++ = '\0';
        if (line[0] == sign[0] && strstr(line, words) != NULL)
            count++;
    }
    buf_release(&all);
    return count;
}

/* Waits until that many such lines are there. */
static inline void fake_wait_calls(const struct fake *f, const char *sign, const char *words,
                                   int count)
{
    int64_t end = clock_ms() + FAKE_PATIENCE_MS;

    while (fake_calls(f, sign, words) < count) {
        if (clock_ms() > end)
            fail_msg("no call %d of %s%s", count, sign, words);
        cancel_wait_ms(NULL, 2);
    }
}

/* True if a process of a line with this sign still lives. */
static inline bool fake_any_alive(const struct fake *f)
{
    struct buf all;
    bool alive = false;

    fake_read_calls(f, &all);
    for (const char *at = all.data; at != NULL && *at != '\0';) {
        long pid = strtol(at + 2, NULL, 10);

        alive = alive || (pid > 0 && kill((pid_t)pid, 0) == 0);
        at = strchr(at, '\n');
        at = at != NULL ? at + 1 : NULL;
    }
    buf_release(&all);
    return alive;
}

/* A line of docker's list. */
static inline const char *fake_docker_line(struct arena *a, const char *name, const char *state)
{
    return arena_print(a,
                       "{\"ID\":\"%s0123456789abcdef\",\"Names\":\"%s\",\"Image\":\"img\","
                       "\"State\":\"%s\",\"Status\":\"%s\",\"Ports\":\"\",\"Labels\":\"\"}\n",
                       name, name, state,
                       strcmp(state, "running") == 0 ? "Up 2 minutes" : "Exited (0) 1 hour ago");
}

#endif
