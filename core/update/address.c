/* address.c - scheme, host, port, path, query: each up to where the next one starts. */
#include "core/update/address.h"
#include <string.h>

#define SCHEME "https://"
#define HOST_ENDS ":/?#"

static char lower(char c)
{
    if (c < 'A' || c > 'Z')
        return c;
    return "abcdefghijklmnopqrstuvwxyz"[c - 'A'];
}

static int hex(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = strchr(digits, lower(c));

    return c == '\0' || at == NULL ? -1 : (int)(at - digits);
}

/* Printable ASCII without what browsers repair, and no fragment. */
static bool has_plain_characters(const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        if (*c < 0x21 || *c > 0x7e || strchr("\\<>\"{}|^`#", *c) != NULL)
            return false;
    }
    return true;
}

/* Escapes are whole, and none hides a control character, or in a path a separator. */
static bool has_plain_escapes(const char *text, size_t len, bool is_path)
{
    for (size_t i = 0; i < len; i++) {
        int high = 0, low = 0, byte = 0;

        if (text[i] != '%')
            continue;
        if (len - i < 3)
            return false;
        high = hex(text[i + 1]);
        low = hex(text[i + 2]);
        if (high < 0 || low < 0)
            return false;
        byte = high * 16 + low;
        if (byte < 0x20 || byte == 0x7f || (is_path && (byte == '/' || byte == '\\')))
            return false;
    }
    return true;
}

/* The same letters of ASCII; strncasecmp() would ask the user's language. */
static bool is_same(const char *a, const char *b, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (lower(a[i]) != lower(b[i]) || a[i] == '\0')
            return false;
    }
    return true;
}

static bool is_host_of(const struct address_hosts *hosts, const char *host, size_t len)
{
    for (size_t i = 0; i < hosts->count; i++) {
        if (strlen(hosts->list[i]) == len && is_same(hosts->list[i], host, len))
            return true;
    }
    return false;
}

enum rc address_read(const char *text, const struct address_hosts *hosts, struct address *out,
                     struct refusal *why)
{
    size_t len = strlen(text), host_len = 0, path_len = 0;
    const char *host = NULL, *path = NULL;

    *out = (struct address){0};
    if (len == 0 || len > ADDRESS_MAX || !has_plain_characters(text))
        return refuse(why, REFUSAL_URL, "an address that is too long or holds odd characters");
    if (!is_same(text, SCHEME, strlen(SCHEME)))
        return refuse(why, REFUSAL_URL, "an address that does not start with %s", SCHEME);
    host = text + strlen(SCHEME);
    host_len = strcspn(host, HOST_ENDS);
    if (!is_host_of(hosts, host, host_len))
        return refuse(why, REFUSAL_URL, "an address of a host that is not ours");
    path = host + host_len;
    if (strncmp(path, ":443", 4) == 0)
        path += 4;
    path_len = strcspn(path, "?");
    if (*path != '/' || path_len < 2)
        return refuse(why, REFUSAL_URL, "an address without a path");
    if (!has_plain_escapes(path, path_len, true) ||
        !has_plain_escapes(path + path_len, strlen(path + path_len), false))
        return refuse(why, REFUSAL_URL, "an address with escapes that hide something");
    memcpy(out->text, text, len);
    out->file = (size_t)(path - text);
    out->file_len = path_len;
    for (size_t i = 0; i < path_len; i++) {
        if (path[i] == '/') {
            out->file = (size_t)(path - text) + i + 1;
            out->file_len = path_len - i - 1;
        }
    }
    return RC_OK;
}
