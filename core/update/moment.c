/* moment.c - fixed columns first, then what may follow the seconds. */
#include "core/update/moment.h"
#include <string.h>

#define FRACTION_MAX 9

/* `count` digits at *at, at most `max`. */
static bool digits(const char **at, int count, int max, int *out)
{
    *out = 0;
    for (int i = 0; i < count; i++, (*at)++) {
        if (**at < '0' || **at > '9')
            return false;
        *out = *out * 10 + (**at - '0');
    }
    return *out <= max;
}

static bool mark(const char **at, const char *any)
{
    if (**at == '\0' || strchr(any, **at) == NULL)
        return false;
    (*at)++;
    return true;
}

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_of(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return days[month - 1] + (month == 2 && is_leap(year));
}

/* Days from 1970-01-01 to the first of January. */
static int64_t days_before(int year)
{
    int64_t y = year - 1; /* leap days lie at the ends of the years before */
    int64_t leaps = year == 0 ? -1 : y / 4 - y / 100 + y / 400;

    return ((int64_t)year - 1970) * 365 + leaps - 477; /* leap days from year 1 to 1969 */
}

static bool read_date(const char **at, int64_t *days)
{
    int year = 0, month = 0, day = 0;

    if (!digits(at, 4, 9999, &year) || !mark(at, "-") || !digits(at, 2, 12, &month) || month == 0 ||
        !mark(at, "-") || !digits(at, 2, days_of(year, month), &day) || day == 0)
        return false;
    *days = days_before(year) + day - 1;
    for (int m = 1; m < month; m++)
        *days += days_of(year, m);
    return true;
}

static bool read_clock(const char **at, int64_t *seconds)
{
    int hour = 0, minute = 0, second = 0, count = 0;

    if (!digits(at, 2, 23, &hour) || !mark(at, ":") || !digits(at, 2, 59, &minute) ||
        !mark(at, ":") || !digits(at, 2, 60, &second))
        return false;
    *seconds = ((int64_t)hour * 60 + minute) * 60 + second;
    if (!mark(at, "."))
        return true;
    while (mark(at, "0123456789"))
        count++;
    return count > 0 && count <= FRACTION_MAX;
}

static bool read_offset(const char **at, int64_t *seconds)
{
    int hour = 0, minute = 0;
    bool east = **at == '+';

    *seconds = 0;
    if (mark(at, "Zz"))
        return true;
    if (!mark(at, "+-") || !digits(at, 2, 23, &hour) || !mark(at, ":") ||
        !digits(at, 2, 59, &minute))
        return false;
    *seconds = ((int64_t)hour * 60 + minute) * 60 * (east ? 1 : -1);
    return true;
}

bool moment_read(const char *text, int64_t *out)
{
    int64_t days = 0, seconds = 0, offset = 0;

    *out = 0;
    if (!read_date(&text, &days) || !mark(&text, "Tt") || !read_clock(&text, &seconds) ||
        !read_offset(&text, &offset) || *text != '\0')
        return false;
    *out = days * 86400 + seconds - offset;
    return true;
}
