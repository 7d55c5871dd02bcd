/* test_dns_book.c - the domains as a window has them: one change at a time, news in sentences, and
 * results that come too late. Posted calls wait in a list until the test, the home thread, makes
 * them. */
#include "core/action/dns_book.h"
#include "tests/unit/fake_engine.h"
#include "tests/unit/posted.h"

struct world {
    struct fake f;
    struct posted posted;
    struct dns_book *book;
    struct dns_page page;
    int changes; /* told */
};

static const struct locate_fs root_fs = {.lstat = fake_root_lstat};

static void on_change(void *ctx)
{
    struct world *w = ctx;

    w->changes++;
}

static void world_open(struct world *w)
{
    struct dns_book_config config = {.post = posted_put, .post_ctx = &w->posted};

    memset(w, 0, sizeof *w);
    fake_open(&w->f, ENGINE_APPLE);
    w->f.where.uid = 0;
    w->f.where.fs = &root_fs;
    fake_put(&w->f, "dns-list.out", "[\"test\"]");
    posted_init(&w->posted, 16);
    config.spawner = w->f.spawner;
    config.where = &w->f.where;
    w->book = dns_book_new(&config);
    dns_book_listen(w->book, on_change, w);
}

static void world_close(struct world *w)
{
    dns_book_free(w->book);
    posted_release(&w->posted);
    fake_close(&w->f);
}

/* Until nothing is under way any more. */
static void settle(struct world *w)
{
    int64_t end = clock_ms() + FAKE_PATIENCE_MS;

    for (;;) {
        dns_book_page(w->book, &w->page);
        if (!w->page.busy)
            return;
        if (!posted_make(&w->posted))
            cancel_wait_ms(NULL, 2);
        assert_true(clock_ms() < end);
    }
}

TEST(dns_book_reads_the_list)
{
    struct world w;

    world_open(&w);
    dns_book_page(w.book, &w.page);
    assert_true(w.page.list == NULL && !w.page.busy && w.page.news == DNS_NO_NEWS);
    dns_book_read(w.book);
    dns_book_page(w.book, &w.page);
    assert_true(w.page.busy && w.page.change == NULL);
    dns_book_read(w.book); /* one is enough */
    settle(&w);
    assert_int_equal(w.page.list->count, 1);
    assert_string_equal(w.page.list->names[0].text, "test");
    assert_int_equal(fake_calls(&w.f, "+", " dns list"), 1);
    assert_int_equal(w.changes, 2);
    world_close(&w);
}

TEST(dns_book_keeps_the_last_list_and_says_why)
{
    struct world w;

    world_open(&w);
    dns_book_read(w.book);
    settle(&w);
    fake_put(&w.f, "dns-list.out", "garbage");
    dns_book_read(w.book);
    settle(&w);
    assert_int_equal(w.page.list->count, 1);
    assert_int_equal(w.page.news, DNS_BAD_NEWS);
    assert_true(w.page.sentence[0] != '\0');
    world_close(&w);
}

TEST(dns_book_changes_and_reads_again)
{
    struct world w;

    world_open(&w);
    fake_put(&w.f, "create.mode", "hold");
    dns_book_do(w.book, OP_DNS_CREATE, "dev.local");
    dns_book_page(w.book, &w.page);
    assert_true(w.page.busy && w.page.change->op == OP_DNS_CREATE);
    assert_string_equal(w.page.change->name.text, "dev.local");
    fake_wait_calls(&w.f, "~", " create dev.local", 1);
    dns_book_do(w.book, OP_DNS_CREATE, "other");
    dns_book_page(w.book, &w.page);
    assert_true(w.page.busy && w.page.news == DNS_BAD_NEWS);
    assert_string_equal(w.page.sentence, "Another change is under way.");
    fake_put(&w.f, "dns-list.out", "[\"test\",\"dev.local\"]");
    fake_put(&w.f, "create.go", "");
    settle(&w);
    assert_int_equal(w.page.news, DNS_GOOD_NEWS);
    assert_string_equal(w.page.sentence, "dev.local was added.");
    assert_int_equal(w.page.list->count, 2);
    assert_int_equal(fake_calls(&w.f, "+", " create "), 1);
    dns_book_do(w.book, OP_DNS_DELETE, "test");
    settle(&w);
    assert_string_equal(w.page.sentence, "test was removed.");
    world_close(&w);
}

TEST(dns_book_tells_what_did_not_happen)
{
    struct world w;

    world_open(&w);
    fake_put(&w.f, "create.exit", "1");
    fake_put(&w.f, "create.err", "Error: no room\n");
    dns_book_do(w.book, OP_DNS_CREATE, "dev.local");
    settle(&w);
    assert_int_equal(w.page.news, DNS_BAD_NEWS);
    assert_string_equal(w.page.sentence, "dev.local was not added: Error: no room");
    assert_string_equal(w.page.sudo, "");
    w.f.where.uid = 501; /* and there is no pkexec in this world */
    w.f.where.mac = true;
    w.f.where.apple_silicon = true;
    dns_book_do(w.book, OP_DNS_CREATE, "dev.local");
    settle(&w);
    assert_int_equal(strncmp(w.page.sudo, "sudo /", 6), 0);
    dns_book_do(w.book, OP_DNS_CREATE, "a;id");
    dns_book_page(w.book, &w.page);
    assert_true(!w.page.busy && w.page.news == DNS_BAD_NEWS);
    assert_string_equal(w.page.sudo, "");
    assert_null(strstr(w.page.sentence, "a;id"));
    dns_book_read(w.book);
    settle(&w);
    assert_int_equal(w.page.news, DNS_NO_NEWS);
    world_close(&w);
}

/* A result that was posted is not made before the book is gone; a listener that left is not told.
 */
TEST(dns_book_may_go_before_its_results_come)
{
    struct world w;

    world_open(&w);
    dns_book_read(w.book);
    fake_wait_calls(&w.f, "-", " dns list", 1);
    dns_book_listen(w.book, NULL, NULL);
    w.changes = 0;
    dns_book_free(w.book);
    w.book = NULL;
    world_close(&w);
    assert_int_equal(w.changes, 0);
}

TEST(dns_book_goes_while_it_works)
{
    struct world w;

    world_open(&w);
    fake_put(&w.f, "dns-list.mode", "hang");
    dns_book_read(w.book);
    fake_wait_calls(&w.f, "+", " dns list", 1);
    world_close(&w); /* does not wait for the row's own limit */
}

SUITE(dns_book, T(dns_book_reads_the_list), T(dns_book_keeps_the_last_list_and_says_why),
      T(dns_book_changes_and_reads_again), T(dns_book_tells_what_did_not_happen),
      T(dns_book_may_go_before_its_results_come), T(dns_book_goes_while_it_works))
