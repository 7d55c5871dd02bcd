/* validate.h - words from outside that may become arguments of a command.
 *
 * Each type is made here alone; a command's hole takes the type, never a char *. Wrong is
 * refused, never repaired (design.md 6, engines.md 1.4). Checked to the very last byte: a NUL or
 * newline inside `len` bytes is refused. Pure; any thread. */
#ifndef CORE_BASE_VALIDATE_H
#define CORE_BASE_VALIDATE_H
#include "core/base/fault.h"

#define VALID_ID_MAX 255
#define VALID_IMAGE_MAX 511
#define VALID_HOST_MAX 261 /* 253, a colon, five digits, brackets */
#define VALID_DOMAIN_MAX 253
#define VALID_URL_MAX 2047
#define VALID_USER_MAX 255

/* Container id or name: [A-Za-z0-9][A-Za-z0-9_.-]*, 1..255 bytes. */
struct valid_id {
    char text[VALID_ID_MAX + 1];
};
/* Image reference with optional registry, tag and digest. */
struct valid_image {
    char text[VALID_IMAGE_MAX + 1];
};
/* Registry host, optionally with a port: DNS labels or a bracketed IPv6 address. */
struct valid_host {
    char text[VALID_HOST_MAX + 1];
};
/* DNS domain for Apple's `system dns`: labels of 1..63, total 1..253. */
struct valid_domain {
    char text[VALID_DOMAIN_MAX + 1];
};
/* https or http URL without user information. */
struct valid_url {
    char text[VALID_URL_MAX + 1];
};
/* User name of a registry: printable, no white space at the ends, no control characters. It only
 * ever stands behind "--username=" in one word. */
struct valid_user {
    char text[VALID_USER_MAX + 1];
};

/* RC_OK and *out, or RC_DENIED and a sentence that does not repeat the bytes. */
NODISCARD enum rc valid_id(const char *bytes, size_t len, struct valid_id *out, struct fault *why);
NODISCARD enum rc valid_image(const char *bytes, size_t len, struct valid_image *out,
                              struct fault *why);
NODISCARD enum rc valid_host(const char *bytes, size_t len, struct valid_host *out,
                             struct fault *why);
NODISCARD enum rc valid_domain(const char *bytes, size_t len, struct valid_domain *out,
                               struct fault *why);
NODISCARD enum rc valid_url(const char *bytes, size_t len, struct valid_url *out,
                            struct fault *why);
NODISCARD enum rc valid_user(const char *bytes, size_t len, struct valid_user *out,
                             struct fault *why);

#endif
