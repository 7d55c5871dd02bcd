/* test_plist.c - plist.h: what is read, and that a list which two readers could take in two ways is
 * refused. */
#include "core/base/mem.h"
#include "core/update/plist.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\">\n<dict>"
#define TAIL "</dict>\n</plist>\n"

/* In memory of just that size, so that the sanitizer sees one byte too far. */
static enum refusal_class judged(const char *text, struct plist_text *wanted)
{
    struct refusal why = {0};
    size_t len = strlen(text);
    char *exact = mem_new(len);
    enum rc rc = RC_OK;

    memcpy(exact, text, len);
    rc = plist_read(exact, len, wanted, 1, &why);
    assert_true((rc == RC_OK) == (why.class == REFUSAL_NONE));
    mem_free(exact);
    return why.class;
}

static enum refusal_class inside(const char *text, struct plist_text *wanted)
{
    char whole[2048];

    snprintf(whole, sizeof whole, HEAD "%s" TAIL, text);
    return judged(whole, wanted);
}

TEST(plist_finds_a_text_at_the_top_alone)
{
    struct plist_text t = {.key = "k"};

    assert_int_equal(inside("<key>k</key><string>v</string>", &t), REFUSAL_NONE);
    assert_true(t.found);
    assert_string_equal(t.text, "v");
    assert_int_equal(inside("<!-- a --><key>a</key> <dict><key>k</key><string>v</string></dict>\n"
                            "<key>b</key><array><true/><dict/><integer>1</integer></array>"
                            "<key>K</key><string>&lt;&#65;</string>",
                            &t),
                     REFUSAL_NONE);
    assert_false(t.found);
    assert_string_equal(t.text, "");
}

TEST(plist_refuses_values_that_are_no_plain_text)
{
    static const char *const bad[] = {
        "<key>k</key><true/>",
        "<key>k</key><string/>",
        "<key>k</key><integer>1</integer>",
        "<key>k</key><string>&amp;</string>",
        "<key>k</key><string><![CDATA[v]]></string>",
        "<key>k</key><string>a<!-- b -->c</string>",
        "<key>k</key><string>v</string><key>k</key><string>v</string>",
        "<key>k</key>",
        "<string>v</string>",
        "<key>a</key><key>b</key>",
        "<key>a</key><unknown/>",
        "<key>a</key><array><true/>",
        "<key>a<b></key><true/>",
        "<!-- a -- b --><key>a</key><true/>",
        "<!-- ",
        "text",
    };
    struct plist_text t = {.key = "k"};

    for (size_t i = 0; i < countof(bad); i++) {
        if (inside(bad[i], &t) != REFUSAL_BUNDLE)
            fail_msg("%s", bad[i]);
    }
}

TEST(plist_refuses_other_documents)
{
    static const char *const bad[] = {
        "",
        "bplist00",
        HEAD,
        "\xef\xbb\xbf" HEAD TAIL,
        HEAD "\xff" TAIL,
        HEAD "\x01" TAIL,
        HEAD TAIL "x",
        HEAD TAIL HEAD TAIL,
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?><plist version=\"1.0\"><dict></dict></plist>",
        "<!DOCTYPE plist [<!ENTITY k 'v'>]><plist version=\"1.0\"><dict></dict></plist>",
        "<plist version=\"1.0\"><array></array></plist>",
        "<dict></dict>",
    };
    struct plist_text t = {.key = "k"};

    for (size_t i = 0; i < countof(bad); i++) {
        if (judged(bad[i], &t) != REFUSAL_BUNDLE)
            fail_msg("%s", bad[i]);
    }
    assert_int_equal(judged("<plist version=\"1.0\"><dict></dict></plist>", &t), REFUSAL_NONE);
}

TEST(plist_keeps_its_caps)
{
    struct plist_text t = {.key = "k"};
    char text[1024], long_text[PLIST_TEXT_MAX + 2];
    char *large = mem_new(PLIST_MAX + 1);

    memset(long_text, 'v', sizeof long_text);
    snprintf(text, sizeof text, "<key>k</key><string>%.*s</string>", PLIST_TEXT_MAX, long_text);
    assert_int_equal(inside(text, &t), REFUSAL_NONE);
    snprintf(text, sizeof text, "<key>k</key><string>%.*s</string>", PLIST_TEXT_MAX + 1, long_text);
    assert_int_equal(inside(text, &t), REFUSAL_BUNDLE);
    for (int depth = PLIST_DEPTH - 2; depth <= PLIST_DEPTH;
         depth++) { /* beside the top and the value */
        int len = snprintf(text, sizeof text, "<key>a</key>");

        for (int i = 0; i < depth; i++)
            len += snprintf(text + len, sizeof text - (size_t)len, "<array>");
        len += snprintf(text + len, sizeof text - (size_t)len, "<true/>");
        for (int i = 0; i < depth; i++)
            len += snprintf(text + len, sizeof text - (size_t)len, "</array>");
        assert_int_equal(inside(text, &t),
                         depth + 2 <= PLIST_DEPTH ? REFUSAL_NONE : REFUSAL_BUNDLE);
    }
    assert_int_equal(plist_read(large, PLIST_MAX + 1, &t, 1, NULL), RC_TOO_BIG);
    mem_free(large);
}

SUITE(plist, T(plist_finds_a_text_at_the_top_alone), T(plist_refuses_values_that_are_no_plain_text),
      T(plist_refuses_other_documents), T(plist_keeps_its_caps))
