/* port_url.h - what a published port is called in a browser.
 *
 * Only TCP, only a running container, only a URL that validate.h lets through. Pure; any thread. */
#ifndef CORE_DESKTOP_PORT_URL_H
#define CORE_DESKTOP_PORT_URL_H
#include "core/engine/snapshot.h"

/* The URL of the container's port that the host has as `number` at `host_ip` (NULL: at any
 * address). `number` 0: the one that looks most like a web server, else the first. RC_MISSING with
 * a sentence if it publishes no such port; RC_DENIED if it does not run, or if the address can be
 * part of no URL. */
NODISCARD enum rc port_url(const struct container *c, const char *host_ip, unsigned number,
                           struct valid_url *out, struct fault *why);

#endif
