/* secret.c - libsodium's guarded memory with a length beside it.
 *
 * sodium_malloc() gives whole pages between two that fault, locks them, keeps them out of core
 * files where the system can, and sodium_free() wipes them first. Where the user's limit on locked
 * memory is reached the pages stay unlocked: keeping a password would not be refused for that. */
#include "core/base/secret.h"
#include "core/base/mem.h"
#include <sodium.h>
#include <string.h>

struct secret {
    void *bytes; /* of libsodium */
    size_t len;
};

static struct secret *make(const void *bytes, size_t len)
{
    struct secret *s = mem_new(sizeof *s);

    MUST(sodium_init() >= 0); /* once for all */
    s->bytes = sodium_malloc(len);
    MUST(s->bytes != NULL); /* four pages; without them there is no memory left */
    s->len = len;
    memcpy(s->bytes, bytes, len);
    MUST(sodium_mprotect_readonly(s->bytes) == 0);
    return s;
}

enum rc secret_new(const void *bytes, size_t len, struct secret **out, struct fault *why)
{
    *out = NULL;
    if (len == 0)
        return fault_set(why, RC_DENIED, "An empty password is none.");
    if (len > SECRET_MAX)
        return fault_set(why, RC_TOO_BIG, "A password has at most %zu bytes.", SECRET_MAX);
    *out = make(bytes, len);
    return RC_OK;
}

enum rc secret_take(void *bytes, size_t len, struct secret **out, struct fault *why)
{
    enum rc rc = secret_new(bytes, len, out, why);

    secret_wipe(bytes, len);
    return rc;
}

struct secret *secret_copy(const struct secret *s)
{
    return make(s->bytes, s->len);
}

const void *secret_bytes(const struct secret *s)
{
    return s->bytes;
}

size_t secret_len(const struct secret *s)
{
    return s->len;
}

void secret_free(struct secret *s)
{
    if (s == NULL)
        return;
    sodium_free(s->bytes);
    mem_free(s);
}

void secret_wipe(void *bytes, size_t len)
{
    if (len > 0)
        sodium_memzero(bytes, len);
}
