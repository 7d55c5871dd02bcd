/* test_health.c - health.h and the token of launch.h: only the right line counts. */
#include "core/base/tree.h"
#include "core/update/health.h"
#include "core/update/journal.h"
#include "tests/unit/unit.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TOKEN "0123456789abcdef0123456789abcdef"

struct world {
    char data[64];
};

static void world_init(struct world *w)
{
    char path[96];

    snprintf(w->data, sizeof w->data, "/tmp/ck-health.XXXXXX");
    assert_non_null(mkdtemp(w->data));
    snprintf(path, sizeof path, "%s/" JOURNAL_FOLDER, w->data);
    assert_int_equal(file_make_folder(path, NULL), RC_OK);
}

static void world_release(struct world *w)
{
    assert_int_equal(tree_remove(AT_FDCWD, w->data, NULL), RC_OK);
}

TEST(health_is_told_under_a_token)
{
    struct world w = {0};
    struct health h;
    char other[LAUNCH_TOKEN + 1];

    world_init(&w);
    health_read(w.data, TOKEN, &h);
    assert_int_equal(h.state, HEALTH_UNKNOWN);
    assert_int_equal(health_write(w.data, TOKEN, HEALTH_STARTED, NULL), RC_OK);
    health_read(w.data, TOKEN, &h);
    assert_int_equal(h.state, HEALTH_STARTED);
    assert_int_equal(h.pid, getpid());
    assert_int_equal(health_write(w.data, TOKEN, HEALTH_GOOD, NULL), RC_OK);
    health_read(w.data, TOKEN, &h);
    assert_int_equal(h.state, HEALTH_GOOD);
    launch_token(other);
    assert_true(launch_is_token(other));
    health_read(w.data, other, &h);
    assert_int_equal(h.state, HEALTH_UNKNOWN);
    health_remove(w.data);
    health_read(w.data, TOKEN, &h);
    assert_int_equal(h.state, HEALTH_UNKNOWN);
    world_release(&w);
}

/* The number in it is one that may be sent a signal, so it has to be one process's. */
TEST(health_believes_no_other_line)
{
    static const char *const bad[] = {
        "",
        " 5 healthy",
        TOKEN,
        TOKEN " healthy\n",
        TOKEN " 5\n",
        TOKEN " 5 \n",
        TOKEN " 0 healthy\n",
        TOKEN " 1 healthy\n",
        TOKEN " -1 healthy\n",
        TOKEN " 99999999999 healthy\n",
        TOKEN " 5 healthy",
        TOKEN " 5 healthy\nx",
        TOKEN " 5 well\n",
        TOKEN " 5x healthy\n",
        TOKEN "0 5 healthy\n",
    };
    struct world w = {0};
    struct health h;
    char path[FILE_PATH_MAX];

    world_init(&w);
    assert_int_equal(journal_path(w.data, "health", path, NULL), RC_OK);
    for (size_t i = 0; i < countof(bad); i++) {
        assert_int_equal(file_replace(path, bad[i], strlen(bad[i]), NULL), RC_OK);
        health_read(w.data, TOKEN, &h);
        if (h.state != HEALTH_UNKNOWN)
            fail_msg("%s", bad[i]);
    }
    world_release(&w);
}

TEST(health_tokens_are_hexadecimal)
{
    assert_true(launch_is_token(TOKEN));
    assert_false(launch_is_token(""));
    assert_false(launch_is_token("0123456789abcdef0123456789abcde"));
    assert_false(launch_is_token("0123456789abcdef0123456789abcdef0"));
    assert_false(launch_is_token("0123456789abcdef0123456789abcdeG"));
    assert_false(launch_is_token("../../../../../../../../../../etc"));
}

SUITE(health, T(health_is_told_under_a_token), T(health_believes_no_other_line),
      T(health_tokens_are_hexadecimal))
