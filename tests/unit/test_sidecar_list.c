/* test_sidecar_list.c - the list of the bundled engine: one way to write a tree, all else refused.
 */
#include "core/base/buf.h"
#include "core/engine/sidecar_list.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

#define HEAD "container-sidecar 1\nversion 1.2.2\nteam ABCDE12345\n"
#define HASH "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define TREE "0755\td\t-\t.\n0755\td\t-\tbin\n0755\tf\t" HASH "\tbin/container\n"
#define LIB "0755\td\t-\tlib\n"

static enum rc parse(const char *text, struct sidecar_list *list, struct fault *why)
{
    return sidecar_list_parse(text, strlen(text), list, why);
}

TEST(sidecar_list_reads_folders_files_and_links)
{
    static const char text[] = HEAD TREE LIB "-\tl\t../bin/container\tlib/a link\n";
    struct sidecar_list list;
    const struct sidecar_entry *e;

    assert_int_equal(parse(text, &list, NULL), RC_OK);
    assert_string_equal(list.version, "1.2.2");
    assert_string_equal(list.team, "ABCDE12345");
    assert_int_equal(list.count, 5);
    e = sidecar_list_find(&list, "bin/container");
    assert_non_null(e);
    assert_int_equal(e->kind, SIDECAR_FILE);
    assert_int_equal(e->mode, 0755);
    assert_int_equal(e->hash[0], 0xe3);
    assert_int_equal(e->hash[31], 0x55);
    e = sidecar_list_find(&list, "lib/a link");
    assert_non_null(e);
    assert_int_equal(e->kind, SIDECAR_LINK);
    assert_string_equal(e->target, "../bin/container");
    assert_int_equal(sidecar_list_find(&list, ".")->kind, SIDECAR_FOLDER);
    assert_null(sidecar_list_find(&list, "bin/"));
    assert_null(sidecar_list_find(&list, ""));
    sidecar_list_release(&list);
}

TEST(sidecar_list_needs_no_team)
{
    static const char text[] = "container-sidecar 1\nversion 1\nteam -\n" TREE;
    struct sidecar_list list;

    assert_int_equal(parse(text, &list, NULL), RC_OK);
    assert_string_equal(list.team, "");
    sidecar_list_release(&list);
}

TEST(sidecar_list_of_other_bytes_has_another_identity)
{
    struct sidecar_list a, b;

    assert_int_equal(parse(HEAD TREE, &a, NULL), RC_OK);
    assert_int_equal(parse(HEAD TREE LIB, &b, NULL), RC_OK);
    assert_memory_not_equal(a.identity, b.identity, sizeof a.identity);
    sidecar_list_release(&a);
    sidecar_list_release(&b);
}

/* What is wrong with each is in the sentence, with its line where there is one. */
TEST(sidecar_list_refuses_what_is_no_list)
{
    static const struct {
        const char *text, *sentence;
    } bad[] = {
        {"", "cut off"},
        {HEAD TREE "0755\td\t-\tlib", "cut off"},
        {"container-sidecar 2\nversion 1\nteam -\n" TREE, "line 1"},
        {"container-sidecar 1\n", "line 1"},
        {"container-sidecar 1\nversion \nteam -\n" TREE, "line 2"},
        {"container-sidecar 1\nversion ../1\nteam -\n" TREE, "line 2"},
        {"container-sidecar 1\nversion .1\nteam -\n" TREE, "line 2"},
        {"container-sidecar 1\nversion 123456789012345678901234567890123\nteam -\n" TREE, "line 2"},
        {"container-sidecar 1\nversion 1\nteam abcde12345\n" TREE, "line 3"},
        {"container-sidecar 1\nversion 1\nteam ABCDE1234\n" TREE, "line 3"},
        {"container-sidecar 1\nversion 1\nteam ABCDE1234\"\n" TREE, "line 3"},
        {HEAD, "has no bin/container"},
        {HEAD "0755\td\t-\tbin\n0755\tf\t" HASH "\tbin/container\n", "line 4"},
        {HEAD "0755\tf\t" HASH "\t.\n", "line 4"},
        {HEAD "0755\td\t-\t.\n0755\td\t-\tbin\n", "has no bin/container"},
        {HEAD "0755\td\t-\t.\n0755\td\t-\tbin\n0644\tf\t" HASH "\tbin/container\n",
         "has no bin/container"},
        {HEAD "0755\td\t-\t.\n0755\tf\t" HASH "\tbin/container\n", "folder is not in the list"},
        {HEAD TREE "0755\td\t-\tbin\n", "line 7 of the list of the bundled engine: not in order"},
        {HEAD TREE "0755\td\t-\ta\n", "not in order"},
        {HEAD TREE "\n", "not four fields"},
        {HEAD TREE "0755\td\tlib\n", "not four fields"},
        {HEAD TREE "0755\td\t-\tlib\tx\n", "not a path"},
        {HEAD TREE "0755 d - lib\n", "not four fields"},
        {HEAD TREE "755\td\t-\tlib\n", "not a mode"},
        {HEAD TREE "4755\td\t-\tlib\n", "not a mode"},
        {HEAD TREE "1755\td\t-\tlib\n", "not a mode"},
        {HEAD TREE "0757\td\t-\tlib\n", "not a mode"},
        {HEAD TREE "0775\td\t-\tlib\n", "not a mode"},
        {HEAD TREE "0758\td\t-\tlib\n", "not a mode"},
        {HEAD TREE "0755\tc\t-\tlib\n", "no known kind"},
        {HEAD TREE "0755\td\t" HASH "\tlib\n", "no known kind"},
        {HEAD TREE "0644\tf\t-\tlib\n", "no known kind"},
        {HEAD TREE "0644\tf\tE3B0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\tl\n",
         "no known kind"},
        {HEAD TREE "0755\td\t-\t/lib\n", "not a path"},
        {HEAD TREE "0755\td\t-\tlib/\n", "not a path"},
        {HEAD TREE "0755\td\t-\tbin//x\n", "not a path"},
        {HEAD TREE "0755\td\t-\tbin/./x\n", "not a path"},
        {HEAD TREE "0755\td\t-\tbin/../x\n", "not a path"},
        {HEAD TREE "0755\td\t-\tlib/..\n", "not a path"},
        {HEAD TREE "0755\td\t-\tli\rb\n", "not a path"},
        {HEAD TREE "0755\td\t-\tli\033b\n", "not a path"},
        {HEAD TREE "0755\td\t-\tc/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s\n", "not a path"},
        {HEAD TREE "0777\tl\tbin\tlib\n", "not a link"},
        {HEAD TREE "-\tl\t/bin\tlib\n", "not a link"},
        {HEAD TREE "-\tl\t..\tlib\n", "does not stay inside"},
        {HEAD TREE "-\tl\tbin/../../x\tlib\n", "does not stay inside"},
        {HEAD TREE "-\tl\tmissing\tlib\n", "does not stay inside"},
        {HEAD TREE "-\tl\tbin/container/x\tlib\n", "does not stay inside"},
        /* one link after the other would lead out: sub/up is the tree itself */
        {HEAD TREE LIB "0755\td\t-\tlib/sub\n-\tl\t../..\tlib/sub/up\n-\tl\tup/..\tlib/sub/w\n",
         "does not stay inside"},
    };

    for (size_t i = 0; i < countof(bad); i++) {
        struct sidecar_list list;
        struct fault why = {0};

        if (parse(bad[i].text, &list, &why) != RC_PARSE ||
            strstr(why.text, bad[i].sentence) == NULL)
            fail_msg("%s: \"%s\"", bad[i].text, why.text);
        assert_int_equal(list.count, 0);
    }
}

TEST(sidecar_list_refuses_a_zero_byte)
{
    static const char text[] = HEAD TREE "0755\td\t-\tli\0b\n";
    struct sidecar_list list;

    assert_int_equal(sidecar_list_parse(text, sizeof text - 1, &list, NULL), RC_PARSE);
}

TEST(sidecar_list_takes_links_that_stay_inside)
{
    static const char *const links[] = {"bin", "./bin/container", "bin/..", "bin/../bin//container",
                                        "."};
    char text[1024];

    for (size_t i = 0; i < countof(links); i++) {
        struct sidecar_list list;
        struct fault why = {0};

        snprintf(text, sizeof text, HEAD TREE "-\tl\t%s\tlib\n", links[i]);
        if (parse(text, &list, &why) != RC_OK)
            fail_msg("%s: %s", links[i], why.text);
        sidecar_list_release(&list);
    }
}

TEST(sidecar_list_has_its_caps)
{
    struct sidecar_list list;
    struct buf b;

    buf_init(&b, SIDECAR_LIST_MAX + 1);
    assert_int_equal(buf_text_add(&b, HEAD TREE), RC_OK);
    for (int i = 3; i < SIDECAR_ENTRIES_MAX; i++)
        assert_int_equal(buf_print(&b, "0644\tf\t" HASH "\tc%05d\n", i), RC_OK);
    assert_int_equal(sidecar_list_parse(b.data, b.len, &list, NULL), RC_OK);
    assert_int_equal(list.count, SIDECAR_ENTRIES_MAX);
    sidecar_list_release(&list);
    assert_int_equal(buf_text_add(&b, "0644\tf\t" HASH "\td\n"), RC_OK);
    assert_int_equal(sidecar_list_parse(b.data, b.len, &list, NULL), RC_TOO_BIG);
    while (b.len <= SIDECAR_LIST_MAX)
        assert_int_equal(buf_text_add(&b, "\n"), RC_OK);
    assert_int_equal(sidecar_list_parse(b.data, b.len, &list, NULL), RC_TOO_BIG);
    buf_release(&b);
}

SUITE(sidecar_list, T(sidecar_list_reads_folders_files_and_links), T(sidecar_list_needs_no_team),
      T(sidecar_list_of_other_bytes_has_another_identity), T(sidecar_list_refuses_what_is_no_list),
      T(sidecar_list_refuses_a_zero_byte), T(sidecar_list_takes_links_that_stay_inside),
      T(sidecar_list_has_its_caps))
