/* words.c - see words.h; the sentences are in words.def. */
#include "core/words/words.h"
#include "core/base/pattern.h"
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static const struct {
    const char *code, *title;
} languages[LANGUAGE_COUNT] = {
#define LANGUAGE(name, code, title) {code, title},
#define WORD(name, ...)
#include "core/words/words.def"
#undef LANGUAGE
#undef WORD
};

static const char *const words[WORD_COUNT][LANGUAGE_COUNT] = {
    {NULL},
#define LANGUAGE(name, code, title)
#define WORD(name, ...) {__VA_ARGS__},
#include "core/words/words.def"
#undef LANGUAGE
#undef WORD
};

static atomic_int spoken = LANGUAGE_EN;

const char *language_code(enum language language)
{
    MUST((unsigned)language < LANGUAGE_COUNT);
    return languages[language].code;
}

const char *language_title(enum language language)
{
    MUST((unsigned)language < LANGUAGE_COUNT);
    return languages[language].title;
}

/* Chinese is written in two ways, and we write one of them: the script decides, or else where. */
static bool is_simplified(const char *rest)
{
    static const char *const other[] = {"hant", "tw", "hk", "mo"};

    for (size_t i = 0; i < countof(other); i++)
        if (strncasecmp(rest, other[i], strlen(other[i])) == 0)
            return false;
    return true;
}

bool language_from_locale(const char *locale, enum language *out)
{
    size_t len = strcspn(locale, "-_.@");
    const char *rest = locale[len] != '\0' ? locale + len + 1 : "";

    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        const char *code = languages[i].code;

        if (strcspn(code, "-") != len || strncasecmp(code, locale, len) != 0)
            continue;
        if (i == LANGUAGE_ZH_HANS && !is_simplified(rest))
            return false;
        *out = (enum language)i;
        return true;
    }
    return false;
}

enum language language_from_list(const char *locales)
{
    enum language found;
    char one[64];

    while (*locales != '\0') {
        size_t len = strcspn(locales, ":");

        snprintf(one, sizeof one, "%.*s", (int)len, locales);
        if (language_from_locale(one, &found))
            return found;
        locales += len + (locales[len] == ':');
    }
    return LANGUAGE_EN;
}

void words_speak(enum language language)
{
    MUST((unsigned)language < LANGUAGE_COUNT);
    atomic_store(&spoken, language);
}

enum language words_spoken(void)
{
    return (enum language)atomic_load(&spoken);
}

const char *word(enum word w)
{
    MUST(w > WORD_NONE && w < WORD_COUNT);
    return words[w][words_spoken()];
}

const char *word_say_3(struct arena *a, enum word w, const char *one, const char *two,
                       const char *three)
{
    const char *const holes[] = {one, two, three};

    return pattern_fill(a, word(w), holes, countof(holes));
}

const char *word_say(struct arena *a, enum word w, const char *one, const char *two)
{
    return word_say_3(a, w, one, two, NULL);
}

/* CLDR's plural rules, as far as whole numbers of ours go: French counts nothing as one. */
enum word word_of_count(enum word one, int64_t n)
{
    bool single = n == 1 || (n == 0 && words_spoken() == LANGUAGE_FR);

    return single ? one : (enum word)(one + 1);
}

const char *word_count(struct arena *a, enum word one, int64_t n)
{
    return word_say(a, word_of_count(one, n), arena_print(a, "%" PRId64, n), NULL);
}

/* printf's point is the C locale's, which nobody changes. */
const char *word_decimal(struct arena *a, double value, int digits)
{
    static const bool comma[LANGUAGE_COUNT] = {
        [LANGUAGE_DE] = true, [LANGUAGE_FR] = true, [LANGUAGE_ES] = true};
    char text[64], *point;

    snprintf(text, sizeof text, "%.*f", digits, value);
    point = strchr(text, '.');
    if (point != NULL && comma[words_spoken()])
        *point = ',';
    return arena_dup(a, text, strlen(text));
}

const char *word_percent(struct arena *a, double value, int digits)
{
    static const bool space[LANGUAGE_COUNT] = {
        [LANGUAGE_DE] = true, [LANGUAGE_FR] = true, [LANGUAGE_ES] = true};

    return arena_print(a, "%s%s%%", word_decimal(a, value, digits),
                       space[words_spoken()] ? "\u00a0" : "");
}

const char *word_bytes(struct arena *a, int64_t bytes)
{
    static const char *const units[] = {"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};
    double value = (double)bytes;
    size_t unit = 0;

    for (; unit + 1 < countof(units) && value >= (unit < 2 ? 999.5 : 999.95); unit++)
        value /= 1000; /* what would be rounded up to 1000 */
    return arena_print(a, "%s\u00a0%s", word_decimal(a, value, unit < 2 ? 0 : 1),
                       unit == 0 ? word(WORD_BYTES) : units[unit]);
}
