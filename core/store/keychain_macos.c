/* keychain_macos.c - keychain_sys.h over the login keychain: generic passwords, through SecItem.
 *
 * Without kSecUseDataProtectionKeychain, which wants an entitlement that a program outside of a
 * provisioning profile cannot have, SecItem speaks to the keychain file of the user; that ties an
 * item to the signature of the program that made it (apple/README.md, "Services around it").
 * Status is the old SecKeychainGetStatus(): marked as deprecated, and the only call that tells
 * "locked" without showing anything.
 *
 * What is used of CoreFoundation and Security is declared here, checked against Apple's tables by
 * tests/macos/check_rows.py; being plain C it also runs in a unit test, over a keychain made up
 * there. */
#include "core/store/keychain_sys.h"
#include <string.h>

#define UTF8 0x8000100 /* kCFStringEncodingUTF8 */
/* A bit of SecKeychainStatus, kSecUnlockStateStatus. */
#define UNLOCKED 1u

enum status {
    NONE_AVAILABLE = -25291,  /* errSecNotAvailable */
    AUTH_FAILED = -25293,     /* errSecAuthFailed */
    NO_SUCH = -25294,         /* errSecNoSuchKeychain */
    DUPLICATE = -25299,       /* errSecDuplicateItem */
    NOT_FOUND = -25300,       /* errSecItemNotFound */
    NO_DEFAULT = -25307,      /* errSecNoDefaultKeychain */
    NOT_INTERACTIVE = -25308, /* errSecInteractionNotAllowed */
    CANCELLED = -128,         /* errSecUserCanceled */
};

struct cf_callbacks; /* known to CoreFoundation alone */
extern const struct cf_callbacks kCFTypeDictionaryKeyCallBacks, kCFTypeDictionaryValueCallBacks;
extern const void *const kCFAllocatorNull;
extern const void *const kCFBooleanTrue;
const void *CFStringCreateWithCString(const void *allocator, const char *text, uint32_t encoding);
const void *CFDataCreateWithBytesNoCopy(const void *allocator, const uint8_t *bytes, long len,
                                        const void *bytes_allocator);
const uint8_t *CFDataGetBytePtr(const void *data);
long CFDataGetLength(const void *data);
const void *CFDictionaryCreate(const void *allocator, const void **keys, const void **values,
                               long count, const struct cf_callbacks *of_keys,
                               const struct cf_callbacks *of_values);
void CFRelease(const void *object);

extern const void *const kSecClass;
extern const void *const kSecClassGenericPassword;
extern const void *const kSecAttrService;
extern const void *const kSecAttrAccount;
extern const void *const kSecAttrLabel;
extern const void *const kSecValueData;
extern const void *const kSecReturnData;
int32_t SecItemCopyMatching(const void *query, const void **result);
int32_t SecItemAdd(const void *attributes, const void **result);
int32_t SecItemUpdate(const void *query, const void *changes);
int32_t SecItemDelete(const void *query);
int32_t SecKeychainGetStatus(const void *keychain, uint32_t *status);

static enum rc explain(int32_t status, const struct keychain_account *a, struct fault *why)
{
    switch (status) {
    case 0:
        return RC_OK;
    case NOT_FOUND:
        return fault_set(why, RC_MISSING, "The keychain has no password for %s.", a->text);
    case CANCELLED:
        return fault_set(why, RC_DENIED, "The keychain was not opened: its dialog was cancelled.");
    case AUTH_FAILED:
        return fault_set(why, RC_DENIED, "The keychain did not let this program in.");
    case NOT_INTERACTIVE:
        return fault_set(why, RC_DENIED,
                         "The keychain is locked, and cannot ask for its password "
                         "here.");
    case NONE_AVAILABLE:
    case NO_SUCH:
    case NO_DEFAULT:
        return fault_set(why, RC_DOWN, "There is no keychain for this user.");
    default:
        return fault_set(why, RC_FAILED, "The keychain refused with error %d.", (int)status);
    }
}

/* What is asked for: keys with values, of which it owns those that made() gave. Zeroed is empty. */
#define PAIRS_MAX 6
struct query {
    const void *keys[PAIRS_MAX], *values[PAIRS_MAX];
    const void *owned[PAIRS_MAX];
    long count, owned_count;
};

static void add(struct query *q, const void *key, const void *value)
{
    MUST(q->count < PAIRS_MAX);
    q->keys[q->count] = key;
    q->values[q->count++] = value;
}

static void add_made(struct query *q, const void *key, const void *made)
{
    MUST(made != NULL); /* the texts are UTF-8; else there is no memory */
    add(q, key, made);
    q->owned[q->owned_count++] = made;
}

static void add_text(struct query *q, const void *key, const char *text)
{
    add_made(q, key, CFStringCreateWithCString(NULL, text, UTF8));
}

/* Over the secret's own pages: no copy of ours to be wiped. */
static void add_secret(struct query *q, const struct secret *secret)
{
    add_made(q, kSecValueData,
             CFDataCreateWithBytesNoCopy(NULL, secret_bytes(secret), (long)secret_len(secret),
                                         kCFAllocatorNull));
}

static void add_item(struct query *q, const struct keychain_account *a)
{
    add(q, kSecClass, kSecClassGenericPassword);
    add_text(q, kSecAttrService, CK_BUNDLE_ID);
    add_text(q, kSecAttrAccount, a->text);
}

/* For CFRelease(). */
static const void *dictionary(struct query *q)
{
    const void *d =
        CFDictionaryCreate(NULL, q->keys, q->values, q->count, &kCFTypeDictionaryKeyCallBacks,
                           &kCFTypeDictionaryValueCallBacks);

    MUST(d != NULL);
    return d;
}

static void query_release(struct query *q)
{
    for (long i = 0; i < q->owned_count; i++)
        CFRelease(q->owned[i]);
    *q = (struct query){.count = 0};
}

/* Takes the data, whose bytes are a copy made for us: wiped before they are freed. */
static enum rc take_data(const void *data, struct secret **out, struct fault *why)
{
    enum rc rc =
        secret_take((void *)CFDataGetBytePtr(data), (size_t)CFDataGetLength(data), out, why);

    CFRelease(data);
    return rc;
}

enum rc keychain_sys_get(const struct keychain_account *a, struct secret **out, struct fault *why)
{
    struct query q = {.count = 0};
    const void *asked, *data = NULL;
    int32_t status;

    *out = NULL;
    add_item(&q, a);
    add(&q, kSecReturnData, kCFBooleanTrue);
    asked = dictionary(&q);
    status = SecItemCopyMatching(asked, &data);
    CFRelease(asked);
    query_release(&q);
    if (status == 0 && data == NULL)
        status = NOT_FOUND;
    return status == 0 ? take_data(data, out, why) : explain(status, a, why);
}

static int32_t update(const struct keychain_account *a, const struct secret *secret)
{
    struct query q = {.count = 0}, change = {.count = 0};
    const void *asked, *changes;
    int32_t status;

    add_item(&q, a);
    add_secret(&change, secret);
    asked = dictionary(&q);
    changes = dictionary(&change);
    status = SecItemUpdate(asked, changes);
    CFRelease(changes);
    CFRelease(asked);
    query_release(&change);
    query_release(&q);
    return status;
}

static int32_t make(const struct keychain_account *a, const struct secret *secret)
{
    char label[KEYCHAIN_ACCOUNT_MAX + 32] = "Container Kit: ";
    struct query q = {.count = 0};
    const void *item;
    int32_t status;

    memcpy(label + strlen(label), a->text, strlen(a->text) + 1);
    add_item(&q, a);
    add_text(&q, kSecAttrLabel, label);
    add_secret(&q, secret);
    item = dictionary(&q);
    status = SecItemAdd(item, NULL);
    CFRelease(item);
    query_release(&q);
    return status;
}

enum rc keychain_sys_put(const struct keychain_account *a, const struct secret *secret,
                         struct fault *why)
{
    int32_t status = update(a, secret);

    if (status == NOT_FOUND)
        status = make(a, secret);
    if (status == DUPLICATE) /* another process was quicker */
        status = update(a, secret);
    return explain(status, a, why);
}

enum rc keychain_sys_delete(const struct keychain_account *a, struct fault *why)
{
    struct query q = {.count = 0};
    const void *asked;
    int32_t status;

    add_item(&q, a);
    asked = dictionary(&q);
    status = SecItemDelete(asked);
    CFRelease(asked);
    query_release(&q);
    return explain(status, a, why);
}

enum rc keychain_sys_status(bool *locked, struct fault *why)
{
    static const struct keychain_account nobody = {"anybody"};
    uint32_t bits = 0;
    int32_t status = SecKeychainGetStatus(NULL, &bits); /* the default one */

    *locked = status == 0 && (bits & UNLOCKED) == 0;
    return explain(status, &nobody, why);
}
