/* port_url.c - see port_url.h.
 *
 * Nothing tells what is spoken at a port, so its number has to: https at 443 and 8443, on whichever
 * side they are, http at all others. "Every address" is no address that one can go to; localhost
 * is. */
#include "core/desktop/port_url.h"
#include <stdio.h>
#include <string.h>

static bool is_every_address(const char *ip)
{
    return ip[0] == '\0' || strcmp(ip, "0.0.0.0") == 0 || strcmp(ip, "::") == 0;
}

static bool is_secure(unsigned port)
{
    return port == 443 || port == 8443;
}

static bool is_tcp(const struct port *p)
{
    return strcmp(p->proto, "tcp") == 0 && p->host_port != 0;
}

/* Lower is better: what people most often give a web server. */
static unsigned rank(const struct port *p)
{
    static const unsigned usual[] = {80, 443, 8080, 8443, 3000, 8000};

    for (unsigned i = 0; i < countof(usual); i++) {
        if (p->container_port == usual[i])
            return i;
    }
    return countof(usual);
}

static const struct port *find(const struct container *c, const char *host_ip, unsigned number)
{
    const struct port *best = NULL;

    for (size_t i = 0; i < c->port_count; i++) {
        const struct port *p = &c->ports[i];

        if (!is_tcp(p) || (host_ip != NULL && strcmp(p->host_ip, host_ip) != 0))
            continue;
        if (number == 0 && (best == NULL || rank(p) < rank(best)))
            best = p;
        if (number >= p->host_port && number - p->host_port < p->count)
            return p;
    }
    return best;
}

/* The address came from an engine: as a host it is checked before it becomes part of a URL, or a
 * slash in it would make it another one. */
static enum rc make(const struct port *p, unsigned number, struct valid_url *out, struct fault *why)
{
    unsigned inner = p->container_port + (number - p->host_port);
    const char *scheme = is_secure(inner) || is_secure(number) ? "https" : "http";
    const char *ip = is_every_address(p->host_ip) ? "localhost" : p->host_ip;
    char text[VALID_URL_MAX + 1];
    struct valid_host host;
    int len =
        snprintf(text, sizeof text, strchr(ip, ':') != NULL ? "[%s]:%u" : "%s:%u", ip, number);

    if (len < 0 || (size_t)len >= sizeof text ||
        valid_host(text, (size_t)len, &host, NULL) != RC_OK)
        return fault_set(why, RC_DENIED, "port %u is at an address that no browser takes", number);
    len = snprintf(text, sizeof text, "%s://%s/", scheme, host.text);
    return valid_url(text, (size_t)len, out, why);
}

enum rc port_url(const struct container *c, const char *host_ip, unsigned number,
                 struct valid_url *out, struct fault *why)
{
    const struct port *p = find(c, host_ip, number);

    out->text[0] = '\0';
    if (c->state != STATE_RUNNING)
        return fault_set(why, RC_DENIED, "%s is %s", c->name, state_word(c->state));
    if (p == NULL && number == 0)
        return fault_set(why, RC_MISSING, "%s publishes no TCP port", c->name);
    if (p == NULL)
        return fault_set(why, RC_MISSING, "%s does not publish TCP port %u", c->name, number);
    return make(p, number != 0 ? number : p->host_port, out, why);
}
