/* test_archive_names.c - archive_names.h: where entries may lie and what links may name. */
#include "core/update/archive_names.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

static enum refusal_class add(struct archive_names *names, enum tar_kind kind, const char *path,
                              const char *target)
{
    const struct tar_entry e = {
        .kind = kind, .path = {path, strlen(path)}, .link = {target, strlen(target)}};
    struct refusal why = {0};
    enum rc rc = archive_names_add(names, &e, &why);

    assert_true((rc == RC_OK) == (why.class == REFUSAL_NONE));
    return why.class;
}

static enum refusal_class alone(enum tar_kind kind, const char *path, const char *target)
{
    struct archive_names names = {0};
    enum refusal_class class = add(&names, kind, path, target);

    archive_names_release(&names);
    return class;
}

TEST(archive_names_are_kept_with_their_parents_in_front)
{
    static const char *const want[] = {"A.app", "A.app/b", "A.app/b/c", "A.app/d"};
    struct archive_names names = {0};

    assert_int_equal(add(&names, TAR_FILE, "./A.app/b/c", ""), REFUSAL_NONE);
    assert_int_equal(add(&names, TAR_FOLDER, "A.app/b/", ""), REFUSAL_NONE); /* is there */
    assert_int_equal(add(&names, TAR_LINK, "A.app/d", "b/c"), REFUSAL_NONE);
    assert_int_equal(names.count, countof(want));
    for (size_t i = 0; i < countof(want); i++)
        assert_string_equal(names.list[i].path, want[i]);
    assert_int_equal(names.list[1].kind, TAR_FOLDER);
    assert_int_equal(names.list[2].kind, TAR_FILE);
    assert_null(names.list[2].target);
    assert_string_equal(names.list[3].target, "b/c");
    archive_names_release(&names);
}

TEST(archive_names_refuse_paths)
{
    static const char *const bad[] = {"",
                                      ".",
                                      "/",
                                      "./",
                                      "/A.app/x",
                                      "../A.app/x",
                                      "A.app/../x",
                                      "A.app/./x",
                                      "A.app//x",
                                      "A.app/x//",
                                      "A.app/..",
                                      "././A.app/x",
                                      "A/x",
                                      ".app/x",
                                      ".A.app/x",
                                      "A.APP/x",
                                      "A.app\\x",
                                      "A.app/x\n",
                                      "A.app/\x7f",
                                      "A.app/\x80x",
                                      "A.app/._x",
                                      "A.app/.DS_Store",
                                      "A.app/__MACOSX/x"};

    for (size_t i = 0; i < countof(bad); i++)
        assert_int_equal(alone(TAR_FILE, bad[i], ""), REFUSAL_PATH);
    assert_int_equal(alone(TAR_FILE, "A.app", ""), REFUSAL_PATH); /* the app itself is a folder */
    assert_int_equal(alone(TAR_FOLDER, "A.app", ""), REFUSAL_NONE);
}

TEST(archive_names_refuse_what_stands_twice)
{
    static const struct {
        enum tar_kind kind;
        const char *path;
    } bad[] = {{TAR_FILE, "A.app/f"},   {TAR_FILE, "A.app/F"},    {TAR_FOLDER, "A.app/f"},
               {TAR_FILE, "A.app/f/x"}, {TAR_FILE, "A.app/B"},    {TAR_FILE, "A.app/b"},
               {TAR_FILE, "A.app/B/y"}, {TAR_FOLDER, "A.app/B"},  {TAR_FILE, "A.app/l"},
               {TAR_FILE, "A.app/l/x"}, {TAR_FOLDER, "A.app/l/"}, {TAR_FILE, "a.app/x"},
               {TAR_FILE, "B.app/x"}};

    for (size_t i = 0; i < countof(bad); i++) {
        struct archive_names names = {0};

        assert_int_equal(add(&names, TAR_FILE, "A.app/f", ""), REFUSAL_NONE);
        assert_int_equal(add(&names, TAR_FILE, "A.app/b/x", ""), REFUSAL_NONE);
        assert_int_equal(add(&names, TAR_LINK, "A.app/l", "b"), REFUSAL_NONE);
        assert_int_equal(add(&names, bad[i].kind, bad[i].path, ""), REFUSAL_PATH);
        archive_names_release(&names);
    }
}

TEST(archive_names_keep_links_inside)
{
    static const struct {
        const char *path, *target;
        enum refusal_class want;
    } cases[] = {
        {"A.app/l", "x", REFUSAL_NONE},         {"A.app/l", "x/y", REFUSAL_NONE},
        {"A.app/l", "../x", REFUSAL_LINK},      {"A.app/b/l", "../x", REFUSAL_NONE},
        {"A.app/b/l", "../../x", REFUSAL_LINK}, {"A.app/b/c/l", "../../x", REFUSAL_NONE},
        {"A.app/b/l", "x/../y", REFUSAL_LINK},  {"A.app/b/l", ".", REFUSAL_LINK},
        {"A.app/b/l", "..", REFUSAL_LINK},      {"A.app/b/l", "../", REFUSAL_LINK},
        {"A.app/b/l", "", REFUSAL_LINK},        {"A.app/b/l", "/x", REFUSAL_LINK},
        {"A.app/b/l", "x/", REFUSAL_LINK},      {"A.app/b/l", "./x", REFUSAL_LINK},
        {"A.app/b/l", "x\n", REFUSAL_LINK},     {"A.app", "x", REFUSAL_LINK},
    };

    for (size_t i = 0; i < countof(cases); i++) {
        if (alone(TAR_LINK, cases[i].path, cases[i].target) != cases[i].want)
            fail_msg("%s -> %s", cases[i].path, cases[i].target);
    }
}

TEST(archive_names_keep_their_caps)
{
    char path[2 * ARCHIVE_PATH_MAX] = "A.app", part[ARCHIVE_PART_MAX + 2];
    struct archive_names names = {0};

    for (size_t i = 1; i < ARCHIVE_DEPTH_MAX; i++)
        memcpy(path + strlen(path), "/d", 3);
    assert_int_equal(alone(TAR_FILE, path, ""), REFUSAL_NONE);
    memcpy(path + strlen(path), "/d", 3);
    assert_int_equal(alone(TAR_FILE, path, ""), REFUSAL_PATH);
    memset(part, 'n', sizeof part);
    snprintf(path, sizeof path, "A.app/%.*s", ARCHIVE_PART_MAX, part);
    assert_int_equal(alone(TAR_FILE, path, ""), REFUSAL_NONE);
    snprintf(path, sizeof path, "A.app/%.*s", ARCHIVE_PART_MAX + 1, part);
    assert_int_equal(alone(TAR_FILE, path, ""), REFUSAL_PATH);
    for (int i = 1; i < ARCHIVE_NAMES_MAX; i++) { /* the app is one */
        snprintf(path, sizeof path, "A.app/%d", i);
        assert_int_equal(add(&names, TAR_FILE, path, ""), REFUSAL_NONE);
    }
    assert_int_equal(add(&names, TAR_FILE, "A.app/last", ""), REFUSAL_SIZE);
    archive_names_release(&names);
}

SUITE(archive_names, T(archive_names_are_kept_with_their_parents_in_front),
      T(archive_names_refuse_paths), T(archive_names_refuse_what_stands_twice),
      T(archive_names_keep_links_inside), T(archive_names_keep_their_caps))
