/* fuzz_minisign.c - keys, signatures, signed comments and versions out of any bytes.
 *
 * The first byte picks the reader. Beside not crashing: what is refused has a class and a sentence;
 * a signature that passes has a comment of one line of UTF-8; the pieces of a comment lie inside
 * it; a version is equal to itself and has its own text. */
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/update/comment_text.h"
#include "core/update/minisign_text.h"
#include <stdio.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* tests/fixtures/update/signed/TEST-ONLY.pub */
static const char public_key[] = "RWR15mWx+Hr24sd/732D3+qJJkyeubWgonx72dk3NAT6efkFhvqz6JDT";

static void check_why(enum rc rc, const struct refusal *why)
{
    MUST((rc == RC_OK) == (why->class == REFUSAL_NONE));
    MUST((rc == RC_OK) == (why->fault.text[0] == '\0'));
}

static void signature(const char *bytes, size_t len, enum minisign_form form)
{
    struct minisign_key key;
    struct minisign_trusted *t = NULL;
    struct comment comment;
    struct refusal why = {0};
    size_t comment_len = 0;
    enum rc rc = RC_OK;

    MUST(minisign_key(public_key, sizeof public_key - 1, MINISIGN_PLAIN, &key, NULL) == RC_OK);
    rc = minisign_trust(&key, 1, bytes, len, form, MINISIGN_LEGACY_TOO, &t, &why);
    check_why(rc, &why);
    MUST((rc == RC_OK) == (t != NULL));
    if (rc == RC_OK) {
        const char *text = minisign_comment(t, &comment_len);

        MUST(strlen(text) == comment_len && comment_len <= MINISIGN_COMMENT_MAX);
        MUST(text_is_utf8(text, comment_len) && strchr(text, '\n') == NULL);
        check_why(comment_read(t, &comment, &why), &why);
    }
    minisign_trusted_free(t);
}

static void key(const char *bytes, size_t len)
{
    struct minisign_key k;
    struct refusal why = {0};

    check_why(minisign_key_any(bytes, len, &k, &why), &why);
}

static void comment(const char *bytes, size_t len)
{
    struct comment c;
    struct refusal why = {0};
    enum rc rc = comment_text(bytes, len, &c, &why);

    check_why(rc, &why);
    if (rc == RC_OK && c.file.at != NULL)
        MUST(c.file.at >= bytes && c.file.at + c.file.len <= bytes + len);
    MUST(c.timestamp >= 0);
}

static void version(const char *bytes, size_t len)
{
    struct semver v, again;
    struct refusal why = {0};
    enum rc rc = semver_read(bytes, len, &v, &why);

    check_why(rc, &why);
    if (rc != RC_OK)
        return;
    MUST(strlen(v.text) == len && memcmp(v.text, bytes, len) == 0);
    MUST(semver_read_tag(v.text, len, &again, NULL) == RC_OK);
    MUST(semver_compare(&v, &again) == 0 && semver_same(&v, &again));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *bytes = (const char *)data + 1;

    if (size == 0)
        return 0;
    switch (data[0] % 5) {
    case 0:
        signature(bytes, size - 1, MINISIGN_PLAIN);
        break;
    case 1:
        signature(bytes, size - 1, MINISIGN_TAURI);
        break;
    case 2:
        key(bytes, size - 1);
        break;
    case 3:
        comment(bytes, size - 1);
        break;
    default:
        version(bytes, size - 1);
    }
    return 0;
}
