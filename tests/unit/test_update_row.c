/* test_update_row.c - the updater's page as the menu gets it, and its failures as sentences. */
#include "core/kit/update_row.h"
#include "tests/unit/unit.h"
#include <stdio.h>

static struct update_page page_of(enum update_phase phase, const char *version)
{
    struct update_page p = {.phase = phase, .notes = ""};

    (void)snprintf(p.version, sizeof p.version, "%s", version);
    return p;
}

TEST(update_row_is_what_there_is_to_do)
{
    static const struct {
        enum update_phase phase;
        const char *version;
        enum menu_update_kind want;
    } rows[] = {
        {UPDATE_IDLE, "", MENU_UPDATE_NONE},
        {UPDATE_OFF, "", MENU_UPDATE_NONE},
        {UPDATE_CHECKING, "", MENU_UPDATE_NONE},
        {UPDATE_NOTHING, "", MENU_UPDATE_NONE},
        {UPDATE_FAILED, "", MENU_UPDATE_NONE},
        {UPDATE_OFFERED, "1.2.0", MENU_UPDATE_OFFERED},
        {UPDATE_CHECKING, "1.2.0", MENU_UPDATE_OFFERED},
        {UPDATE_DOWNLOADING, "1.2.0", MENU_UPDATE_OFFERED},
        {UPDATE_FAILED, "1.2.0", MENU_UPDATE_OFFERED},
        {UPDATE_READY, "1.2.0", MENU_UPDATE_READY},
        {UPDATE_HANDED_OVER, "1.2.0", MENU_UPDATE_READY},
    };

    for (size_t i = 0; i < countof(rows); i++) {
        struct update_row r = {0};
        const struct update_page p = page_of(rows[i].phase, rows[i].version);

        (void)update_row_set(&r, &p);
        assert_int_equal(update_row_shown(&r).kind, rows[i].want);
        assert_string_equal(update_row_shown(&r).version, rows[i].version);
    }
}

TEST(update_row_changes_when_the_menu_does)
{
    struct update_row r = {0};
    struct update_page p = page_of(UPDATE_IDLE, "");

    assert_false(update_row_set(&r, &p));
    (void)snprintf(p.came_back, sizeof p.came_back, "1.2.0");
    assert_true(update_row_set(&r, &p));
    assert_string_equal(update_row_shown(&r).came_back, "1.2.0");
    p.stale = true;
    assert_true(update_row_set(&r, &p));
    p = page_of(UPDATE_DOWNLOADING, "1.3.0");
    assert_true(update_row_set(&r, &p));
    p.have = 5; /* a download goes on */
    p.phase = UPDATE_STAGING;
    assert_false(update_row_set(&r, &p));
    p.critical = true;
    assert_true(update_row_set(&r, &p));
    p = page_of(UPDATE_OFFERED, "1.3.1");
    p.critical = true;
    assert_true(update_row_set(&r, &p));
}

TEST(update_failures_have_a_sentence_each)
{
    assert_int_equal(update_failure_word(REFUSAL_NETWORK), WORD_UPDATE_NO_SERVER);
    assert_int_equal(update_failure_word(REFUSAL_CLOCK), WORD_UPDATE_CHECK_DATE);
    assert_int_equal(update_failure_word(REFUSAL_PLACE), WORD_UPDATE_NO_PLACE);
    assert_int_equal(update_failure_word(REFUSAL_SIGNATURE), WORD_UPDATE_NO_PROOF);
    for (int class = 0; class < REFUSAL_COUNT; class ++)
        assert_int_not_equal(update_failure_word((enum refusal_class) class), WORD_NONE);
}

SUITE(update_row, T(update_row_is_what_there_is_to_do), T(update_row_changes_when_the_menu_does),
      T(update_failures_have_a_sentence_each))
