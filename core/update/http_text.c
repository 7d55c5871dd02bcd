/* http_text.c - see http_text.h. */
#include "core/update/http_text.h"
#include <stdio.h>
#include <string.h>

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

/* Copies the harmless characters. A comma becomes a semicolon, as comments of agents have it. */
static void add_plain(char *out, size_t size, const char *text)
{
    size_t at = strlen(out);

    for (; *text != '\0' && at + 1 < size; text++) {
        if (strchr(LETTERS DIGITS " ._+-/", *text) != NULL)
            out[at++] = *text;
        else if (*text == ',')
            out[at++] = ';';
    }
    out[at] = '\0';
}

void http_agent(char out[HTTP_AGENT_MAX], const char *version, const char *system)
{
    size_t room = HTTP_AGENT_MAX - 1; /* for the last bracket */

    snprintf(out, HTTP_AGENT_MAX, "ContainerKit/");
    add_plain(out, HTTP_AGENT_MAX / 2, version);
    snprintf(out + strlen(out), HTTP_AGENT_MAX - strlen(out), " (");
    add_plain(out, room, system);
    snprintf(out + strlen(out), HTTP_AGENT_MAX - strlen(out), ")");
}

/* Digits up to `end`, which is passed over. */
static bool read_number(const char **text, char end, uint64_t *out)
{
    size_t len = strspn(*text, DIGITS);

    *out = 0;
    if (len == 0 || len > 18 || (*text)[len] != end) /* 18 digits fit */
        return false;
    for (size_t i = 0; i < len; i++)
        *out = *out * 10 + (uint64_t)((*text)[i] - '0');
    *text += len + (end != '\0');
    return true;
}

bool http_range_is(const char *text, uint64_t from, uint64_t max)
{
    static const char unit[] = "bytes ";
    uint64_t first = 0, last = 0, whole = 0;

    if (text == NULL || strncmp(text, unit, strlen(unit)) != 0)
        return false;
    text += strlen(unit);
    if (!read_number(&text, '-', &first) || !read_number(&text, '/', &last) ||
        !read_number(&text, '\0', &whole))
        return false;
    return first == from && last >= first && last + 1 == whole && whole <= max;
}

static bool is_printable(const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text < 0x20 || *text > 0x7e)
            return false;
    }
    return true;
}

/* In quotes, without one in between and without the mark of a weak one, which may stay the same
 * when bytes change. */
static bool is_strong(const char *etag)
{
    size_t len = strlen(etag);

    return len > 2 && len < HTTP_VALIDATOR_MAX && etag[0] == '"' &&
           strchr(etag + 1, '"') == etag + len - 1 && is_printable(etag);
}

/* "Wed, 18 Nov 2026 09:30:00 GMT": its form, not its sense. */
static bool is_time(const char *text)
{
    return strlen(text) == 29 && strspn(text, LETTERS DIGITS " ,:") == 29;
}

bool http_validator(const char *etag, const char *modified, char out[HTTP_VALIDATOR_MAX])
{
    const char *use = NULL;

    if (etag != NULL && is_strong(etag))
        use = etag;
    else if (modified != NULL && is_time(modified))
        use = modified;
    snprintf(out, HTTP_VALIDATOR_MAX, "%s", use != NULL ? use : "");
    return use != NULL;
}
