/* minisign_text.h - the texts of minisign taken apart: lines and base64, no cryptography.
 *
 * Rules S1 to S7 for reading and the forms of a key: updates.md 1.4. Nothing is
 * repaired: a text that minisign itself would let pass, with a fifth line or a second spelling of
 * the same bytes, is refused. Private to core/update. Pure; any thread. */
#ifndef CORE_UPDATE_MINISIGN_TEXT_H
#define CORE_UPDATE_MINISIGN_TEXT_H
#include "core/update/refusal.h"

#define MINISIGN_KEY_BYTES 42
#define MINISIGN_SIG_BYTES 74
#define MINISIGN_GLOBAL_BYTES 64
#define MINISIGN_COMMENT_MAX 8173 /* of the trusted comment, without its prefix */

/* What a signature's text holds; nothing of it was checked against a key. */
struct minisign_text {
    unsigned char sig[MINISIGN_SIG_BYTES];       /* algorithm 2, key id 8, signature 64 */
    unsigned char global[MINISIGN_GLOBAL_BYTES]; /* over signature and comment */
    const char *comment;                         /* in the text that was read */
    size_t comment_len;
};

/* The four lines of a .minisig, or REFUSAL_SIZE or REFUSAL_TEXT. */
NODISCARD enum rc minisign_text_read(const char *bytes, size_t len, struct minisign_text *out,
                                     struct refusal *why);
/* The key in two lines or in the bare line, or REFUSAL_KEY. */
NODISCARD enum rc minisign_text_key(const char *bytes, size_t len,
                                    unsigned char out[MINISIGN_KEY_BYTES], struct refusal *why);
/* Canonical base64 and nothing else in text[len]: true and *out_len, at most max. */
NODISCARD bool minisign_base64(const char *text, size_t len, void *out, size_t max,
                               size_t *out_len);

#endif
