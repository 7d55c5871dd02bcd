/* The table of sentences in all its languages, plural rules, numbers. */
#include "core/words/words.h"
#include "tests/unit/unit.h"
#include <string.h>

static const char *const names[WORD_COUNT] = {
#define LANGUAGE(name, code, title)
#define WORD(name, ...) [WORD_##name] = #name,
#include "core/words/words.def"
#undef LANGUAGE
#undef WORD
};

/* Bit n for %n. */
static unsigned holes(const char *text)
{
    unsigned found = 0;

    for (; *text != '\0'; text++)
        if (text[0] == '%' && text[1] >= '1' && text[1] <= '9')
            found |= 1u << (text[1] - '0');
    return found;
}

static bool ends_with(const char *text, const char *end)
{
    size_t len = strlen(text), tail = strlen(end);

    return len >= tail && strcmp(text + len - tail, end) == 0;
}

TEST(every_language_has_every_sentence_with_the_same_holes)
{
    for (int w = WORD_NONE + 1; w < WORD_COUNT; w++) {
        unsigned wanted = 0;

        for (int l = 0; l < LANGUAGE_COUNT; l++) {
            const char *text;

            words_speak((enum language)l);
            text = word((enum word)w);
            if (text == NULL || text[0] == '\0')
                fail_msg("%s has no text in %s", names[w], language_code((enum language)l));
            if (l == LANGUAGE_EN)
                wanted = holes(text);
            if (holes(text) != wanted)
                fail_msg("%s has other holes in %s", names[w], language_code((enum language)l));
            if (strstr(text, "  ") != NULL || ends_with(text, " "))
                fail_msg("%s has a stray space in %s", names[w], language_code((enum language)l));
        }
    }
    words_speak(LANGUAGE_EN);
}

TEST(a_number_has_two_sentences_side_by_side)
{
    for (int w = WORD_NONE + 1; w < WORD_COUNT; w++) {
        size_t len = strlen(names[w]);

        if (ends_with(names[w], "_1") &&
            (w + 1 == WORD_COUNT || strncmp(names[w], names[w + 1], len - 1) != 0 ||
             !ends_with(names[w + 1], "_N")))
            fail_msg("%s is not followed by its _N", names[w]);
        if (ends_with(names[w], "_N") && !ends_with(names[w - 1], "_1"))
            fail_msg("%s does not follow its _1", names[w]);
    }
}

TEST(numbers_take_the_form_of_the_language)
{
    static const struct {
        enum language language;
        const char *none, *one, *many;
    } cases[] = {
        {LANGUAGE_EN, "0 hours", "1 hour", "2 hours"},
        {LANGUAGE_DE, "0 Stunden", "1 Stunde", "2 Stunden"},
        {LANGUAGE_FR, "0 heure", "1 heure", "2 heures"},
        {LANGUAGE_ES, "0 horas", "1 hora", "2 horas"},
        {LANGUAGE_JA, "0時間", "1時間", "2時間"},
        {LANGUAGE_ZH_HANS, "0 小时", "1 小时", "2 小时"},
    };
    struct arena a = {0};

    assert_int_equal(countof(cases), LANGUAGE_COUNT);
    for (size_t i = 0; i < countof(cases); i++) {
        words_speak(cases[i].language);
        assert_string_equal(word_count(&a, WORD_HOURS_1, 0), cases[i].none);
        assert_string_equal(word_count(&a, WORD_HOURS_1, 1), cases[i].one);
        assert_string_equal(word_count(&a, WORD_HOURS_1, 2), cases[i].many);
    }
    words_speak(LANGUAGE_EN);
    arena_release(&a);
}

TEST(locales_name_a_language_or_none)
{
    static const struct {
        const char *locale;
        int language; /* LANGUAGE_COUNT: none of ours */
    } cases[] = {
        {"en_US.UTF-8", LANGUAGE_EN}, {"de_AT@euro", LANGUAGE_DE}, {"de", LANGUAGE_DE},
        {"fr-CA", LANGUAGE_FR},       {"es_MX.utf8", LANGUAGE_ES}, {"JA_jp", LANGUAGE_JA},
        {"zh_CN", LANGUAGE_ZH_HANS},  {"zh", LANGUAGE_ZH_HANS},    {"zh-Hans-CN", LANGUAGE_ZH_HANS},
        {"zh_TW", LANGUAGE_COUNT},    {"zh-Hant", LANGUAGE_COUNT}, {"zh-HK", LANGUAGE_COUNT},
        {"C", LANGUAGE_COUNT},        {"POSIX", LANGUAGE_COUNT},   {"", LANGUAGE_COUNT},
        {"den", LANGUAGE_COUNT},      {"d", LANGUAGE_COUNT},       {"C.UTF-8", LANGUAGE_COUNT},
    };

    for (size_t i = 0; i < countof(cases); i++) {
        enum language found = LANGUAGE_COUNT;

        assert_int_equal(language_from_locale(cases[i].locale, &found),
                         cases[i].language != LANGUAGE_COUNT);
        assert_int_equal(found, cases[i].language);
    }
}

TEST(the_first_language_of_a_list_that_we_speak)
{
    assert_int_equal(language_from_list(""), LANGUAGE_EN);
    assert_int_equal(language_from_list("nl_NL:zh-Hant-TW:fr:de"), LANGUAGE_FR);
    assert_int_equal(language_from_list("nl:pl"), LANGUAGE_EN);
    assert_int_equal(language_from_list("::ja"), LANGUAGE_JA);
    assert_int_equal(language_from_list("a-locale-that-is-longer-than-any-locale-has-ever-been-"
                                        "anywhere-in-the-world:es"),
                     LANGUAGE_ES);
}

TEST(numbers_have_the_point_of_the_language)
{
    struct arena a = {0};

    assert_string_equal(word_decimal(&a, 1234.56, 1), "1234.6");
    assert_string_equal(word_percent(&a, 12.5, 1), "12.5%");
    assert_string_equal(word_bytes(&a, 0), "0\u00a0bytes");
    assert_string_equal(word_bytes(&a, 1500), "2\u00a0kB");
    assert_string_equal(word_bytes(&a, 999499), "999\u00a0kB");
    assert_string_equal(word_bytes(&a, 999700), "1.0\u00a0MB");
    assert_string_equal(word_bytes(&a, 49234567), "49.2\u00a0MB");
    assert_string_equal(word_bytes(&a, 999960000), "1.0\u00a0GB");
    assert_string_equal(word_bytes(&a, INT64_MAX), "9.2\u00a0EB");
    words_speak(LANGUAGE_DE);
    assert_string_equal(word_percent(&a, 12.5, 1), "12,5\u00a0%");
    assert_string_equal(word_bytes(&a, 49234567), "49,2\u00a0MB");
    words_speak(LANGUAGE_EN);
    arena_release(&a);
}

SUITE(words, T(every_language_has_every_sentence_with_the_same_holes),
      T(a_number_has_two_sentences_side_by_side), T(numbers_take_the_form_of_the_language),
      T(locales_name_a_language_or_none), T(the_first_language_of_a_list_that_we_speak),
      T(numbers_have_the_point_of_the_language))
