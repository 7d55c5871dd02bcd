/* fuzz_registry.c - the files and lists in which registries stand, on any bytes.
 *
 * The first byte picks the parser, and for a file where it is cut in two. Beside not crashing: a
 * file means the same however it is cut, and every host and user can be given to an engine. */
#include "core/engine/auth_file.h"
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct registry_logins *l)
{
    for (size_t i = 0; i < l->count; i++) {
        const struct registry_login *one = &l->list[i];
        struct valid_host host;
        struct valid_user user;

        MUST(valid_host(one->host.text, strlen(one->host.text), &host, NULL) == RC_OK);
        MUST(one->user.text[0] == '\0' ||
             valid_user(one->user.text, strlen(one->user.text), &user, NULL) == RC_OK);
        MUST(registry_login_find(l, &host) == one); /* no host twice */
    }
}

static enum rc scan(const char *bytes, size_t len, size_t cut, struct registry_logins *l)
{
    struct auth_scan s;
    enum rc rc;

    auth_scan_begin(&s, l);
    rc = auth_scan_add(&s, bytes, cut, NULL);
    if (rc == RC_OK)
        rc = auth_scan_add(&s, bytes + cut, len - cut, NULL);
    return rc == RC_OK ? auth_scan_end(&s, NULL) : rc;
}

static void file(const char *bytes, size_t len, size_t cut)
{
    struct registry_logins one = {0}, two = {0};

    MUST(scan(bytes, len, 0, &one) == scan(bytes, len, cut < len ? cut : len, &two));
    MUST(one.count == two.count);
    check(&one);
    registry_logins_release(&one);
    registry_logins_release(&two);
}

static void apple(const char *bytes, size_t len)
{
    struct registry_logins l = {0};
    struct fault why = {0};

    MUST(registry_parse_apple(bytes, len, &l, &why) == RC_OK || why.text[0] != '\0');
    check(&l);
    registry_logins_release(&l);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    if (data[0] == 0)
        apple((const char *)data + 1, size - 1);
    else
        file((const char *)data + 1, size - 1, data[0]);
    return 0;
}
