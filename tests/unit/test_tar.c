/* test_tar.c - tar.h: what one header says, and what notes say about the next. */
#include "core/update/tar.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

/* A header of a file "a/b" of 5 bytes, with one field written over before its checksum is made. */
static void make(unsigned char block[TAR_BLOCK], size_t at, const char *bytes, size_t len)
{
    unsigned sum = 0;

    memset(block, 0, TAR_BLOCK);
    memcpy(block, "a/b", 3);
    memcpy(block + 100, "0000755", 7);
    memcpy(block + 124, "00000000005", 11);
    block[156] = '0';
    memcpy(block + 257, "ustar\00000", 8);
    if (len > 0)
        memcpy(block + at, bytes, len);
    memset(block + 148, ' ', 8);
    for (size_t i = 0; i < TAR_BLOCK; i++)
        sum += block[i];
    snprintf((char *)block + 148, 8, "%06o", sum);
}

static enum refusal_class judged(const unsigned char block[TAR_BLOCK], struct tar_header *h)
{
    struct refusal why = {0};
    enum rc rc = tar_header(block, h, &why);

    assert_true((rc == RC_OK) == (why.class == REFUSAL_NONE));
    return why.class;
}

static void expect_text(const char *bytes, size_t len, const char *want)
{
    assert_int_equal(len, strlen(want));
    assert_memory_equal(bytes, want, len);
}

TEST(tar_reads_a_header)
{
    unsigned char block[TAR_BLOCK];
    struct tar_header h;

    make(block, 0, "", 0);
    assert_int_equal(judged(block, &h), REFUSAL_NONE);
    assert_int_equal(h.kind, TAR_FILE);
    assert_int_equal(h.size, 5);
    assert_int_equal(h.mode, 0755);
    expect_text(h.name, h.name_len, "a/b");
    assert_int_equal(h.link_len, 0);
    make(block, 345, "pre/fix", 7);
    assert_int_equal(judged(block, &h), REFUSAL_NONE);
    expect_text(h.name, h.name_len, "pre/fix/a/b");
}

TEST(tar_reads_names_that_fill_their_fields)
{
    unsigned char block[TAR_BLOCK];
    struct tar_header h;
    char full[155];

    memset(full, 'n', sizeof full);
    make(block, 345, full, sizeof full);
    memset(block, 'n', 100);
    memset(block + 157, 'l', 100);
    memset(block + 148, ' ', 8);
    assert_int_equal(judged(block, &h), REFUSAL_ARCHIVE); /* the checksum has gone */
    {
        unsigned sum = 0;

        for (size_t i = 0; i < TAR_BLOCK; i++)
            sum += block[i];
        snprintf((char *)block + 148, 8, "%06o", sum);
    }
    assert_int_equal(judged(block, &h), REFUSAL_NONE);
    assert_int_equal(h.name_len, 256);
    assert_int_equal(h.name[155], '/');
    assert_int_equal(h.link_len, 100);
}

TEST(tar_refuses_headers)
{
    static const struct {
        size_t at;
        const char *bytes;
        size_t len;
        enum refusal_class want;
    } cases[] = {
        {257, "ustaR", 5, REFUSAL_ARCHIVE},
        {262, "x", 1, REFUSAL_ARCHIVE},
        {124, "\200\0\0\0\0\0\0\0\0\0\0\5", 12, REFUSAL_ARCHIVE},
        {124, "            ", 12, REFUSAL_ARCHIVE},
        {124, "0 000000005", 11, REFUSAL_ARCHIVE},
        {100, "0000798", 7, REFUSAL_ARCHIVE},
        {156, "1", 1, REFUSAL_KIND},
        {156, "S", 1, REFUSAL_KIND},
        {156, "5", 1, REFUSAL_ARCHIVE}, /* a folder with bytes */
        {156, "2", 1, REFUSAL_ARCHIVE},
    };
    unsigned char block[TAR_BLOCK];
    struct tar_header h;

    for (size_t i = 0; i < countof(cases); i++) {
        make(block, cases[i].at, cases[i].bytes, cases[i].len);
        assert_int_equal(judged(block, &h), cases[i].want);
    }
}

TEST(tar_caps_notes_by_their_header)
{
    static const struct {
        char kind;
        unsigned long size;
        enum refusal_class want;
    } cases[] = {
        {'x', TAR_PAX_MAX, REFUSAL_NONE},  {'x', TAR_PAX_MAX + 1, REFUSAL_SIZE},
        {'g', TAR_PAX_MAX, REFUSAL_NONE},  {'g', TAR_PAX_MAX + 1, REFUSAL_SIZE},
        {'L', TAR_LONG_MAX, REFUSAL_NONE}, {'L', TAR_LONG_MAX + 1, REFUSAL_SIZE},
        {'K', TAR_LONG_MAX, REFUSAL_NONE}, {'K', TAR_LONG_MAX + 1, REFUSAL_SIZE},
    };
    unsigned char block[TAR_BLOCK];
    char fields[33 + 1];
    struct tar_header h;

    for (size_t i = 0; i < countof(cases); i++) {
        snprintf(fields, sizeof fields, "%011lo%c000000000000%c       ", cases[i].size, '\0', '\0');
        fields[32] = cases[i].kind; /* 156 - 124 */
        make(block, 124, fields, 33);
        assert_int_equal(judged(block, &h), cases[i].want);
        assert_true(cases[i].want != REFUSAL_NONE || tar_is_note(&h));
    }
}

static enum refusal_class noted(struct tar_notes *n, enum tar_kind kind, const char *bytes,
                                size_t len)
{
    struct tar_header h = {.kind = kind, .size = len};
    struct refusal why = {0};
    enum rc rc = tar_note(n, &h, bytes, &why);

    assert_true((rc == RC_OK) == (why.class == REFUSAL_NONE));
    return why.class;
}

TEST(tar_note_of_pax_is_stronger_than_gnu_than_the_header)
{
    struct tar_header h = {.kind = TAR_FILE, .size = 3, .name_len = 1, .name = "h"};
    struct tar_notes n = {0};
    struct tar_entry e;

    assert_true(tar_notes_empty(&n));
    assert_int_equal(tar_entry(&h, &n, &e, NULL), RC_OK);
    expect_text(e.path.bytes, e.path.len, "h");
    assert_int_equal(noted(&n, TAR_LONG_NAME, "gnu\0", 4), REFUSAL_NONE);
    assert_int_equal(tar_entry(&h, &n, &e, NULL), RC_OK);
    expect_text(e.path.bytes, e.path.len, "gnu");
    assert_int_equal(noted(&n, TAR_PAX, "12 path=pax\n9 size=3\n", 21), REFUSAL_NONE);
    assert_int_equal(tar_entry(&h, &n, &e, NULL), RC_OK);
    expect_text(e.path.bytes, e.path.len, "pax");
    h.size = 4;
    assert_int_equal(tar_entry(&h, &n, &e, NULL), RC_PARSE); /* two sizes */
    assert_false(tar_notes_empty(&n));
    tar_notes_release(&n);
    assert_true(tar_notes_empty(&n));
}

TEST(tar_refuses_records_that_are_not_exact)
{
    static const char *const bad[] = {"path=x\n",
                                      "0 path=x\n",
                                      "10 path=xy\n",
                                      "8 path=x\n",
                                      "9 path=x",
                                      "09 path=x\n",
                                      "-9 path=x\n",
                                      "5 =x\n",
                                      "7 path\n",
                                      "9  path=x\n",
                                      "9 path=x\n9 path=y\n",
                                      "11 size=-1\n",
                                      "9 size=x\n",
                                      "9 path=x\nx",
                                      "9",
                                      "18446744073709551625 path=x\n"};

    for (size_t i = 0; i < countof(bad); i++) {
        struct tar_notes n = {0};

        assert_int_equal(noted(&n, TAR_PAX, bad[i], strlen(bad[i])), REFUSAL_ARCHIVE);
        tar_notes_release(&n);
    }
}

TEST(tar_takes_one_note_of_a_kind)
{
    static const enum tar_kind kinds[] = {TAR_PAX, TAR_LONG_NAME, TAR_LONG_LINK};

    for (size_t i = 0; i < countof(kinds); i++) {
        struct tar_notes n = {0};

        assert_int_equal(noted(&n, kinds[i], "", 0), REFUSAL_NONE);
        assert_int_equal(noted(&n, kinds[i], "", 0), REFUSAL_ARCHIVE);
        tar_notes_release(&n);
    }
}

TEST(tar_note_for_all_names_nothing)
{
    struct tar_notes n = {0};

    assert_int_equal(noted(&n, TAR_PAX_GLOBAL, "12 comment=\n", 12), REFUSAL_NONE);
    assert_int_equal(noted(&n, TAR_PAX_GLOBAL, "9 path=x\n", 9), REFUSAL_ARCHIVE);
    assert_int_equal(noted(&n, TAR_PAX_GLOBAL, "9 size=5\n", 9), REFUSAL_ARCHIVE);
    assert_int_equal(noted(&n, TAR_PAX_GLOBAL, "14 linkpath=x\n", 14), REFUSAL_ARCHIVE);
    assert_int_equal(noted(&n, TAR_PAX_GLOBAL, "16 GNU.sparse=1\n", 16), REFUSAL_KIND);
    assert_true(tar_notes_empty(&n));
}

SUITE(tar, T(tar_reads_a_header), T(tar_reads_names_that_fill_their_fields), T(tar_refuses_headers),
      T(tar_caps_notes_by_their_header), T(tar_note_of_pax_is_stronger_than_gnu_than_the_header),
      T(tar_refuses_records_that_are_not_exact), T(tar_takes_one_note_of_a_kind),
      T(tar_note_for_all_names_nothing))
