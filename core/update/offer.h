/* offer.h - does the archive that was fetched belong to the offer? (updates.md 3)
 *
 * The offer's signature names version, target and file in its signed comment, which is compared
 * before anything is fetched; afterwards the size, the signature and, if told, the SHA-256 of the
 * very descriptor that is then unpacked. Threads: any. Memory: proofs are the caller's. */
#ifndef CORE_UPDATE_OFFER_H
#define CORE_UPDATE_OFFER_H
#include "core/update/manifest.h"

/* Proves that one of keys[count] signed an archive of the offered version for `target` under the
 * name at the end of the offer's address; with MANIFEST_TAURI any name will do, and a comment
 * without a target. RC_OK and *out, or a refusal. */
NODISCARD enum rc offer_trust(const struct offer *o, enum manifest_profile profile,
                              const char *target, const struct minisign_key *keys, size_t count,
                              struct minisign_trusted **out, struct refusal *why);
/* Proves that what `fd` reads is that archive; `t` comes from offer_trust(). Takes fd if, and only
 * if, it returns RC_OK: minisign_file(). REFUSAL_SIZE, REFUSAL_SIGNATURE, REFUSAL_HASH. */
NODISCARD enum rc offer_check(const struct offer *o, const struct minisign_trusted *t, int fd,
                              struct signed_file **out, struct refusal *why);

#endif
