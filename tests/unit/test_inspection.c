/* test_inspection.c - one container asked about: by a stand-in for the engine, and from its bytes.
 */
#include "core/base/mem.h"
#include "core/engine/inspection.h"
#include "tests/unit/fake_engine.h"

#define SECRET                                                                                     \
    "[{\"Id\":\"a1\",\"Config\":{\"Image\":\"i\",\"Env\":[\"KEY=top secret\"]},"                   \
    "\"Empty\":{},\"None\":[],\"Big\":18446744073709551615,\"Half\":0.5,\"No\":null}]"

static struct inspection about(enum inspection_text text, bool values)
{
    struct inspection what = {.kind = ENGINE_DOCKER, .text = text, .values = values};

    snprintf(what.id.text, sizeof what.id.text, "a1");
    return what;
}

static const char *read_text(enum inspection_text text, bool values, struct buf *out)
{
    const struct inspection what = about(text, values);
    struct fault why = {0};

    buf_init(out, INSPECTION_MAX);
    if (inspection_read(&what, SECRET, strlen(SECRET), out, &why) != RC_OK)
        fail_msg("%s", why.text);
    return buf_text(out);
}

TEST(values_are_in_a_text_only_if_they_were_asked_for)
{
    struct buf out;

    assert_string_equal(read_text(INSPECTION_ALL, false, &out),
                        "{\n"
                        "  \"Id\": \"a1\",\n"
                        "  \"Config\": {\n"
                        "    \"Image\": \"i\",\n"
                        "    \"Env\": [\n"
                        "      \"KEY=••••\"\n"
                        "    ]\n"
                        "  },\n"
                        "  \"Empty\": {},\n"
                        "  \"None\": [],\n"
                        "  \"Big\": 1.8446744073709552e+19,\n"
                        "  \"Half\": 0.5,\n"
                        "  \"No\": null\n"
                        "}\n");
    buf_release(&out);
    assert_non_null(strstr(read_text(INSPECTION_ALL, true, &out), "\"KEY=top secret\""));
    buf_release(&out);
    assert_string_equal(read_text(INSPECTION_RUN_LINE, false, &out),
                        "docker run --detach --env KEY i");
    buf_release(&out);
    assert_string_equal(read_text(INSPECTION_RUN_LINE, true, &out),
                        "docker run --detach --env 'KEY=top secret' i");
    buf_release(&out);
}

TEST(what_is_no_container_is_refused)
{
    static const struct {
        const char *bytes;
        enum rc rc;
    } rows[] = {
        {"[]\n", RC_MISSING}, {"[7]", RC_MISSING}, {"{}", RC_PARSE},
        {"", RC_PARSE},       {"no", RC_PARSE},
    };
    const struct inspection what = about(INSPECTION_ALL, false);

    for (size_t i = 0; i < countof(rows); i++) {
        struct fault why = {0};
        struct buf out;

        buf_init(&out, INSPECTION_MAX);
        assert_int_equal(inspection_read(&what, rows[i].bytes, strlen(rows[i].bytes), &out, &why),
                         rows[i].rc);
        assert_true(why.text[0] != '\0');
        buf_release(&out);
    }
}

TEST(more_than_the_cap_is_told)
{
    const struct inspection what = about(INSPECTION_ALL, false);
    struct fault why = {0};
    struct buf out;

    buf_init(&out, 20);
    assert_int_equal(inspection_read(&what, SECRET, strlen(SECRET), &out, &why), RC_TOO_BIG);
    assert_string_equal(why.text, "Docker tells more than can be shown");
    buf_release(&out);
}

TEST(the_engine_is_asked_about_that_one)
{
    const struct inspection what = about(INSPECTION_RUN_LINE, false);
    struct fault why = {0};
    struct fake f;
    struct buf out;

    fake_open(&f, ENGINE_DOCKER);
    buf_init(&out, INSPECTION_MAX);
    fake_put(&f, "inspect.out", SECRET);
    assert_int_equal(inspection_run(f.spawner, &f.where, &what, NULL, &out, &why), RC_OK);
    assert_string_equal(buf_text(&out), "docker run --detach --env KEY i");
    assert_int_equal(fake_calls(&f, "+", " inspect --type container a1"), 1);
    buf_clear(&out);
    fake_put(&f, "inspect.out", "[]");
    fake_put(&f, "inspect.err", "Error: No such container: a1\n");
    fake_put(&f, "inspect.exit", "1");
    assert_int_equal(inspection_run(f.spawner, &f.where, &what, NULL, &out, &why), RC_FAILED);
    assert_non_null(strstr(why.text, "No such container"));
    assert_int_equal(out.len, 0);
    buf_release(&out);
    fake_close(&f);
}

TEST(a_window_shows_whole_lines_and_not_too_many)
{
    struct buf text;

    assert_int_equal(inspection_shown(""), 0);
    assert_int_equal(inspection_shown("one\ntwo"), 7);
    assert_int_equal(inspection_shown("one\n\nthree\n"), 11);
    buf_init(&text, INSPECTION_MAX);
    for (int i = 0; i < INSPECTION_LINES_MAX + 3; i++)
        assert_int_equal(buf_text_add(&text, "x\n"), RC_OK);
    assert_int_equal(inspection_shown(buf_text(&text)), 2 * INSPECTION_LINES_MAX);
    buf_clear(&text);
    for (int i = 0; i < 3; i++)
        assert_int_equal(buf_print(&text, "%*s\n", (int)INSPECTION_SHOWN_MAX / 2 - 1, ""), RC_OK);
    assert_int_equal(inspection_shown(buf_text(&text)), INSPECTION_SHOWN_MAX);
    buf_release(&text);
}

SUITE(inspection, T(values_are_in_a_text_only_if_they_were_asked_for),
      T(what_is_no_container_is_refused), T(more_than_the_cap_is_told),
      T(the_engine_is_asked_about_that_one), T(a_window_shows_whole_lines_and_not_too_many))
