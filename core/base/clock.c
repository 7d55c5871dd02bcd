/* clock.c - the two clocks, and reading a date as docker, podman and Apple's tool write it. */
#include "core/base/clock.h"
#include "core/base/sys.h"
#include <stdio.h>
#include <time.h>

int64_t clock_ms(void)
{
    return sys_uptime_ms();
}

int64_t clock_wall_s(void)
{
    struct timespec now = {0};

    MUST(clock_gettime(CLOCK_REALTIME, &now) == 0);
    return (int64_t)now.tv_sec;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Exactly `digits` decimal digits with a value in [min, max]; moves *p behind them. */
static bool number(const char **p, int digits, int min, int max, int *out)
{
    int n = 0;

    for (int i = 0; i < digits; i++, (*p)++) {
        if (!is_digit(**p))
            return false;
        n = n * 10 + (**p - '0');
    }
    *out = n;
    return n >= min && n <= max;
}

static bool letter(const char **p, char upper)
{
    if (**p != upper && **p != upper + ('a' - 'A'))
        return false;
    (*p)++;
    return true;
}

static bool mark(const char **p, char c)
{
    if (**p != c)
        return false;
    (*p)++;
    return true;
}

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && leap ? 29 : days[month - 1];
}

/* Days since 1970-01-01 in the Gregorian calendar; years begin in March here, so that the
 * leap day is a year's last. */
static int64_t days_since_1970(int year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t m = month <= 2 ? month + 9 : month - 3;

    return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719468;
}

/* "Z" or "+hh:mm" to the end of the text -> seconds east of Greenwich. */
static bool zone(const char *p, int *east_s)
{
    int h = 0, m = 0, sign = *p == '-' ? -1 : 1;

    *east_s = 0;
    if (letter(&p, 'Z'))
        return *p == '\0';
    if (!mark(&p, '+') && !mark(&p, '-'))
        return false;
    if (!number(&p, 2, 0, 23, &h) || !mark(&p, ':') || !number(&p, 2, 0, 59, &m))
        return false;
    *east_s = sign * (h * 3600 + m * 60);
    return *p == '\0';
}

bool clock_parse_rfc3339(const char *text, int64_t *out_s)
{
    const char *p = text;
    int year = 0, month = 0, day = 0, h = 0, m = 0, s = 0, east_s = 0;

    if (p == NULL || !number(&p, 4, 2, 9999, &year) || !mark(&p, '-'))
        return false;
    if (!number(&p, 2, 1, 12, &month) || !mark(&p, '-'))
        return false;
    if (!number(&p, 2, 1, days_in(year, month), &day) || !letter(&p, 'T'))
        return false;
    if (!number(&p, 2, 0, 23, &h) || !mark(&p, ':') || !number(&p, 2, 0, 59, &m))
        return false;
    if (!mark(&p, ':') || !number(&p, 2, 0, 60, &s)) /* 60: a leap second */
        return false;
    if (mark(&p, '.')) {
        if (!is_digit(*p))
            return false;
        while (is_digit(*p))
            p++;
    }
    if (!zone(p, &east_s))
        return false;
    *out_s = days_since_1970(year, month, day) * 86400 + h * INT64_C(3600) + m * INT64_C(60) + s;
    *out_s -= east_s;
    return true;
}

void clock_print_rfc3339(int64_t ns, char out[CLOCK_TEXT_MAX])
{
    const int64_t second = 1000000000;
    time_t s = (time_t)(ns / second);
    struct tm t = {0};
    size_t n;

    MUST(ns >= 0 && gmtime_r(&s, &t) != NULL);
    n = strftime(out, CLOCK_TEXT_MAX, "%Y-%m-%dT%H:%M:%S", &t);
    MUST(n > 0);
    snprintf(out + n, CLOCK_TEXT_MAX - n, ".%09ldZ", (long)(ns % second));
}
