/* valid_rules.h - what must be true of every value that validate.h accepts, said a second time and
 * in another way than the grammar; for the property test and the fuzzer. */
#ifndef TESTS_UNIT_VALID_RULES_H
#define TESTS_UNIT_VALID_RULES_H
#include "core/base/utf8.h"
#include "core/base/validate.h"
#include <string.h>

union valid_any {
    struct valid_id id;
    struct valid_image image;
    struct valid_host host;
    struct valid_domain domain;
    struct valid_url url;
    struct valid_user user;
    char text[VALID_URL_MAX + 1];
};

enum valid_what { WHAT_ID, WHAT_IMAGE, WHAT_HOST, WHAT_DOMAIN, WHAT_URL, WHAT_USER, WHAT_COUNT };

static inline enum rc valid_any(enum valid_what what, const char *bytes, size_t len,
                                union valid_any *out, struct fault *why)
{
    switch (what) {
    case WHAT_ID:
        return valid_id(bytes, len, &out->id, why);
    case WHAT_IMAGE:
        return valid_image(bytes, len, &out->image, why);
    case WHAT_HOST:
        return valid_host(bytes, len, &out->host, why);
    case WHAT_DOMAIN:
        return valid_domain(bytes, len, &out->domain, why);
    case WHAT_URL:
        return valid_url(bytes, len, &out->url, why);
    default:
        return valid_user(bytes, len, &out->user, why);
    }
}

/* A user name may hold what is printable; every other type is of a few characters. */
static inline bool valid_byte_fits(enum valid_what what, unsigned char c)
{
    if (c <= ' ' || c == 0x7f)
        return c == ' ' && what == WHAT_USER;
    if (what == WHAT_USER)
        return true;
    return c < 0x80 && strchr("\"\\<>^`{|}", c) == NULL;
}

/* Asks validate.h; true if it accepts. A bug if it then breaks one of the rules. */
static inline bool valid_rules_hold(enum valid_what what, const char *bytes, size_t len,
                                    union valid_any *out)
{
    static const size_t max[WHAT_COUNT] = {VALID_ID_MAX,     VALID_IMAGE_MAX, VALID_HOST_MAX,
                                           VALID_DOMAIN_MAX, VALID_URL_MAX,   VALID_USER_MAX};
    struct fault why = {0};
    uint32_t cp = 0;

    if (valid_any(what, bytes, len, out, &why) != RC_OK) {
        MUST(why.rc == RC_DENIED && why.text[0] != '\0' && out->text[0] == '\0');
        return false;
    }
    MUST(len >= 1 && len <= max[what] && strlen(out->text) == len);
    MUST(memcmp(out->text, bytes, len) == 0);
    MUST(what == WHAT_USER || bytes[0] != '-'); /* never an option */
    for (size_t i = 0; i < len; i++)
        MUST(valid_byte_fits(what, (unsigned char)bytes[i]));
    for (size_t i = 0, n = 0; i < len; i += n) {
        n = utf8_next(bytes + i, len - i, &cp);
        MUST(n > 0 && !utf8_is_hidden(cp));
    }
    return true;
}

#endif
