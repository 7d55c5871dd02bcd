/* test_log_reader.c - a followed log: what comes, what comes a second time and is not told again,
 * how it ends. The engine is a fake that prints logs.out and ends, or hangs. */
#include "core/base/mem.h"
#include "core/logs/log_reader.h"
#include "tests/unit/fake_engine.h"
#include "tests/unit/posted.h"

#define S1 "2026-11-26T14:19:53.000000001Z "
#define S2 "2026-11-26T14:19:53.000000002Z "
#define S3 "2026-11-26T15:19:53.000000003+01:00 "

struct world {
    struct fake f;
    struct posted posted;
    int changes;
    struct log_reader *reader;
    struct ring *ring;
    struct log_news news;
};

static void on_change(void *ctx)
{
    struct world *w = ctx;

    w->changes++;
}

static void world_open(struct world *w, enum engine_kind kind)
{
    struct log_reader_config config = {
        .engine = kind, .post = posted_put, .post_ctx = &w->posted, .changed = on_change};

    memset(w, 0, sizeof *w);
    fake_open(&w->f, kind);
    posted_init(&w->posted, 4); /* that there are lines, that it is over, and some room */
    assert_int_equal(valid_id("web", 3, &config.id, NULL), RC_OK);
    config.spawner = w->f.spawner;
    config.where = &w->f.where;
    config.ctx = w;
    w->ring = ring_new(1000, RING_BYTES);
    w->reader = NULL;
    w->news = (struct log_news){.reading = true};
    fake_put(&w->f, "logs.out", "");
    w->reader = log_reader_new(&config);
}

static void world_close(struct world *w)
{
    log_reader_free(w->reader);
    posted_release(&w->posted);
    ring_free(w->ring);
    fake_close(&w->f);
}

static void take(struct world *w)
{
    if (posted_make(&w->posted))
        log_reader_take(w->reader, w->ring, &w->news);
    else
        cancel_wait_ms(NULL, 2);
}

/* Until that many lines were told. */
static void wait_lines(struct world *w, uint64_t count)
{
    int64_t end = clock_ms() + FAKE_PATIENCE_MS;

    while (ring_end(w->ring) < count) {
        assert_true(clock_ms() < end);
        take(w);
    }
}

static void wait_end(struct world *w)
{
    int64_t end = clock_ms() + FAKE_PATIENCE_MS;

    do {
        assert_true(clock_ms() < end);
        take(w);
    } while (w->news.reading);
}

static void lines_are(const struct world *w, const char *want)
{
    struct buf got;

    buf_init(&got, (size_t)1 << 20);
    for (uint64_t n = ring_first(w->ring); n < ring_end(w->ring); n++) {
        struct line line = ring_line(w->ring, n);

        assert_int_equal(buf_print(&got, line.ours ? "(%s)\n" : "%s\n", line.text), RC_OK);
    }
    assert_string_equal(buf_text(&got), want);
    buf_release(&got);
}

TEST(log_reader_tells_lines_of_both_streams)
{
    struct world w;

    world_open(&w, ENGINE_DOCKER);
    wait_end(&w);
    fake_put(&w.f, "logs.out", S1 "one\n" S1 "\x1b[31mtwo\x1b[0m\n" S2 "par" S3 "tly\n" S3 "end\n");
    fake_put(&w.f, "logs.err", S2 "wrong\n");
    log_reader_runs(w.reader, true);
    fake_wait_calls(&w.f, "+", " logs ", 3); /* so all of the second is there to be taken */
    wait_lines(&w, 6);
    lines_are(&w, "(— continued —)\none\ntwo\npartly\nwrong\nend\n");
    assert_int_equal(ring_line(w.ring, 2).spans[0].colour, PALETTE_RED);
    assert_true(fake_calls(&w.f, "+", " logs --tail 10000 --timestamps --follow web") > 1);
    assert_true(w.changes > 0);
    world_close(&w);
}

TEST(log_reader_tells_nothing_twice_after_a_restart)
{
    struct world w;

    world_open(&w, ENGINE_DOCKER);
    wait_end(&w);
    assert_int_equal(w.news.why[0], '\0');
    fake_put(&w.f, "logs.out", S1 "one\n" S2 "two\n" S2 "three\n");
    log_reader_runs(w.reader, true);
    wait_lines(&w, 4);
    fake_put(&w.f, "logs.out", S1 "one\n" S2 "two\n" S2 "three\n" S2 "four\n" S3 "five\n");
    wait_lines(&w, 7);
    fake_wait_calls(&w.f, "-", " logs ", 4); /* and once more, with nothing new */
    wait_end(&w);
    lines_are(&w, "(— continued —)\none\ntwo\nthree\n(— continued —)\nfour\nfive\n");
    world_close(&w);
}

/* One that is too long for a line of stream.h comes in pieces, of which the first alone has a time.
 */
TEST(log_reader_tells_a_long_line_once)
{
    static char printed[CMD_LINE_MAX + 5000];
    struct world w;
    uint64_t count;

    world_open(&w, ENGINE_DOCKER);
    wait_end(&w);
    memset(printed, 'x', sizeof printed - 1);
    memcpy(printed, S1, strlen(S1));
    printed[sizeof printed - 2] = '\n';
    fake_put(&w.f, "logs.out", printed);
    log_reader_runs(w.reader, true);
    fake_wait_calls(&w.f, "-", " logs ", 2);
    fake_wait_calls(&w.f, "+", " logs ", 3); /* so all of the second is there to be taken */
    take(&w);
    wait_lines(&w, 2);
    count = ring_end(w.ring);
    fake_wait_calls(&w.f, "-", " logs ", 4);
    wait_end(&w);
    assert_int_equal(ring_end(w.ring), count);
    world_close(&w);
}

TEST(log_reader_waits_for_a_container_that_does_not_run)
{
    struct world w;

    world_open(&w, ENGINE_DOCKER);
    wait_end(&w);
    log_reader_runs(w.reader, false);
    log_reader_restart(w.reader);
    cancel_wait_ms(NULL, 50);
    assert_int_equal(fake_calls(&w.f, "+", " logs "), 1);
    log_reader_runs(w.reader, true);
    fake_wait_calls(&w.f, "+", " logs ", 2);
    world_close(&w);
}

TEST(log_reader_says_why_the_engine_failed)
{
    struct world w;

    world_open(&w, ENGINE_DOCKER);
    wait_end(&w);
    fake_put(&w.f, "logs.exit", "1");
    fake_put(&w.f, "logs.err", "Error response from daemon: No such container: web\n");
    log_reader_runs(w.reader, true);
    fake_wait_calls(&w.f, "-", " logs ", 2);
    log_reader_runs(w.reader, false);
    do
        wait_end(&w);
    while (w.news.why[0] == '\0');
    assert_string_equal(w.news.why, "Error response from daemon: No such container: web");
    lines_are(&w, "");
    world_close(&w);
}

TEST(log_reader_has_no_times_from_apple)
{
    struct world w;

    world_open(&w, ENGINE_APPLE);
    fake_wait_calls(&w.f, "+", " logs --follow -n 10000 web", 1);
    wait_end(&w);
    fake_put(&w.f, "logs.out", S1 "as it is\n");
    fake_put(&w.f, "logs.err", "the command's own\n");
    log_reader_runs(w.reader, true);
    wait_lines(&w, 2);
    fake_wait_calls(&w.f, "+", " logs --follow -n 0 web", 1);
    lines_are(&w, "(— continued —)\n" S1 "as it is\n");
    world_close(&w);
}

TEST(log_reader_begins_anew_when_told)
{
    struct world w;

    world_open(&w, ENGINE_DOCKER);
    wait_end(&w);
    fake_put(&w.f, "logs.mode", "hang");
    log_reader_runs(w.reader, true);
    fake_wait_calls(&w.f, "+", " logs ", 2);
    log_reader_restart(w.reader);
    fake_wait_calls(&w.f, "+", " logs ", 3);
    world_close(&w);
}

TEST(log_reader_keeps_the_newest_lines_and_counts_what_is_lost)
{
    struct buf many;
    struct world w;

    world_open(&w, ENGINE_APPLE);
    wait_end(&w);
    buf_init(&many, (size_t)64 << 20);
    for (size_t i = 0; i < RING_LINES + 500; i++)
        assert_int_equal(buf_print(&many, "line %zu\n", i), RC_OK);
    fake_put(&w.f, "logs.out", buf_text(&many));
    log_reader_runs(w.reader, true);
    fake_wait_calls(&w.f, "-", " logs ", 2);
    fake_put(&w.f, "logs.out", "");
    fake_wait_calls(&w.f, "+", " logs ", 3); /* so all of the second was read */
    log_reader_runs(w.reader, false);
    wait_end(&w);
    assert_string_equal(ring_line(w.ring, ring_first(w.ring)).text, "line 99500");
    assert_int_equal(ring_end(w.ring), RING_LINES + 1);
    assert_string_equal(ring_line(w.ring, ring_end(w.ring) - 1).text, "line 100499");
    world_close(&w);
    buf_release(&many);
}

TEST(log_reader_says_when_it_is_over)
{
    struct world w;

    world_open(&w, ENGINE_DOCKER);
    wait_end(&w);
    while (posted_make(&w.posted))
        continue;
    assert_false(log_reader_is_over(w.reader));
    w.changes = 0;
    log_reader_stop(w.reader); /* nothing runs: at once */
    assert_true(posted_make(&w.posted) && log_reader_is_over(w.reader));
    assert_int_equal(w.changes, 1);
    world_close(&w);

    world_open(&w, ENGINE_DOCKER);
    wait_end(&w);
    fake_put(&w.f, "logs.mode", "hang");
    log_reader_runs(w.reader, true);
    fake_wait_calls(&w.f, "+", " logs ", 2);
    log_reader_stop(w.reader);
    log_reader_runs(w.reader, true);
    while (!log_reader_is_over(w.reader))
        if (!posted_make(&w.posted))
            cancel_wait_ms(NULL, 2);
    assert_false(fake_any_alive(&w.f));
    world_close(&w);
}

TEST(log_reader_is_freed_while_it_reads)
{
    struct world w;

    world_open(&w, ENGINE_DOCKER);
    wait_end(&w);
    fake_put(&w.f, "logs.mode", "hang");
    log_reader_runs(w.reader, true);
    fake_wait_calls(&w.f, "+", " logs ", 2);
    log_reader_free(w.reader);
    assert_false(fake_any_alive(&w.f));
    w.changes = 0;
    while (posted_make(&w.posted))
        continue;
    assert_int_equal(w.changes, 0); /* the door is shut */
    w.reader = NULL;
    world_close(&w);
}

SUITE(log_reader, T(log_reader_tells_lines_of_both_streams),
      T(log_reader_tells_nothing_twice_after_a_restart), T(log_reader_tells_a_long_line_once),
      T(log_reader_waits_for_a_container_that_does_not_run),
      T(log_reader_says_why_the_engine_failed), T(log_reader_has_no_times_from_apple),
      T(log_reader_begins_anew_when_told),
      T(log_reader_keeps_the_newest_lines_and_counts_what_is_lost),
      T(log_reader_says_when_it_is_over), T(log_reader_is_freed_while_it_reads))
