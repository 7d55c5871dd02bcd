/* proxies.h - the proxy that the system has for us, read anew each time: networks come and go.
 *
 * macOS: the network settings; Linux: the environment. What it means is core/desktop/proxy.h's.
 * Threads: any. Never blocks on a network. */
#ifndef APP_SERVICE_PROXIES_H
#define APP_SERVICE_PROXIES_H
#include "core/desktop/proxy.h"

/* RC_OK and *out, also when there is none; else as proxy_from_facts() and proxy_from_words(). */
NODISCARD enum rc proxies_read(struct proxy *out, struct fault *why);

#endif
