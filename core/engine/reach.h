/* reach.h - is it the system that keeps an engine's tool out of the local network?
 *
 * macOS asks once whether a program may reach the local network; where it may not, connecting fails
 * with EHOSTUNREACH, which engines pass on as "no route to host" (mac-behaviour 21). A context of
 * docker's or a connection of podman's may lead to such a machine. Pure. */
#ifndef CORE_ENGINE_REACH_H
#define CORE_ENGINE_REACH_H
#include "core/base/base.h"

/* An engine's standard error says that there is no way to an address of the local network: private
 * or link-local ones (RFC 1918, 3927, 4193, 4291), and names below .local. */
bool reach_lan_refused(const char *err, size_t len);

#endif
