/* test_manifest.c - moment.h, address.h, strict_json.h and manifest.h: the edges, in memory that
 * ends where the text does. The long lists are in tests/update/manifests.py. */
#include "core/base/mem.h"
#include "core/update/manifest.h"
#include "core/update/moment.h"
#include "core/update/strict_json.h"
#include "tests/unit/unit.h"
#include <string.h>

static int64_t moment(const char *text)
{
    int64_t s = 0;

    if (!moment_read(text, &s))
        fail_msg("refused: %s", text);
    return s;
}

TEST(moment_counts_seconds_of_the_calendar)
{
    assert_int_equal(moment("1970-01-01T00:00:00Z"), 0);
    assert_int_equal(moment("1969-12-31T23:59:59.999z"), -1);
    assert_int_equal(moment("2000-02-29t12:00:00Z"), 951825600);
    assert_int_equal(moment("2026-11-18T09:30:00+01:30"), 1794988800);
    assert_int_equal(moment("2026-11-17T22:30:00-09:30"), 1794988800);
    assert_int_equal(moment("0000-01-01T00:00:00Z"), -62167219200);
    assert_int_equal(moment("0000-12-31T00:00:00Z"), -62135683200);
    assert_int_equal(moment("9999-12-31T23:59:60Z"), 253402300800);
}

TEST(moment_refuses_what_no_calendar_has)
{
    static const char *const bad[] = {"",
                                      "2026",
                                      "2026-11-18",
                                      "2026-00-18T00:00:00Z",
                                      "2026-13-18T00:00:00Z",
                                      "2026-04-31T00:00:00Z",
                                      "1900-02-29T00:00:00Z",
                                      "2026-11-00T00:00:00Z",
                                      "2026-11-18T00:60:00Z",
                                      "2026-11-18T00:00:61Z",
                                      "2026-11-18T00:00:00",
                                      "2026-11-18T00:00:00ZZ",
                                      "2026-11-18T00:00:00+24:00",
                                      "2026-11-18T00:00:00+1:00",
                                      "+026-11-18T00:00:00Z"};
    int64_t s = 0;

    for (size_t i = 0; i < countof(bad); i++) {
        if (moment_read(bad[i], &s))
            fail_msg("accepted: %s", bad[i]);
    }
}

TEST(address_knows_the_name_at_its_end)
{
    const struct address_hosts hosts = {{"example.org", "b.example.org"}, 2};
    struct address a;
    struct refusal why = {0};

    assert_int_equal(address_read("https://B.example.org:443/x/a.tar.gz?y/z", &hosts, &a, &why),
                     RC_OK);
    assert_int_equal(a.file_len, 8);
    assert_memory_equal(a.text + a.file, "a.tar.gz", 8);
    assert_int_equal(address_read("https://example.org/x/", &hosts, &a, &why), RC_OK);
    assert_int_equal(a.file_len, 0);
    assert_int_equal(address_read("https://c.example.org/x", &hosts, &a, &why), RC_DENIED);
    assert_int_equal(why.class, REFUSAL_URL);
    assert_string_equal(a.text, "");
}

static enum refusal_class json_judged(const char *text)
{
    cJSON *tree = NULL;
    struct refusal why = {0};
    size_t len = strlen(text);
    char *exact = mem_new(len); /* so that the sanitizer sees one byte too far */
    enum rc rc = RC_OK;

    memcpy(exact, text, len);
    rc = strict_json(exact, len, &tree, &why);
    assert_true((rc == RC_OK) == (tree != NULL));
    cJSON_Delete(tree);
    mem_free(exact);
    return why.class;
}

TEST(strict_json_stops_at_the_end_of_its_bytes)
{
    static const char text[] = "{\"a\":[1,-2.5e+3,true,null,\"\\u00e4\\n\"],\"b\":{}}";
    char part[sizeof text];

    assert_int_equal(json_judged(text), REFUSAL_NONE);
    for (size_t len = 0; len < sizeof text - 1; len++) {
        memcpy(part, text, len);
        part[len] = '\0';
        assert_int_equal(json_judged(part), REFUSAL_JSON);
    }
}

TEST(strict_json_refuses_a_key_that_stands_twice_anywhere)
{
    assert_int_equal(json_judged("{\"a\":1,\"A\":1}"), REFUSAL_NONE);
    assert_int_equal(json_judged("{\"a\":1,\"\\u0061\":1}"), REFUSAL_JSON);
    assert_int_equal(json_judged("{\"x\":[{\"a\":1,\"b\":1,\"a\":1}]}"), REFUSAL_JSON);
    assert_int_equal(json_judged("{\"\":1,\"\":1}"), REFUSAL_JSON);
    assert_int_equal(json_judged("[]"), REFUSAL_JSON);
}

/* The host all tests below ask for, with version 1.1.0. */
static enum rc decide(const char *text, enum manifest_profile profile, struct offer *out,
                      struct refusal *why)
{
    struct semver current;
    const struct address_hosts hosts = {{"example.org"}, 1};
    const struct manifest_host host = {
        .current = &current, .target = "t", .system = "26.1", .hosts = &hosts, .now_s = 100};
    struct manifest *m = NULL;
    enum rc rc = RC_OK;

    *why = (struct refusal){0};
    assert_int_equal(semver_read("1.1.0", 5, &current, NULL), RC_OK);
    rc = manifest_read(text, strlen(text), profile, "org.example.demo", &m, why);
    assert_true((rc == RC_OK) == (m != NULL));
    if (rc == RC_OK)
        rc = manifest_decide(m, &host, out, why);
    out->signature = out->notes = NULL; /* they were the manifest's */
    manifest_free(m);
    return rc;
}

#define ENTRY "\"platforms\":{\"t\":{\"url\":\"https://example.org/a\",\"signature\":\"x\"}}"

TEST(manifest_offers_what_is_newer_and_for_us)
{
    struct offer o;
    struct refusal why;

    assert_int_equal(decide("{\"version\":\"1.2.0\"," ENTRY "}", MANIFEST_TAURI, &o, &why), RC_OK);
    assert_int_equal(o.kind, OFFER_UPDATE);
    assert_string_equal(o.url.text, "https://example.org/a");
    assert_string_equal(o.version.text, "1.2.0");
    assert_true(o.size == 0 && !o.has_sha256 && !o.critical);
    assert_int_equal(decide("{\"version\":\"1.1.0\"," ENTRY "}", MANIFEST_TAURI, &o, &why), RC_OK);
    assert_int_equal(o.kind, OFFER_NOT_NEWER);
    assert_string_equal(offer_word(o.kind), "not-newer");
    assert_int_equal(
        decide("{\"version\":\"1.2.0\",\"platforms\":{\"u\":1}}", MANIFEST_TAURI, &o, &why), RC_OK);
    assert_int_equal(o.kind, OFFER_NO_ENTRY);
}

TEST(manifest_decides_in_a_fixed_order)
{
    static const struct {
        const char *text;
        enum refusal_class class;
    } cases[] = {
        {"{\"schema\":2,\"app_id\":\"x\"}", REFUSAL_SCHEMA},
        {"{\"app_id\":\"x\",\"version\":1}", REFUSAL_APP_ID},
        {"{\"version\":\"1\",\"notes\":1}", REFUSAL_VERSION},
        {"{\"version\":\"1.0.0\",\"notes\":1,\"expires\":\"1970-01-01T00:00:00Z\"}", REFUSAL_TYPE},
        {"{\"version\":\"1.0.0\",\"expires\":\"1970-01-01T00:01:40Z\",\"platforms\":1}",
         REFUSAL_EXPIRED},
        {"{\"version\":\"1.0.0\",\"platforms\":1}", REFUSAL_EXPIRED},
        {"{\"version\":\"1.0.0\",\"expires\":\"1970-01-01T00:01:41Z\",\"platforms\":1}",
         REFUSAL_TYPE},
        /* older: what is wrong with the entry no longer counts */
        {"{\"version\":\"1.0.0\",\"expires\":\"1970-01-01T00:01:41Z\",\"platforms\":{\"t\":1}}",
         REFUSAL_NONE},
        {"{\"version\":\"1.2.0\",\"expires\":\"1970-01-01T00:01:41Z\",\"platforms\":{\"t\":1}}",
         REFUSAL_TYPE},
    };
    struct offer o;
    struct refusal why;

    for (size_t i = 0; i < countof(cases); i++) {
        enum rc rc = decide(cases[i].text, MANIFEST_STRICT, &o, &why);

        if (why.class != cases[i].class)
            fail_msg("%s: %s", cases[i].text, refusal_word(why.class));
        assert_true((rc == RC_OK) == (why.class == REFUSAL_NONE));
    }
}

SUITE(manifest, T(moment_counts_seconds_of_the_calendar), T(moment_refuses_what_no_calendar_has),
      T(address_knows_the_name_at_its_end), T(strict_json_stops_at_the_end_of_its_bytes),
      T(strict_json_refuses_a_key_that_stands_twice_anywhere),
      T(manifest_offers_what_is_newer_and_for_us), T(manifest_decides_in_a_fixed_order))
