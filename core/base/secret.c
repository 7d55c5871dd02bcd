/* secret.c - libsodium's guarded memory with a length beside it.
 *
 * sodium_malloc() gives whole pages between two that fault, locks them, keeps them out of core
 * files where the system can, and sodium_free() wipes them first. Where the user's limit on locked
 * memory is reached the pages stay unlocked: keeping a password would not be refused for that. */
#include "core/base/secret.h"
#include "core/base/mem.h"
#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

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

/* Bytes read, at most `size`; -1 for an error. */
static ssize_t read_all(int fd, char *bytes, size_t size)
{
    size_t len = 0;
    ssize_t n = 1;

    while (len < size && n != 0) {
        n = read(fd, bytes + len, size - len);
        if (n < 0 && errno != EINTR)
            return -1;
        len += n > 0 ? (size_t)n : 0;
    }
    return (ssize_t)len;
}

enum rc secret_read(int fd, struct secret **out, struct fault *why)
{
    char bytes[SECRET_MAX + 3]; /* a line end may be two bytes, and one more is too many */
    ssize_t len = read_all(fd, bytes, sizeof bytes);
    enum rc rc;

    *out = NULL;
    if (len < 0) {
        rc = fault_set(why, RC_IO, "The password cannot be read");
    } else {
        size_t kept = (size_t)len;

        if (kept > 0 && bytes[kept - 1] == '\n')
            kept--;
        if (kept > 0 && kept < (size_t)len && bytes[kept - 1] == '\r')
            kept--;
        rc = secret_new(bytes, kept, out, why);
    }
    secret_wipe(bytes, sizeof bytes);
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
