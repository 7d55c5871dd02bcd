/* proxies.c - see app/service/proxies.h. The small names come first, as in curl(1), "ENVIRONMENT".
 */
#include "app/service/proxies.h"
#include <stdlib.h>

static const char *first_of(const char *one, const char *other)
{
    const char *value = getenv(one);

    return value != NULL && value[0] != '\0' ? value : getenv(other);
}

enum rc proxies_read(struct proxy *out, struct fault *why)
{
    return proxy_from_words(first_of("https_proxy", "HTTPS_PROXY"),
                            first_of("no_proxy", "NO_PROXY"), out, why);
}
