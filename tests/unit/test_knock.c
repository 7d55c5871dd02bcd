/* A second start reaches the first through a FIFO, and nothing else. */
#include "core/base/base.h"
#include "core/base/cancel.h"
#include "core/desktop/knock.h"
#include "tests/unit/unit.h"
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct place {
    char folder[32], path[64];
};

static void place_init(struct place *p)
{
    snprintf(p->folder, sizeof p->folder, "/tmp/ck-knock-XXXXXX");
    assert_non_null(mkdtemp(p->folder));
    snprintf(p->path, sizeof p->path, "%s/knock", p->folder);
}

static void on_heard(void *ctx)
{
    atomic_fetch_add((atomic_int *)ctx, 1);
}

static void wait_heard(atomic_int *heard, int more_than)
{
    for (int i = 0; atomic_load(heard) <= more_than; i++) {
        if (i > 2000)
            fail_msg("nothing was heard");
        cancel_wait_ms(NULL, 5);
    }
}

TEST(a_knock_is_heard_each_time)
{
    struct place p = {"", ""};
    struct fault why;
    struct stat st;
    atomic_int heard = 0;
    struct knock *k;

    place_init(&p);
    k = knock_listen(p.folder, on_heard, &heard, &why);
    assert_non_null(k);
    assert_int_equal(stat(p.path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(knock_once(p.folder, &why), RC_OK);
    wait_heard(&heard, 0);
    assert_int_equal(knock_once(p.folder, &why), RC_OK);
    wait_heard(&heard, 1);
    knock_free(k);
    assert_int_equal(rmdir(p.folder), 0); /* the name is gone */
}

TEST(nobody_listens)
{
    struct place p = {"", ""};
    struct fault why;

    place_init(&p);
    assert_int_equal(knock_once(p.folder, &why), RC_MISSING);
    assert_int_equal(mkfifo(p.path, 0600), 0); /* left by one that was killed */
    assert_int_equal(knock_once(p.folder, &why), RC_MISSING);
    assert_int_equal(unlink(p.path), 0);
    assert_int_equal(rmdir(p.folder), 0);
    assert_null(knock_listen("/tmp/ck-no-such-folder", on_heard, NULL, &why));
    assert_int_equal(why.rc, RC_IO);
}

TEST(what_is_no_fifo_is_not_written_to)
{
    struct place p = {"", ""};
    struct fault why;
    struct stat st;
    char other[64];
    int fd;

    place_init(&p);
    fd = open(p.path, O_CREAT | O_WRONLY, 0600);
    assert_true(fd >= 0);
    assert_int_equal(close(fd), 0);
    assert_int_equal(knock_once(p.folder, &why), RC_DENIED);
    assert_int_equal(stat(p.path, &st), 0);
    assert_int_equal(st.st_size, 0);
    snprintf(other, sizeof other, "%s/other", p.folder);
    assert_int_equal(rename(p.path, other), 0);
    assert_int_equal(symlink(other, p.path), 0);
    assert_int_equal(knock_once(p.folder, &why), RC_MISSING);
    assert_int_equal(stat(other, &st), 0);
    assert_int_equal(st.st_size, 0);
    assert_int_equal(unlink(p.path), 0);
    assert_int_equal(unlink(other), 0);
    assert_int_equal(rmdir(p.folder), 0);
}

SUITE(knock, T(a_knock_is_heard_each_time), T(nobody_listens), T(what_is_no_fifo_is_not_written_to))
