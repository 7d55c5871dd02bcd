/* refusal.c - the words of the classes, and the result code of each. */
#include "core/update/refusal.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

static const struct {
    const char *word;
    enum rc rc;
} classes[REFUSAL_COUNT] = {
    [REFUSAL_NONE] = {"none", RC_OK},
    [REFUSAL_READ] = {"read", RC_IO},
    [REFUSAL_NETWORK] = {"network", RC_DOWN},
    [REFUSAL_TLS] = {"tls", RC_DENIED},
    [REFUSAL_STATUS] = {"status", RC_FAILED},
    [REFUSAL_SLOW] = {"slow", RC_TIMEOUT},
    [REFUSAL_CANCELLED] = {"cancelled", RC_CANCELLED},
    [REFUSAL_SIZE] = {"size", RC_TOO_BIG},
    [REFUSAL_KEY] = {"key", RC_DENIED},
    [REFUSAL_BASE64] = {"base64", RC_PARSE},
    [REFUSAL_TEXT] = {"text", RC_PARSE},
    [REFUSAL_ALGORITHM] = {"algorithm", RC_DENIED},
    [REFUSAL_KEY_ID] = {"key-id", RC_DENIED},
    [REFUSAL_COMMENT_SIGNATURE] = {"comment-signature", RC_DENIED},
    [REFUSAL_SIGNATURE] = {"signature", RC_DENIED},
    [REFUSAL_COMMENT] = {"comment", RC_PARSE},
    [REFUSAL_VERSION] = {"version", RC_DENIED},
    [REFUSAL_TARGET] = {"target", RC_DENIED},
    [REFUSAL_FILE] = {"file", RC_DENIED},
    [REFUSAL_JSON] = {"json", RC_PARSE},
    [REFUSAL_SCHEMA] = {"schema", RC_DENIED},
    [REFUSAL_APP_ID] = {"app-id", RC_DENIED},
    [REFUSAL_TYPE] = {"type", RC_PARSE},
    [REFUSAL_EXPIRED] = {"expired", RC_DENIED},
    [REFUSAL_ROLLBACK] = {"rollback", RC_DENIED},
    [REFUSAL_URL] = {"url", RC_DENIED},
    [REFUSAL_HASH] = {"hash", RC_DENIED},
    [REFUSAL_ARCHIVE] = {"archive", RC_PARSE},
    [REFUSAL_KIND] = {"kind", RC_DENIED},
    [REFUSAL_PATH] = {"path", RC_DENIED},
    [REFUSAL_LINK] = {"link", RC_DENIED},
    [REFUSAL_MODE] = {"mode", RC_DENIED},
    [REFUSAL_SPACE] = {"space", RC_TOO_BIG},
    [REFUSAL_WRITE] = {"write", RC_IO},
    [REFUSAL_BUNDLE] = {"bundle", RC_PARSE},
    [REFUSAL_PROCESSOR] = {"processor", RC_DENIED},
    [REFUSAL_STOPPED] = {"stopped", RC_CANCELLED},
    [REFUSAL_CODE] = {"code-signature", RC_DENIED},
    [REFUSAL_PLACE] = {"place", RC_DENIED},
    [REFUSAL_BUSY] = {"busy", RC_DENIED},
    [REFUSAL_CLOCK] = {"clock", RC_DENIED},
};

enum rc refuse(struct refusal *why, enum refusal_class class, const char *fmt, ...)
{
    int sys = errno; /* before anything can change it */
    char text[FAULT_TEXT_MAX];
    va_list ap;

    MUST(class > REFUSAL_NONE && class < REFUSAL_COUNT);
    if (why == NULL)
        return classes[class].rc;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    why->class = class;
    errno = sys;
    return fault_set(&why->fault, classes[class].rc, "%s", text);
}

const char *refusal_word(enum refusal_class class)
{
    MUST(class < REFUSAL_COUNT);
    return classes[class].word;
}
