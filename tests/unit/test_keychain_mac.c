/* The Mac's side of the keychain, run over a keychain that is made up here: which items it asks
 * for, that a password is never copied into memory that nobody wipes, each error's code, and that
 * every object is let go. */
#include "core/base/mem.h"
#include "tests/unit/unit.h"

/* The library has this system's own functions of these names. */
#define keychain_sys_get mac_get
#define keychain_sys_put mac_put
#define keychain_sys_delete mac_delete
#define keychain_sys_status mac_status
#include "core/store/keychain_macos.c" /* NOLINT(bugprone-suspicious-include) */

/* --- objects ---------------------------------------------------------------------------------- */

enum kind { KIND_TEXT, KIND_DATA, KIND_DICTIONARY };

struct object {
    enum kind kind;
    char text[600];
    const uint8_t *bytes;
    uint8_t *own; /* of data that the keychain gave */
    long len;
    const void *keys[PAIRS_MAX], *values[PAIRS_MAX];
};

static int alive;
static bool wiped; /* the last data that the keychain gave, when it was let go */

struct cf_callbacks {
    int unused;
};
const struct cf_callbacks kCFTypeDictionaryKeyCallBacks, kCFTypeDictionaryValueCallBacks;
#define NAME(name) const void *const name = #name
NAME(kCFAllocatorNull);
NAME(kCFBooleanTrue);
NAME(kSecClass);
NAME(kSecClassGenericPassword);
NAME(kSecAttrService);
NAME(kSecAttrAccount);
NAME(kSecAttrLabel);
NAME(kSecValueData);
NAME(kSecReturnData);

static struct object *object_new(enum kind kind)
{
    struct object *o = mem_new(sizeof *o);

    o->kind = kind;
    alive++;
    return o;
}

const void *CFStringCreateWithCString(const void *allocator, const char *text, uint32_t encoding)
{
    struct object *o = object_new(KIND_TEXT);

    assert_null(allocator);
    assert_int_equal(encoding, 0x8000100);
    assert_true(strlen(text) < sizeof o->text);
    memcpy(o->text, text, strlen(text) + 1);
    return o;
}

const void *CFDataCreateWithBytesNoCopy(const void *allocator, const uint8_t *bytes, long len,
                                        const void *bytes_allocator)
{
    struct object *o = object_new(KIND_DATA);

    assert_null(allocator);
    assert_ptr_equal(bytes_allocator, kCFAllocatorNull); /* else it would free the secret's pages */
    o->bytes = bytes;
    o->len = len;
    return o;
}

const uint8_t *CFDataGetBytePtr(const void *data)
{
    return ((const struct object *)data)->bytes;
}

long CFDataGetLength(const void *data)
{
    return ((const struct object *)data)->len;
}

const void *CFDictionaryCreate(const void *allocator, const void **keys, const void **values,
                               long count, const struct cf_callbacks *of_keys,
                               const struct cf_callbacks *of_values)
{
    struct object *o = object_new(KIND_DICTIONARY);

    assert_null(allocator);
    assert_ptr_equal(of_keys, &kCFTypeDictionaryKeyCallBacks);
    assert_ptr_equal(of_values, &kCFTypeDictionaryValueCallBacks);
    assert_true(count <= PAIRS_MAX);
    memcpy(o->keys, keys, (size_t)count * sizeof *keys);
    memcpy(o->values, values, (size_t)count * sizeof *values);
    o->len = count;
    return o;
}

void CFRelease(const void *object)
{
    struct object *o = (struct object *)object;

    if (o->own != NULL) {
        wiped = true;
        for (long i = 0; i < o->len; i++)
            wiped = wiped && o->own[i] == 0;
    }
    mem_free(o->own);
    mem_free(o);
    alive--;
}

/* --- a keychain of one item ------------------------------------------------------------------- */

static struct {
    int32_t fails;  /* what each call answers, if not 0 */
    bool has, race; /* race: another process makes the item between an update and an add */
    char held[32];
    uint32_t bits;
    int updates, adds;
} chain;

static const struct object *value(const void *dictionary, const void *key)
{
    const struct object *d = dictionary;

    assert_int_equal(d->kind, KIND_DICTIONARY);
    for (long i = 0; i < d->len; i++) {
        if (d->keys[i] == key)
            return d->values[i];
    }
    return NULL;
}

static void is_ours(const void *query)
{
    assert_ptr_equal(value(query, kSecClass), kSecClassGenericPassword);
    assert_string_equal(value(query, kSecAttrService)->text, CK_BUNDLE_ID);
    assert_string_equal(value(query, kSecAttrAccount)->text, "anna@registry.example.com");
}

static void hold(const struct object *data)
{
    assert_int_equal(data->kind, KIND_DATA);
    assert_true((size_t)data->len < sizeof chain.held);
    memcpy(chain.held, data->bytes, (size_t)data->len);
    chain.held[data->len] = '\0';
    chain.has = true;
}

int32_t SecItemCopyMatching(const void *query, const void **result)
{
    struct object *o;

    is_ours(query);
    assert_ptr_equal(value(query, kSecReturnData), kCFBooleanTrue);
    if (chain.fails != 0 || !chain.has)
        return chain.fails != 0 ? chain.fails : NOT_FOUND;
    o = object_new(KIND_DATA);
    o->len = (long)strlen(chain.held);
    o->own = (uint8_t *)mem_dup(chain.held, strlen(chain.held));
    o->bytes = o->own;
    *result = o;
    return 0;
}

int32_t SecItemAdd(const void *attributes, const void **result)
{
    is_ours(attributes);
    assert_null(result);
    assert_string_equal(value(attributes, kSecAttrLabel)->text,
                        "Container Kit: anna@registry.example.com");
    chain.adds++;
    if (chain.race)
        chain.has = true;
    if (chain.has)
        return DUPLICATE;
    hold(value(attributes, kSecValueData));
    return 0;
}

int32_t SecItemUpdate(const void *query, const void *changes)
{
    is_ours(query);
    assert_int_equal(((const struct object *)query)->len, 3); /* or it would find nothing */
    assert_int_equal(((const struct object *)changes)->len, 1);
    chain.updates++;
    if (chain.fails != 0 || !chain.has)
        return chain.fails != 0 ? chain.fails : NOT_FOUND;
    hold(value(changes, kSecValueData));
    return 0;
}

int32_t SecItemDelete(const void *query)
{
    is_ours(query);
    if (chain.fails != 0 || !chain.has)
        return chain.fails != 0 ? chain.fails : NOT_FOUND;
    chain.has = false;
    return 0;
}

int32_t SecKeychainGetStatus(const void *keychain, uint32_t *status)
{
    assert_null(keychain);
    *status = chain.bits;
    return chain.fails;
}

/* --- tests ------------------------------------------------------------------------------------ */

static const struct keychain_account anna = {"anna@registry.example.com"};

static enum rc put(const char *text, struct fault *why)
{
    struct secret *s = NULL;
    enum rc rc;

    assert_int_equal(secret_new(text, strlen(text), &s, NULL), RC_OK);
    rc = mac_put(&anna, s, why);
    secret_free(s);
    return rc;
}

static void holds(const char *text)
{
    struct secret *s = NULL;

    wiped = false;
    assert_int_equal(mac_get(&anna, &s, NULL), RC_OK);
    assert_int_equal(secret_len(s), strlen(text));
    assert_memory_equal(secret_bytes(s), text, strlen(text));
    assert_true(wiped);
    secret_free(s);
}

TEST(keychain_mac_puts_replaces_gets_deletes)
{
    struct fault why = {0};
    struct secret *s = NULL;

    memset(&chain, 0, sizeof chain);
    assert_int_equal(mac_get(&anna, &s, &why), RC_MISSING);
    assert_string_equal(why.text, "The keychain has no password for anna@registry.example.com.");
    assert_int_equal(put("one", NULL), RC_OK);
    holds("one");
    assert_int_equal(put("two", NULL), RC_OK);
    holds("two");
    assert_int_equal(chain.adds, 1);
    assert_int_equal(mac_delete(&anna, NULL), RC_OK);
    assert_int_equal(mac_delete(&anna, NULL), RC_MISSING);
    assert_int_equal(alive, 0);
}

TEST(keychain_mac_replaces_an_item_that_was_made_at_the_same_moment)
{
    memset(&chain, 0, sizeof chain);
    chain.race = true;
    assert_int_equal(put("mine", NULL), RC_OK);
    holds("mine");
    assert_int_equal(chain.updates, 2);
    assert_int_equal(alive, 0);
}

TEST(keychain_mac_has_a_sentence_for_each_refusal)
{
    static const struct {
        int32_t status;
        enum rc rc;
        const char *text;
    } rows[] = {
        {-128, RC_DENIED, "The keychain was not opened: its dialog was cancelled."},
        {-25293, RC_DENIED, "The keychain did not let this program in."},
        {-25308, RC_DENIED, "The keychain is locked, and cannot ask for its password here."},
        {-25291, RC_DOWN, "There is no keychain for this user."},
        {-25294, RC_DOWN, "There is no keychain for this user."},
        {-25307, RC_DOWN, "There is no keychain for this user."},
        {-34018, RC_FAILED, "The keychain refused with error -34018."},
    };
    struct secret *s = NULL;
    bool locked = true;

    memset(&chain, 0, sizeof chain);
    for (size_t i = 0; i < countof(rows); i++) {
        struct fault why = {0};

        chain.fails = rows[i].status;
        assert_int_equal(mac_get(&anna, &s, &why), rows[i].rc);
        assert_string_equal(why.text, rows[i].text);
        assert_null(s);
        assert_int_equal(put("x", &why), rows[i].rc);
        assert_int_equal(mac_delete(&anna, &why), rows[i].rc);
        assert_int_equal(mac_status(&locked, &why), rows[i].rc);
        assert_string_equal(why.text, rows[i].text);
        assert_false(locked);
    }
    assert_int_equal(chain.adds, 0);
    assert_int_equal(alive, 0);
}

TEST(keychain_mac_tells_locked_from_open_without_asking)
{
    bool locked = false;

    memset(&chain, 0, sizeof chain);
    chain.bits = 6; /* may be read and written, but is locked */
    assert_int_equal(mac_status(&locked, NULL), RC_OK);
    assert_true(locked);
    chain.bits = 7;
    assert_int_equal(mac_status(&locked, NULL), RC_OK);
    assert_false(locked);
}

TEST(keychain_mac_refuses_an_item_of_another_program_that_is_empty)
{
    struct secret *s = NULL;

    memset(&chain, 0, sizeof chain);
    chain.has = true;
    assert_int_equal(mac_get(&anna, &s, NULL), RC_DENIED);
    assert_null(s);
    assert_int_equal(alive, 0);
}

SUITE(keychain_mac, T(keychain_mac_puts_replaces_gets_deletes),
      T(keychain_mac_replaces_an_item_that_was_made_at_the_same_moment),
      T(keychain_mac_has_a_sentence_for_each_refusal),
      T(keychain_mac_tells_locked_from_open_without_asking),
      T(keychain_mac_refuses_an_item_of_another_program_that_is_empty))
