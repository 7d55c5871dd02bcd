/* power_net.c - see power_net.h. */
#include "app/gnustep/power_net.h"
#include <errno.h>
#include <linux/rtnetlink.h>
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

int power_net_open(void)
{
    const struct sockaddr_nl here = {.nl_family = AF_NETLINK,
                                     .nl_groups = RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_ROUTE};
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
    int e;

    if (fd < 0 || bind(fd, (const struct sockaddr *)&here, sizeof here) == 0)
        return fd;
    e = errno;
    close(fd);
    errno = e;
    return -1;
}

/* A VPN may put two halves of the world in front of the default route: a length of 1. */
static bool is_way_out(const struct nlmsghdr *h)
{
    const struct rtmsg *route = NLMSG_DATA(h);

    return (h->nlmsg_type == RTM_NEWROUTE || h->nlmsg_type == RTM_DELROUTE) &&
           h->nlmsg_len >= NLMSG_LENGTH(sizeof *route) && route->rtm_dst_len <= 1 &&
           route->rtm_type == RTN_UNICAST && route->rtm_table == RT_TABLE_MAIN;
}

bool power_net_changed(int fd)
{
    union {
        struct nlmsghdr head; /* for its alignment */
        char bytes[8192];
    } m;
    bool changed = false;

    for (;;) {
        ssize_t got = recv(fd, &m, sizeof m, 0);
        unsigned left;

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 && errno == ENOBUFS) { /* some were lost: they may have been anything */
            changed = true;
            continue;
        }
        if (got <= 0)
            return changed;
        left = (unsigned)got;
        for (const struct nlmsghdr *h = &m.head; NLMSG_OK(h, left); h = NLMSG_NEXT(h, left))
            changed = changed || is_way_out(h);
    }
}
