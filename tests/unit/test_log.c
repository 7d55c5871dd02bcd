/* test_log.c - what a log line keeps private, where lines go, and the file that keeps the last. */
#include "core/base/file.h"
#include "core/base/log_file.h"
#include "core/base/sys.h"
#include "tests/unit/unit.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a sink saw of the last line. */
struct seen {
    unsigned lines;
    enum log_level level;
    char thread[SYS_THREAD_NAME_MAX];
    char shown[256], hidden[256], whole[1100];
};

static void look(void *ctx, const struct log_line *line)
{
    struct seen *s = ctx;
    size_t text_at = (size_t)(line->text - line->whole);

    s->lines++;
    s->level = line->level;
    snprintf(s->thread, sizeof s->thread, "%s", line->thread);
    snprintf(s->whole, sizeof s->whole, "%.*s", (int)line->len, line->whole);
    snprintf(s->shown, sizeof s->shown, "%.*s", (int)line->public_len, line->text);
    snprintf(s->hidden, sizeof s->hidden, "%.*s", (int)(line->len - 1 - text_at - line->public_len),
             line->text + line->public_len);
}

/* Only to the sink: standard error is for warnings, and is silent. */
static struct seen *begin(enum log_level least)
{
    static struct seen s;

    setenv("LOG", "off", 1);
    log_init();
    memset(&s, 0, sizeof s);
    log_to(least, look, &s);
    return &s;
}

static void end(void)
{
    unsetenv("LOG");
    log_init();
}

TEST(log_tells_a_sink_what_is_private)
{
    const struct seen *s = begin(LOG_INFO);

    log_info("podman: stop: failed" LOG_PRIVATE ": %s: %s", "web", "no such container");
    assert_string_equal(s->shown, "podman: stop: failed");
    assert_string_equal(s->hidden, ": web: no such container");
    assert_non_null(strstr(s->whole, "] podman: stop: failed: web: no such container\n"));
    assert_int_equal(s->level, LOG_INFO);
    log_info("nothing private");
    assert_string_equal(s->shown, "nothing private");
    assert_string_equal(s->hidden, "");
    end();
}

TEST(log_makes_no_more_public_for_a_mark_from_outside)
{
    const struct seen *s = begin(LOG_INFO);

    log_info("stop" LOG_PRIVATE ": %s, %s", "a" LOG_PRIVATE "b", "c\n");
    assert_string_equal(s->shown, "stop");
    assert_string_equal(s->hidden, ": a b, c ");
    log_info("%s" LOG_PRIVATE ": d", "a" LOG_PRIVATE "b");
    assert_string_equal(s->shown, "a");
    assert_string_equal(s->hidden, "b : d");
    end();
}

TEST(log_gives_a_sink_its_own_level_and_keeps_errno)
{
    const struct seen *s = begin(LOG_INFO);

    assert_true(log_wants(LOG_INFO)); /* although LOG=off */
    assert_false(log_wants(LOG_DEBUG));
    log_debug("hidden");
    assert_int_equal(s->lines, 0);
    errno = EINTR;
    log_warn("seen");
    assert_int_equal(errno, EINTR);
    assert_int_equal(s->lines, 1);
    assert_int_equal(s->level, LOG_WARN);
    end();
    assert_false(log_wants(LOG_INFO)); /* sinks are forgotten */
}

TEST(log_cuts_a_long_private_text)
{
    const struct seen *s = begin(LOG_INFO);
    char longer[3000];

    memset(longer, 'y', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    log_info("a" LOG_PRIVATE "%s", longer);
    assert_string_equal(s->shown, "a");
    assert_int_equal(s->whole[strlen(s->whole) - 1], '\n');
    assert_true(strlen(s->whole) <= 1024);
    end();
}

/* --- the file ------------------------------------------------------------------------------- */

#define CAP 400

struct rig {
    char folder[64], path[128], older[128];
    struct log_file *file;
    struct buf out;
};

static void rig_open(struct rig *r)
{
    memset(r, 0, sizeof *r);
    snprintf(r->folder, sizeof r->folder, "/tmp/ck-log.XXXXXX");
    assert_non_null(mkdtemp(r->folder));
    snprintf(r->path, sizeof r->path, "%s/a.log", r->folder);
    snprintf(r->older, sizeof r->older, "%s/a.log.1", r->folder);
    buf_init(&r->out, 4096);
}

static void rig_close(struct rig *r)
{
    log_file_free(r->file);
    buf_release(&r->out);
    unlink(r->path);
    unlink(r->older);
    assert_int_equal(rmdir(r->folder), 0);
}

static void put(const struct rig *r, int number)
{
    char text[64];
    struct log_line line = {.level = LOG_INFO, .whole = text};

    line.len = (size_t)snprintf(text, sizeof text, "line %03d of the log\n", number);
    log_file_write(r->file, &line);
}

static long size_of(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0 ? (long)st.st_size : -1;
}

static const char *tail(struct rig *r, size_t lines)
{
    buf_clear(&r->out);
    assert_int_equal(log_file_tail(r->path, lines, &r->out, NULL), RC_OK);
    return buf_text(&r->out);
}

TEST(log_file_is_private_and_goes_on_where_it_was)
{
    struct stat st;
    struct rig r;

    rig_open(&r);
    for (int i = 1; i <= 2; i++) {
        assert_int_equal(log_file_open(r.path, CAP, &r.file, NULL), RC_OK);
        put(&r, i);
        log_file_free(r.file);
        r.file = NULL;
    }
    assert_int_equal(lstat(r.path, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
    assert_string_equal(tail(&r, 9), "line 001 of the log\nline 002 of the log\n");
    rig_close(&r);
}

TEST(log_file_turns_once_it_is_full)
{
    struct rig r;

    rig_open(&r);
    assert_int_equal(log_file_open(r.path, CAP, &r.file, NULL), RC_OK);
    for (int i = 1; i <= 20; i++)
        put(&r, i);
    assert_int_equal(size_of(r.path), CAP); /* twenty lines of twenty bytes */
    assert_int_equal(size_of(r.older), -1);
    for (int i = 21; i <= 999; i++) {
        put(&r, i);
        assert_true(size_of(r.path) <= CAP);
    }
    assert_int_equal(size_of(r.older), CAP);
    assert_string_equal(tail(&r, 1), "line 999 of the log\n");
    rig_close(&r);
}

TEST(log_file_tail_reads_across_the_turn)
{
    struct rig r;

    rig_open(&r);
    assert_int_equal(log_file_open(r.path, CAP, &r.file, NULL), RC_OK);
    for (int i = 1; i <= 21; i++)
        put(&r, i);
    assert_string_equal(tail(&r, 2), "line 020 of the log\nline 021 of the log\n");
    assert_int_equal(strlen(tail(&r, 1000)), 420);
    assert_int_equal(strncmp(tail(&r, 21), "line 001", 8), 0);
    assert_string_equal(tail(&r, 0), "");
    rig_close(&r);
}

TEST(log_file_counts_what_is_there_already)
{
    struct rig r;

    rig_open(&r);
    assert_int_equal(log_file_open(r.path, CAP, &r.file, NULL), RC_OK);
    for (int i = 1; i <= 20; i++)
        put(&r, i);
    log_file_free(r.file);
    assert_int_equal(log_file_open(r.path, CAP, &r.file, NULL), RC_OK);
    put(&r, 21);
    assert_int_equal(size_of(r.path), 20);
    assert_int_equal(size_of(r.older), CAP);
    rig_close(&r);
}

TEST(log_file_follows_no_link_and_waits_for_no_fifo)
{
    struct fault why = {0};
    struct rig r;

    rig_open(&r);
    assert_int_equal(symlink("/dev/null", r.path), 0);
    assert_int_equal(log_file_open(r.path, CAP, &r.file, &why), RC_DENIED);
    assert_non_null(strstr(why.text, "symbolic link"));
    assert_null(r.file);
    assert_int_equal(unlink(r.path), 0);
    assert_int_equal(mkfifo(r.path, 0600), 0);
    assert_int_not_equal(log_file_open(r.path, CAP, &r.file, &why), RC_OK);
    assert_null(r.file);
    rig_close(&r);
}

TEST(log_file_says_when_there_is_none)
{
    struct fault why = {0};
    struct rig r;

    rig_open(&r);
    assert_int_equal(log_file_tail(r.path, 5, &r.out, &why), RC_MISSING);
    assert_non_null(strstr(why.text, r.path));
    rig_close(&r);
}

/* The folder may become unwritable or go: lines are lost, nothing else. */
TEST(log_file_survives_the_loss_of_its_folder)
{
    struct rig r;

    rig_open(&r);
    assert_int_equal(log_file_open(r.path, CAP, &r.file, NULL), RC_OK);
    assert_int_equal(unlink(r.path), 0);
    assert_int_equal(rmdir(r.folder), 0);
    for (int i = 1; i <= 50; i++)
        put(&r, i);
    assert_int_equal(mkdir(r.folder, 0700), 0);
    rig_close(&r);
}

SUITE(log, T(log_tells_a_sink_what_is_private), T(log_makes_no_more_public_for_a_mark_from_outside),
      T(log_gives_a_sink_its_own_level_and_keeps_errno), T(log_cuts_a_long_private_text),
      T(log_file_is_private_and_goes_on_where_it_was), T(log_file_turns_once_it_is_full),
      T(log_file_tail_reads_across_the_turn), T(log_file_counts_what_is_there_already),
      T(log_file_follows_no_link_and_waits_for_no_fifo), T(log_file_says_when_there_is_none),
      T(log_file_survives_the_loss_of_its_folder))
