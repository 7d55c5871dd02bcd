/* fuzz_manifest.c - a list of updates out of any bytes, in both profiles, and what it then offers.
 *
 * The first byte picks the profile. Beside not crashing: what is refused has a class and a
 * sentence; an offer has an address of the one host that is allowed, over https, a version that is
 * newer and a size within its cap. */
#include "core/update/offer.h"
#include <string.h>
#include <strings.h>

#define HOST "https://example.org"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_why(enum rc rc, const struct refusal *why)
{
    MUST((rc == RC_OK) == (why->class == REFUSAL_NONE));
    MUST((rc == RC_OK) == (why->fault.text[0] == '\0'));
}

static void check_offer(const struct offer *o, const struct semver *current)
{
    struct minisign_key none = {0};
    struct minisign_trusted *t = NULL;

    if (o->kind != OFFER_UPDATE)
        return;
    MUST(strncasecmp(o->url.text, HOST, strlen(HOST)) == 0);
    MUST(o->url.file + o->url.file_len <= strlen(o->url.text));
    MUST(semver_compare(&o->version, current) > 0);
    MUST(o->size <= MANIFEST_ARCHIVE_MAX && o->unpacked_size <= MANIFEST_UNPACKED_MAX);
    MUST(offer_trust(o, MANIFEST_STRICT, "t", &none, 1, &t, NULL) != RC_OK && t == NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct address_hosts hosts = {{"example.org"}, 1};
    struct semver current;
    const struct manifest_host host = {.current = &current,
                                       .target = "t",
                                       .system = "26.1",
                                       .hosts = &hosts,
                                       .now_s = 1795000000,
                                       .bucket = 50};
    struct manifest *m = NULL;
    struct offer offer;
    struct refusal why = {0};
    enum rc rc = RC_OK;

    if (size == 0)
        return 0;
    MUST(semver_read("1.1.0", 5, &current, NULL) == RC_OK);
    rc = manifest_read((const char *)data + 1, size - 1,
                       data[0] % 2 == 0 ? MANIFEST_STRICT : MANIFEST_TAURI, "a", &m, &why);
    check_why(rc, &why);
    MUST((rc == RC_OK) == (m != NULL));
    if (rc == RC_OK) {
        rc = manifest_decide(m, &host, &offer, &why);
        check_why(rc, &why);
        if (rc == RC_OK)
            check_offer(&offer, &current);
    }
    manifest_free(m);
    return 0;
}
