/* test_comment.c - comment.h: the grammar, and what binds a comment to what is wanted. */
#include "core/base/mem.h"
#include "core/update/comment_text.h"
#include "tests/unit/unit.h"
#include <string.h>

static void good(const char *text, struct comment *out)
{
    struct refusal why = {0};

    if (comment_text(text, strlen(text), out, &why) != RC_OK)
        fail_msg("%s: %s", text, why.fault.text);
}

static void bad(const char *text)
{
    struct comment c;
    struct refusal why = {0};
    char *exact = mem_new(strlen(text)); /* so that the sanitizer sees one byte too far */

    memcpy(exact, text, strlen(text));
    if (comment_text(exact, strlen(text), &c, &why) != RC_PARSE)
        fail_msg("accepted: %s", text);
    assert_int_equal(why.class, REFUSAL_COMMENT);
    mem_free(exact);
}

static void is(struct comment_field f, const char *text)
{
    assert_non_null(f.at);
    assert_int_equal(f.len, strlen(text));
    assert_memory_equal(f.at, text, f.len);
}

TEST(comment_reads_the_fields_it_knows)
{
    struct comment c;

    good("timestamp:1795000000\tfile:a b:c\tversion:v1.2.0\ttarget:\thashed\tnew:x\tprehashed", &c);
    assert_true(c.has_timestamp && c.timestamp == 1795000000);
    is(c.file, "a b:c");
    is(c.target, "");
    assert_true(c.has_version);
    assert_string_equal(c.version.text, "1.2.0");
    good("hashed", &c);
    assert_true(!c.has_timestamp && !c.has_version && c.file.at == NULL && c.target.at == NULL);
    good("hashed\thashed\tFile:x\tfile2:x\tfil:x", &c);
    assert_null(c.file.at);
    good("timestamp:999999999999999", &c);
    assert_true(c.timestamp == 999999999999999);
    good("timestamp:000", &c);
    assert_true(c.has_timestamp && c.timestamp == 0);
}

TEST(comment_refuses_other_words_and_anything_twice)
{
    static const char *const texts[] = {
        "",
        "signed by hand",
        "Hashed",
        "file:a\t",
        "\tfile:a",
        "file:a\t\tversion:1.0.0",
        "file:a\tfile:a",
        "version:1.0.0\tx:1\tversion:2.0.0",
        "x:\ty:1\tx:",
        "version:",
        "version:1.2",
        "version:vv1.2.0",
        "version: 1.2.0",
        "timestamp:",
        "timestamp:1000000000000000",
        "timestamp:-1",
        "timestamp:1 ",
    };

    for (size_t i = 0; i < countof(texts); i++)
        bad(texts[i]);
}

static enum refusal_class judged(const char *text, const struct comment_wanted *want)
{
    struct comment c;
    struct refusal why = {0};

    good(text, &c);
    if (comment_check(&c, want, &why) != RC_OK)
        assert_true(why.class != REFUSAL_NONE && why.fault.text[0] != '\0');
    return why.class;
}

TEST(comment_binds_version_target_and_file)
{
    struct semver version;
    struct comment_wanted want = {&version, "a.tar.gz", "linux-x86_64", false};
    const char *const good_one = "file:a.tar.gz\tversion:1.2.0\ttarget:linux-x86_64";

    assert_int_equal(semver_read("1.2.0", 5, &version, NULL), RC_OK);
    assert_int_equal(judged(good_one, &want), REFUSAL_NONE);
    assert_int_equal(judged("file:a.tar.gz\ttarget:linux-x86_64", &want), REFUSAL_VERSION);
    assert_int_equal(judged("file:a.tar.gz\tversion:1.2.0+1\ttarget:linux-x86_64", &want),
                     REFUSAL_VERSION);
    assert_int_equal(judged("file:a.tar.gz\tversion:1.2.0", &want), REFUSAL_TARGET);
    assert_int_equal(judged("file:a.tar.gz\tversion:1.2.0\ttarget:linux-x86", &want),
                     REFUSAL_TARGET);
    assert_int_equal(judged("version:1.2.0\ttarget:linux-x86_64", &want), REFUSAL_FILE);
    assert_int_equal(judged("file:A.tar.gz\tversion:1.2.0\ttarget:linux-x86_64", &want),
                     REFUSAL_FILE);
    want.target_may_lack = true;
    assert_int_equal(judged("file:a.tar.gz\tversion:1.2.0", &want), REFUSAL_NONE);
    assert_int_equal(judged("file:a.tar.gz\tversion:1.2.0\ttarget:", &want), REFUSAL_TARGET);
    want.file = want.target = NULL;
    assert_int_equal(judged("version:v1.2.0\ttarget:x\tfile:y", &want), REFUSAL_NONE);
}

SUITE(comment, T(comment_reads_the_fields_it_knows),
      T(comment_refuses_other_words_and_anything_twice), T(comment_binds_version_target_and_file))
