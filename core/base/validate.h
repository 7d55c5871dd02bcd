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

/* The grammars. ALNUM is [A-Za-z0-9], LOW is [a-z0-9], HEX is [0-9a-f].
 *
 *   id         ALNUM [A-Za-z0-9_.-]*                          1..255 bytes (engines.md 1.4)
 *   name of a DNS host: label ("." label)*                    1..253 bytes
 *     label    ALNUM ([A-Za-z0-9-]* ALNUM)?                   1..63 bytes
 *   domain     the same, with "_" also inside a label
 *   host       ( DNS name | "[" IPv6 without zone "]" ) ( ":" port )?
 *     port     1..65535 without leading zero
 *   image      ( host "/" )? part ( "/" part )* ( ":" tag )? ( "@" digest )?
 *              name without tag and digest at most 255 bytes, all of it at most 511; what stands
 *              before the first "/" is a host if it has a "." or ":" or is "localhost"
 *     part     LOW+ ( ( "." | "_" | "__" | "-"+ ) LOW+ )*
 *     tag      [A-Za-z0-9_] [A-Za-z0-9_.-]*                   1..128 bytes
 *     digest   algorithm ":" HEX+      64 of them for sha256, 128 for sha512, else 32 or more
 *   url        ( "https://" | "http://" ) host ( "/" | "?" | "#" ) ...
 *              what follows is of the characters of RFC 3986, "%" only before two hex digits;
 *              no user information, 1..2047 bytes
 *   user       UTF-8 without control, hidden or direction characters, no white space at its ends,
 *              1..255 bytes; it only ever stands behind "--username=" in one word */
struct valid_id {
    char text[VALID_ID_MAX + 1];
};
struct valid_image {
    char text[VALID_IMAGE_MAX + 1];
};
struct valid_host {
    char text[VALID_HOST_MAX + 1];
};
struct valid_domain {
    char text[VALID_DOMAIN_MAX + 1];
};
struct valid_url {
    char text[VALID_URL_MAX + 1];
};
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
