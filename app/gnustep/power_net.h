/* power_net.h - did the way out of this machine change? Private to power.c.
 *
 * Told by the kernel (netlink, rtnetlink(7)). Only a default route counts: addresses and links also
 * come and go with each container that starts, and our own streams would be begun anew each time.
 * Threads: one. */
#ifndef APP_GNUSTEP_POWER_NET_H
#define APP_GNUSTEP_POWER_NET_H
#include <stdbool.h>

/* A descriptor that polls readable when a route came or went, or -1 with errno. */
int power_net_open(void);
/* Empties it. True if a default route was among what has come. */
bool power_net_changed(int fd);

#endif
