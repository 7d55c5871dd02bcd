/* terminal.c - see terminal.h.
 *
 * The script's first line removes it: the program that opens it returns before the terminal has
 * read it, so we cannot. The shell that reads it keeps its bytes. */
#include "core/desktop/terminal.h"
#include "core/base/clock.h"
#include "core/base/file.h"
#include "core/base/quote.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SCRIPT_MAX ((size_t)256 << 10)
#define ENDING ".command" /* macOS knows by it that a terminal is to run it */
#define TRIES 100

static const struct {
    const char *word;
    enum host_op mac;
} kinds[TERMINAL_COUNT] = {
    [TERMINAL_SYSTEM] = {"system", HOST_TERMINAL},
    [TERMINAL_APPLE] = {"terminal", HOST_TERMINAL_APP},
    [TERMINAL_ITERM2] = {"iterm2", HOST_ITERM2},
    [TERMINAL_GHOSTTY] = {"ghostty", HOST_GHOSTTY},
    [TERMINAL_KITTY] = {"kitty", HOST_KITTY},
    [TERMINAL_WEZTERM] = {"wezterm", HOST_WEZTERM},
};

const char *terminal_word(enum terminal_kind kind)
{
    MUST((unsigned)kind < TERMINAL_COUNT);
    return kinds[kind].word;
}

bool terminal_from_word(const char *word, enum terminal_kind *out)
{
    for (int i = 0; i < TERMINAL_COUNT; i++) {
        if (strcmp(word, kinds[i].word) == 0) {
            *out = (enum terminal_kind)i;
            return true;
        }
    }
    return false;
}

enum host_op terminal_host(enum terminal_kind kind, bool mac)
{
    MUST((unsigned)kind < TERMINAL_COUNT);
    return mac ? kinds[kind].mac : HOST_TERMINAL;
}

/* The terminal's own shell may know another engine by these names than we do: what we have not is
 * taken away. */
static enum rc add_variables(const struct cmd_call *call, const struct env *env, struct buf *out)
{
    const char *name;
    enum rc rc = RC_OK;

    for (size_t i = 0; rc == RC_OK && (name = env_own_name(call->kind, i)) != NULL; i++) {
        const char *value = env_get(env, call->kind, name);

        rc = buf_print(out, value != NULL ? "export %s=" : "unset %s", name);
        if (rc == RC_OK && value != NULL)
            rc = quote_word(out, value);
        if (rc == RC_OK)
            rc = buf_text_add(out, "\n");
    }
    return rc;
}

enum rc terminal_text(const char *path, const struct cmd_call *call, const struct env *env,
                      struct buf *out)
{
    enum rc rc = buf_text_add(out, "#!/bin/sh\n/bin/rm -f -- ");

    MUST(path[0] == '/' && call->terminal && call->host == HOST_NONE);
    if (rc == RC_OK)
        rc = quote_word(out, path);
    if (rc == RC_OK)
        rc = buf_text_add(out, "\n");
    if (rc == RC_OK)
        rc = add_variables(call, env, out);
    if (rc == RC_OK)
        rc = buf_text_add(out, "exec");
    for (size_t i = 0; rc == RC_OK && call->argv[i] != NULL; i++) {
        rc = buf_text_add(out, " ");
        if (rc == RC_OK)
            rc = quote_word(out, call->argv[i]);
    }
    return rc == RC_OK ? buf_text_add(out, "\n") : rc;
}

/* Whoever can write there could have the user's terminal run anything. */
static enum rc make_private(const char *folder, struct fault *why)
{
    struct stat st;
    enum rc rc = file_make_folder(folder, why);

    if (rc != RC_OK)
        return rc;
    if (lstat(folder, &st) != 0)
        return fault_set(why, RC_IO, "cannot look at %s", folder);
    if (st.st_uid != geteuid() || (st.st_mode & 077) != 0)
        return fault_set(why, RC_DENIED, "%s can be used by others", folder);
    return RC_OK;
}

/* A new file under a name of its own, or -1 with errno. */
static int make_file(const char *folder, struct host_script *out)
{
    int fd = -1;

    errno = EEXIST;
    for (int i = 0; fd < 0 && errno == EEXIST && i < TRIES; i++) {
        if (snprintf(out->path, sizeof out->path, "%s/shell-%ld-%lld-%d" ENDING, folder,
                     (long)getpid(), (long long)clock_ms(), i) >= (int)sizeof out->path) {
            errno = ENAMETOOLONG;
            return -1;
        }
        fd = open(out->path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0700);
    }
    return fd;
}

/* False with errno. The mode is set anew, for a umask may have taken the right to run it. */
static bool fill_file(int fd, const struct buf *text)
{
    return file_write_all(fd, text->data, text->len) == 0 && fchmod(fd, 0700) == 0;
}

enum rc terminal_write(const char *folder, const struct cmd_call *call, const struct env *env,
                       struct host_script *out, struct fault *why)
{
    struct buf text;
    int fd = -1;
    enum rc rc;

    buf_init(&text, SCRIPT_MAX);
    out->path[0] = '\0';
    rc = make_private(folder, why);
    if (rc != RC_OK)
        goto out;
    fd = make_file(folder, out);
    if (fd < 0) {
        rc = fault_set(why, RC_IO, "cannot make a file in %s", folder);
        goto out;
    }
    rc = terminal_text(out->path, call, env, &text);
    if (rc != RC_OK)
        fault_set(why, rc, "the command for the terminal is too long");
    else if (!fill_file(fd, &text))
        rc = fault_set(why, RC_IO, "cannot write %s", out->path);
    if (rc != RC_OK)
        unlink(out->path);
out:
    if (fd >= 0)
        close(fd);
    buf_release(&text);
    return rc;
}

static bool is_script(const char *name)
{
    size_t len = strlen(name), ending = strlen(ENDING);

    return len > ending && strcmp(name + len - ending, ENDING) == 0;
}

void terminal_sweep(const char *folder, int64_t now_s)
{
    DIR *dir = opendir(folder);
    struct dirent *e;
    struct stat st;

    while (dir != NULL && (e = readdir(dir)) != NULL) {
        if (is_script(e->d_name) && fstatat(dirfd(dir), e->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISREG(st.st_mode) && now_s - (int64_t)st.st_mtime > TERMINAL_STRAY_S)
            unlinkat(dirfd(dir), e->d_name, 0);
    }
    if (dir != NULL)
        closedir(dir);
}
