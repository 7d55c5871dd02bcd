/* test_journal.c - journal.h: what is written comes back, and nothing else is believed. */
#include "core/base/tree.h"
#include "core/update/journal.h"
#include "tests/unit/unit.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define GOOD_HASH "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

struct world {
    char data[64], path[128];
};

static void world_init(struct world *w)
{
    snprintf(w->data, sizeof w->data, "/tmp/ck-journal.XXXXXX");
    assert_non_null(mkdtemp(w->data));
    snprintf(w->path, sizeof w->path, "%s/update/journal.json", w->data);
}

static void world_release(struct world *w)
{
    assert_int_equal(tree_remove(AT_FDCWD, w->data, NULL), RC_OK);
}

static void sample(struct journal *j)
{
    *j = (struct journal){.state = JOURNAL_SWAPPED,
                          .app = "/Applications/Container \"Kit\".app",
                          .id = "0123456789abcdef",
                          .name = "ContainerKit.app",
                          .attempts = 2};
    assert_int_equal(semver_read("1.0.0-rc.1+b.7", 14, &j->before, NULL), RC_OK);
    assert_int_equal(semver_read("1.0.0", 5, &j->after, NULL), RC_OK);
    for (unsigned i = 0; i < sizeof j->hash; i++)
        j->hash[i] = (unsigned char)i;
}

static void put(const struct world *w, const char *text)
{
    char folder[80];
    int fd = -1;

    snprintf(folder, sizeof folder, "%s/update", w->data);
    (void)mkdir(folder, 0700);
    fd = open(w->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
}

TEST(journal_gives_back_what_it_was_given)
{
    struct world w = {0};
    struct journal j, got;
    struct stat st;

    world_init(&w);
    journal_read(w.data, &got);
    assert_int_equal(got.state, JOURNAL_NONE);
    sample(&j);
    for (int i = JOURNAL_READY; i < JOURNAL_STATE_COUNT; i++) {
        j.state = (enum journal_state)i;
        assert_int_equal(journal_write(w.data, &j, NULL), RC_OK);
        journal_read(w.data, &got);
        assert_int_equal(got.state, i);
        assert_string_equal(got.app, j.app);
        assert_string_equal(got.id, j.id);
        assert_string_equal(got.name, j.name);
        assert_true(semver_same(&got.before, &j.before) && semver_same(&got.after, &j.after));
        assert_memory_equal(got.hash, j.hash, sizeof j.hash);
        assert_int_equal(got.attempts, 2);
    }
    assert_int_equal(stat(w.path, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
    assert_int_equal(journal_remove(w.data, NULL), RC_OK);
    assert_int_equal(journal_remove(w.data, NULL), RC_OK); /* none any more */
    journal_read(w.data, &got);
    assert_int_equal(got.state, JOURNAL_NONE);
    world_release(&w);
}

/* The text with one field in place of the good one; NULL leaves the field out. */
static void print_changed(char *out, size_t size, const char *key, const char *value)
{
    static const char *const fields[][2] = {
        {"schema", "1"},         {"state", "\"READY\""},
        {"app", "\"/a/K.app\""}, {"id", "\"0123456789abcdef\""},
        {"name", "\"K.app\""},   {"old", "\"1.0.0\""},
        {"new", "\"1.1.0\""},    {"tree", "\"" GOOD_HASH "\""},
        {"attempts", "0"},
    };
    size_t len = (size_t)snprintf(out, size, "{");

    for (size_t i = 0; i < countof(fields); i++) {
        bool changed = strcmp(fields[i][0], key) == 0;

        if (changed && value == NULL)
            continue;
        len += (size_t)snprintf(out + len, size - len, "%s\"%s\": %s", len > 1 ? ", " : "",
                                fields[i][0], changed ? value : fields[i][1]);
    }
    snprintf(out + len, size - len, "}");
}

static enum journal_state state_of(const struct world *w, const char *text)
{
    struct journal got;

    put(w, text);
    journal_read(w->data, &got);
    return got.state;
}

TEST(journal_believes_no_field_that_is_not_as_it_writes_them)
{
    static const char *const bad[][2] = {
        {"schema", NULL},
        {"schema", "2"},
        {"schema", "\"1\""},
        {"state", NULL},
        {"state", "\"NONE\""},
        {"state", "\"ready\""},
        {"state", "null"},
        {"app", NULL},
        {"app", "\"\""},
        {"app", "\"a/K.app\""},
        {"app", "\"/a/K\""},
        {"app", "\"/.app\""},
        {"app", "\"/a/../b/K.app\""},
        {"app", "\"/a//K.app\""},
        {"app", "\"/a/./K.app\""},
        {"id", "\"0123456789abcde\""},
        {"id", "\"0123456789abcdef0\""},
        {"id", "\"0123456789ABCDEF\""},
        {"id", "\"../../../../etc1\""},
        {"name", "\".app\""},
        {"name", "\"..app\""},
        {"name", "\"a/K.app\""},
        {"name", "\"../K.app\""},
        {"name", "\"K\""},
        {"old", "\"1.0\""},
        {"new", "\"v1.1.0\""},
        {"new", "1"},
        {"tree", NULL},
        {"tree", "\"00\""},
        {"attempts", NULL},
        {"attempts", "-1"},
        {"attempts", "1.5"},
        {"attempts", "1001"},
    };
    struct world w = {0};
    char text[1024];

    world_init(&w);
    print_changed(text, sizeof text, "", NULL);
    assert_int_equal(state_of(&w, text), JOURNAL_READY);
    for (size_t i = 0; i < countof(bad); i++) {
        print_changed(text, sizeof text, bad[i][0], bad[i][1]);
        if (state_of(&w, text) != JOURNAL_NONE)
            fail_msg("%s: %s", bad[i][0], bad[i][1]);
    }
    world_release(&w);
}

TEST(journal_that_was_cut_or_is_no_file_counts_as_none)
{
    struct world w = {0};
    struct journal got;
    char text[1024], cut[1024];

    world_init(&w);
    print_changed(text, sizeof text, "", NULL);
    for (size_t len = 0; len < strlen(text); len++) {
        snprintf(cut, sizeof cut, "%.*s", (int)len, text);
        assert_int_equal(state_of(&w, cut), JOURNAL_NONE);
    }
    assert_int_equal(unlink(w.path), 0);
    assert_int_equal(symlink("/etc/passwd", w.path), 0);
    journal_read(w.data, &got);
    assert_int_equal(got.state, JOURNAL_NONE);
    assert_int_equal(unlink(w.path), 0);
    assert_int_equal(mkfifo(w.path, 0600), 0);
    journal_read(w.data, &got); /* and it does not wait */
    assert_int_equal(got.state, JOURNAL_NONE);
    world_release(&w);
}

SUITE(journal, T(journal_gives_back_what_it_was_given),
      T(journal_believes_no_field_that_is_not_as_it_writes_them),
      T(journal_that_was_cut_or_is_no_file_counts_as_none))
