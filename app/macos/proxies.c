/* proxies.c - see app/service/proxies.h: the network settings, out of CFNetwork's dictionary.
 *
 * CFNetworkCopySystemProxySettings() is looked up at run time, in the library that Foundation has
 * loaded: a system without it has no proxies to tell. Its keys are the names of the
 * kCFNetworkProxies... constants without that prefix, which other programs read from the same
 * settings as plain text. Values may be of any type: each is asked what it is. */
#include "app/service/proxies.h"
#include <dlfcn.h>
#include <string.h>

#define ENCODING_UTF8 0x8000100u /* kCFStringEncodingUTF8 */
#define NUMBER_INT64 4L          /* kCFNumberSInt64Type */
#define TEXT_MAX 256

/* Declarations of our own: what Core Foundation has, as far as it is used here. */
extern const void *CFDictionaryGetValue(const void *dictionary, const void *key);
extern const void *CFArrayGetValueAtIndex(const void *array, long at);
extern const void *CFStringCreateWithCString(const void *allocator, const char *text,
                                             unsigned encoding);
extern unsigned char CFStringGetCString(const void *string, char *out, long size,
                                        unsigned encoding);
extern unsigned char CFNumberGetValue(const void *number, long type, void *out);
extern unsigned long CFGetTypeID(const void *object);
extern unsigned long CFArrayGetTypeID(void);
extern unsigned long CFNumberGetTypeID(void);
extern unsigned long CFStringGetTypeID(void);
extern long CFArrayGetCount(const void *array);
extern void CFRelease(const void *object);

/* All texts of one reading. */
struct reading {
    const void *settings;
    char host[TEXT_MAX];
    char texts[PROXY_LIST_MAX][TEXT_MAX];
    const char *exceptions[PROXY_LIST_MAX];
};

/* The value, borrowed, or NULL if there is none of that type. */
static const void *value_of(const struct reading *r, const char *name, unsigned long type)
{
    const void *key = CFStringCreateWithCString(NULL, name, ENCODING_UTF8);
    const void *value = key != NULL ? CFDictionaryGetValue(r->settings, key) : NULL;

    if (key != NULL)
        CFRelease(key);
    return value != NULL && CFGetTypeID(value) == type ? value : NULL;
}

static int64_t number_of(const struct reading *r, const char *name)
{
    const void *value = value_of(r, name, CFNumberGetTypeID());
    int64_t number = 0;

    return value != NULL && CFNumberGetValue(value, NUMBER_INT64, &number) ? number : 0;
}

static bool text_of(const void *string, char out[TEXT_MAX])
{
    return string != NULL && CFGetTypeID(string) == CFStringGetTypeID() &&
           CFStringGetCString(string, out, TEXT_MAX, ENCODING_UTF8);
}

static size_t read_exceptions(struct reading *r)
{
    const void *list = value_of(r, "ExceptionsList", CFArrayGetTypeID());
    long count = list != NULL ? CFArrayGetCount(list) : 0;
    size_t n = 0;

    for (long i = 0; i < count && n < PROXY_LIST_MAX; i++) {
        if (!text_of(CFArrayGetValueAtIndex(list, i), r->texts[n]))
            continue;
        r->exceptions[n] = r->texts[n];
        n++;
    }
    return n;
}

static const void *copy_settings(void)
{
    const void *(*copy)(void) = NULL;
    void *found = dlsym(RTLD_DEFAULT, "CFNetworkCopySystemProxySettings");

    memcpy(&copy, &found, sizeof found); /* C has no cast from data to function pointers */
    return copy != NULL ? copy() : NULL;
}

enum rc proxies_read(struct proxy *out, struct fault *why)
{
    struct reading r = {.settings = copy_settings()};
    struct proxy_facts facts = {.exceptions = r.exceptions};
    enum rc rc;

    if (r.settings == NULL)
        return proxy_from_facts(&facts, out, why);
    facts.automatic = number_of(&r, "ProxyAutoConfigEnable") != 0 ||
                      number_of(&r, "ProxyAutoDiscoveryEnable") != 0;
    facts.https = number_of(&r, "HTTPSEnable") != 0;
    if (text_of(value_of(&r, "HTTPSProxy", CFStringGetTypeID()), r.host))
        facts.https_host = r.host;
    facts.https_port = number_of(&r, "HTTPSPort");
    facts.exception_count = read_exceptions(&r);
    rc = proxy_from_facts(&facts, out, why);
    CFRelease(r.settings);
    return rc;
}
