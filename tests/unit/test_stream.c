/* test_stream.c - a child read line by line: whole lines, long ones, halves, and every way to end.
 */
#include "core/base/buf.h"
#include "core/exec/stream.h"
#include "tests/unit/fake.h"
#include <pthread.h>
#include <sys/resource.h>

/* What came, as text: "out:LINE|" or "err:LINE|"; long lines as their length. */
struct heard {
    struct buf text;
    size_t lines;
    size_t bytes;
    struct cancel *stop; /* triggered after so many lines, if given */
    size_t stop_after;
};

static void hear(void *ctx, bool is_stderr, const char *line, size_t len)
{
    struct heard *h = ctx;
    const char *from = is_stderr ? "err" : "out";

    assert_int_equal(line[len], '\0');
    h->lines++;
    h->bytes += len;
    if (len > 64)
        assert_int_equal(buf_print(&h->text, "%s:%zu bytes|", from, len), RC_OK);
    else
        assert_int_equal(buf_print(&h->text, "%s:%s|", from, line), RC_OK);
    if (h->stop != NULL && h->lines == h->stop_after)
        cancel_trigger(h->stop);
}

static void heard_init(struct heard *h)
{
    memset(h, 0, sizeof *h);
    buf_init(&h->text, 1 << 20);
}

static enum rc run(const struct fake *f, const char *name, struct cancel *stop, struct heard *h,
                   int *exit_code)
{
    struct program prog;
    struct cmd_call call;

    fake_program(f, ENGINE_PODMAN, name, &prog);
    assert_int_equal(cmd_call_init(&call, &prog, OP_EVENTS, NULL, NULL), RC_OK);
    return stream_run(f->spawner, &call, stop, hear, h, exit_code, NULL);
}

TEST(stream_gives_lines_in_order_and_the_exit_code)
{
    struct heard h;
    struct fake f;
    int code = -2;

    fake_open(&f, false);
    heard_init(&h);
    assert_int_equal(run(&f, "lines-3", NULL, &h, &code), RC_OK);
    assert_string_equal(buf_text(&h.text), "out:line 0|out:line 1|out:line 2|");
    assert_int_equal(code, 0);
    buf_release(&h.text);
    heard_init(&h);
    assert_int_equal(run(&f, "exit-125", NULL, &h, &code), RC_OK);
    assert_int_equal(code, 125);
    assert_int_equal(h.lines, 0);
    assert_int_equal(run(&f, "die-15", NULL, &h, &code), RC_OK);
    assert_int_equal(code, -1);
    buf_release(&h.text);
    fake_close(&f);
}

/* Their borders fall anywhere in the chunks that are read. */
TEST(stream_loses_no_line_between_reads)
{
    struct heard h;
    struct fake f;
    size_t bytes = 0;
    int code;

    fake_open(&f, false);
    heard_init(&h);
    assert_int_equal(run(&f, "lines-30000", NULL, &h, &code), RC_OK);
    for (int i = 0; i < 30000; i++)
        bytes += (size_t)snprintf(NULL, 0, "line %d", i);
    assert_int_equal(h.lines, 30000);
    assert_int_equal(h.bytes, bytes);
    buf_release(&h.text);
    fake_close(&f);
}

TEST(stream_gives_the_last_half_line_and_stderr)
{
    struct heard h;
    struct fake f;
    int code;

    fake_open(&f, false);
    heard_init(&h);
    assert_int_equal(run(&f, "half-line", NULL, &h, &code), RC_OK);
    assert_string_equal(buf_text(&h.text), "out:one|out:half|");
    buf_release(&h.text);
    heard_init(&h);
    assert_int_equal(run(&f, "both-3", NULL, &h, &code), RC_OK);
    assert_string_equal(buf_text(&h.text), "out:ooo|err:eee|");
    buf_release(&h.text);
    fake_close(&f);
}

TEST(stream_cuts_a_line_only_when_it_is_too_long)
{
    struct heard h;
    struct fake f;
    int code;

    assert_int_equal(CMD_LINE_MAX, 262144);
    fake_open(&f, false);
    heard_init(&h);
    assert_int_equal(run(&f, "long-line-262144", NULL, &h, &code), RC_OK);
    assert_string_equal(buf_text(&h.text), "out:262144 bytes|out:end|");
    buf_release(&h.text);
    heard_init(&h);
    assert_int_equal(run(&f, "long-line-262145", NULL, &h, &code), RC_OK);
    assert_string_equal(buf_text(&h.text), "out:262144 bytes|out:l|out:end|");
    buf_release(&h.text);
    fake_close(&f);
}

TEST(stream_stops_at_once_and_says_nothing_more)
{
    struct cancel *stop = cancel_new();
    struct heard h;
    struct fake f;
    int code;

    fake_open(&f, false);
    heard_init(&h);
    h.stop = stop;
    h.stop_after = 2;
    assert_int_equal(run(&f, "lines-1000", stop, &h, &code), RC_CANCELLED);
    assert_int_equal(h.lines, 2);
    buf_release(&h.text);
    cancel_free(stop);
    stop = cancel_new();
    heard_init(&h);
    h.stop = stop;
    h.stop_after = 1;
    assert_int_equal(run(&f, "hang", stop, &h, &code), RC_CANCELLED);
    assert_int_equal(code, -1);
    buf_release(&h.text);
    cancel_free(stop);
    fake_close(&f);
}

/* A flood does not keep the stop from being seen, and memory stays at one line. */
TEST(stream_of_an_endless_line_can_be_stopped)
{
    struct cancel *stop = cancel_new();
    struct heard h;
    struct fake f;
    int code;

    fake_open(&f, false);
    heard_init(&h);
    h.stop = stop;
    h.stop_after = 3;
    assert_int_equal(run(&f, "flood", stop, &h, &code), RC_CANCELLED);
    assert_string_equal(buf_text(&h.text), "out:262144 bytes|out:262144 bytes|out:262144 bytes|");
    buf_release(&h.text);
    cancel_free(stop);
    fake_close(&f);
}

TEST(stream_ends_a_child_that_closed_its_pipes)
{
    struct heard h;
    struct fake f;
    int64_t before = clock_ms();
    int code = 0;

    fake_open(&f, false);
    heard_init(&h);
    assert_int_equal(run(&f, "close-and-live", NULL, &h, &code), RC_OK);
    assert_true(clock_ms() - before < FAKE_PATIENCE_MS); /* it would live for a minute */
    assert_string_equal(buf_text(&h.text), "out:last words|");
    assert_int_equal(code, -1);
    buf_release(&h.text);
    fake_close(&f);
}

TEST(stream_that_cannot_start_says_why)
{
    struct program prog = {.kind = ENGINE_PODMAN, .path = "/nonexistent/podman"};
    struct cmd_call call;
    struct fault why = {0};
    struct heard h;
    struct fake f;
    int code;

    fake_open(&f, false);
    heard_init(&h);
    assert_int_equal(cmd_call_init(&call, &prog, OP_EVENTS, NULL, NULL), RC_OK);
    assert_int_equal(stream_run(f.spawner, &call, NULL, hear, &h, &code, &why), RC_MISSING);
    assert_non_null(strstr(why.text, "/nonexistent/podman"));
    fake_close(&f);
}

static long switches(void)
{
    struct rusage usage;

    assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
    return usage.ru_nvcsw;
}

/* How often threads of this process went to sleep again in a while; once is the nap itself. */
static long switches_of_a_while(void)
{
    long before = switches();

    fake_nap(200);
    return switches() - before;
}

struct quiet {
    struct cancel *begun, *stop;
    long count;
};

static void begin_quiet(void *ctx, bool is_stderr, const char *line, size_t len)
{
    struct quiet *q = ctx;

    (void)is_stderr;
    (void)line;
    (void)len;
    cancel_trigger(q->begun);
}

static void *end_quiet(void *arg)
{
    struct quiet *q = arg;

    if (cancel_wait_ms(q->begun, FAKE_PATIENCE_MS)) {
        fake_nap(20);
        q->count = switches_of_a_while();
    }
    cancel_trigger(q->stop);
    return NULL;
}

/* Counted, not timed: a loop that ticks every 50 ms would add four. What else is there, such as the
 * thread of a sanitizer, is counted without a stream. */
TEST(stream_that_is_quiet_wakes_nobody)
{
    struct quiet q = {.begun = cancel_new(), .stop = cancel_new(), .count = -1};
    struct program prog;
    struct cmd_call call;
    pthread_t thread;
    long usual = switches_of_a_while();
    struct fake f;
    int code;

    fake_open(&f, false);
    fake_program(&f, ENGINE_PODMAN, "hang", &prog);
    assert_int_equal(cmd_call_init(&call, &prog, OP_EVENTS, NULL, NULL), RC_OK);
    assert_int_equal(pthread_create(&thread, NULL, end_quiet, &q), 0);
    assert_int_equal(stream_run(f.spawner, &call, q.stop, begin_quiet, &q, &code, NULL),
                     RC_CANCELLED);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_in_range(q.count, 1, usual + 2);
    cancel_free(q.begun);
    cancel_free(q.stop);
    fake_close(&f);
}

SUITE(stream, T(stream_gives_lines_in_order_and_the_exit_code),
      T(stream_loses_no_line_between_reads), T(stream_gives_the_last_half_line_and_stderr),
      T(stream_cuts_a_line_only_when_it_is_too_long), T(stream_stops_at_once_and_says_nothing_more),
      T(stream_of_an_endless_line_can_be_stopped), T(stream_ends_a_child_that_closed_its_pipes),
      T(stream_that_cannot_start_says_why), T(stream_that_is_quiet_wakes_nobody))
