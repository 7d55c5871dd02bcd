/* test_log_status.c - what stands below a log, and whether its container may write; the file that
 * it is saved to. */
#include "core/base/clock.h"
#include "core/base/file.h"
#include "core/logs/log_save.h"
#include "core/logs/log_status.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct snapshot *snapshot_with(enum container_state state)
{
    struct snapshot *s = snapshot_new(ENGINE_PODMAN);
    struct container *c = snapshot_add(s);

    s->state = ENGINE_RUNNING;
    c->id = "web";
    c->name = "web";
    c->state = state;
    snapshot_seal(s);
    return s;
}

static struct log_subject subject(struct snapshot *s, const char *name)
{
    struct valid_id id;

    assert_int_equal(valid_id(name, strlen(name), &id, NULL), RC_OK);
    return log_subject(s, &id);
}

TEST(log_subject_is_what_a_good_list_says)
{
    static const bool writes[STATE_COUNT] = {[STATE_RUNNING] = true,
                                             [STATE_RESTARTING] = true,
                                             [STATE_PAUSED] = true,
                                             [STATE_STOPPING] = true};

    for (int i = 0; i < STATE_COUNT; i++) {
        struct snapshot *s = snapshot_with((enum container_state)i);

        assert_int_equal(subject(s, "web").runs, writes[i]);
        assert_false(subject(s, "web").gone);
        assert_true(subject(s, "other").gone && !subject(s, "other").runs);
        s->stale = true;
        assert_false(subject(s, "other").gone || subject(s, "web").runs || subject(s, "web").known);
        s->state = ENGINE_STOPPED; /* with the last list */
        assert_true(subject(s, "web").known && !subject(s, "web").runs && !subject(s, "web").gone);
        s->stale = false;
        s->state = ENGINE_NOT_RESPONDING;
        assert_false(subject(s, "other").gone || subject(s, "web").runs);
        snapshot_free(s);
    }
    assert_false(subject(NULL, "web").gone || subject(NULL, "web").known);
}

TEST(log_status_says_the_most_important_thing)
{
    static const struct log_news reads = {.reading = true}, over = {.reading = false};
    static const struct log_news failed = {.why = "no such driver"};
    static const struct log_subject runs = {.known = true, .runs = true}, ended = {.known = true};
    static const struct log_subject gone = {.known = true, .gone = true},
                                    unknown = {.known = false};
    const struct {
        struct log_view v;
        const char *want;
    } rows[] = {
        {{runs, &reads, false, true, 0}, "New lines appear here."},
        {{runs, &over, false, true, 0}, "Asking the engine…"},
        {{ended, &over, false, true, 0}, "The container does not run."},
        {{unknown, &reads, false, true, 0}, "New lines appear here."},
        {{unknown, &over, false, true, 0}, "Asking the engine…"},
        {{ended, &failed, false, true, 0}, "no such driver"},
        {{gone, &failed, false, true, 0}, "The container was removed."},
        {{runs, &reads, false, false, 1}, "One more line below."},
        {{gone, &over, false, false, 12}, "12 more lines below."},
        {{gone, &over, false, false, 0}, "The container was removed."},
        {{runs, &reads, true, true, 0}, "Paused."},
        {{runs, &reads, true, true, 1}, "Paused; one new line."},
        {{runs, &reads, true, false, 3}, "Paused; 3 new lines."},
    };
    struct arena a = {0};

    for (size_t i = 0; i < countof(rows); i++)
        assert_string_equal(log_status(&a, &rows[i].v), rows[i].want);
    arena_release(&a);
}

/* What is posted waits here: one call at a time. */
struct home {
    _Atomic(void *) arg;
    void (*call)(void *arg);
    enum rc rc;
    char path[64];
    int done;
    struct log_save *frees; /* when it is told; NULL: nothing */
};

static void post(void *ctx, void (*call)(void *arg), void *arg)
{
    struct home *h = ctx;

    h->call = call;
    h->arg = arg;
}

static void on_done(void *ctx, enum rc rc, const char *path, const struct fault *why)
{
    struct home *h = ctx;

    (void)why;
    h->rc = rc;
    snprintf(h->path, sizeof h->path, "%s", path);
    h->done++;
    log_save_free(h->frees);
    h->frees = NULL;
}

static void wait_done(struct home *h)
{
    void *arg;

    while ((arg = h->arg) == NULL)
        usleep(1000);
    h->arg = NULL;
    h->call(arg);
}

static struct buf text_of(const char *text)
{
    struct buf b;

    buf_init(&b, 100);
    assert_int_equal(buf_text_add(&b, text), RC_OK);
    return b;
}

TEST(log_save_writes_and_says_so)
{
    struct home h = {.arg = NULL};
    struct log_save_config config = {.post = post, .post_ctx = &h, .done = on_done, .ctx = &h};
    struct log_save *s = log_save_new(&config);
    char folder[] = "/tmp/log-save.XXXXXX", path[64];
    struct buf text = text_of("one\n"), more = text_of("two\n"), got;
    struct stat st;

    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/web.log", folder);
    assert_false(log_save_is_busy(s));
    assert_true(log_save_begin(s, path, &text));
    assert_true(log_save_is_busy(s));
    assert_false(log_save_begin(s, path, &more));
    wait_done(&h);
    assert_false(log_save_is_busy(s));
    assert_int_equal(h.rc, RC_OK);
    assert_string_equal(h.path, path);
    buf_init(&got, 100);
    assert_int_equal(file_read(path, &got, NULL), RC_OK);
    assert_string_equal(buf_text(&got), "one\n");
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);

    assert_true(log_save_begin(s, "/nowhere/web.log", &more));
    wait_done(&h);
    assert_int_equal(h.rc, RC_IO);
    assert_int_equal(h.done, 2);

    h.frees = s;
    s = log_save_new(&config);
    assert_true(log_save_begin(h.frees, path, &text));
    wait_done(&h);
    assert_int_equal(h.done, 3);

    assert_true(log_save_begin(s, path, &got)); /* and is not waited for */
    log_save_free(s);
    wait_done(&h);
    assert_int_equal(h.done, 3);
    unlink(path);
    rmdir(folder);
}

TEST(log_save_names_a_file_after_the_container)
{
    static const char *const rows[][2] = {{"web", "web.log"},
                                          {"../etc/passwd", "-.-etc-passwd.log"},
                                          {"a:b\\c", "a-b-c.log"},
                                          {"", ".log"}};
    char name[LOG_SAVE_NAME_MAX], text[400];

    for (size_t i = 0; i < countof(rows); i++) {
        log_save_name(rows[i][0], name);
        assert_string_equal(name, rows[i][1]);
    }
    for (size_t i = 0; i + 2 < sizeof text; i += 2)
        memcpy(text + i, "\xc3\xa4", 3);
    log_save_name(text, name);
    assert_int_equal(strlen(name), LOG_SAVE_NAME_MAX - 2); /* a character would be cut */
}

SUITE(log_status, T(log_subject_is_what_a_good_list_says),
      T(log_status_says_the_most_important_thing), T(log_save_writes_and_says_so),
      T(log_save_names_a_file_after_the_container))
