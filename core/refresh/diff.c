/* diff.c - equality of snapshots, field by field, in the order in which differences are likely. */
#include "core/refresh/diff.h"
#include <string.h>

static bool same_text(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return strcmp(a, b) == 0;
}

static bool same_ports(const struct container *a, const struct container *b)
{
    if (a->port_count != b->port_count)
        return false;
    for (size_t i = 0; i < a->port_count; i++) {
        const struct port *x = &a->ports[i], *y = &b->ports[i];

        if (x->host_port != y->host_port || x->container_port != y->container_port ||
            x->count != y->count || !same_text(x->host_ip, y->host_ip) ||
            !same_text(x->proto, y->proto))
            return false;
    }
    return true;
}

static bool has_label(const struct container *c, const struct label *wanted)
{
    for (size_t i = 0; i < c->label_count; i++) {
        if (same_text(c->labels[i].key, wanted->key))
            return same_text(c->labels[i].value, wanted->value);
    }
    return false;
}

/* JSON objects have no order, and 0.x of Apple's changes it from run to run. */
static bool same_labels(const struct container *a, const struct container *b)
{
    if (a->label_count != b->label_count)
        return false;
    for (size_t i = 0; i < a->label_count; i++) {
        const struct label *x = &a->labels[i], *y = &b->labels[i];
        bool in_place = same_text(x->key, y->key) && same_text(x->value, y->value);

        if (!in_place && !has_label(b, x))
            return false;
    }
    return true;
}

static bool same_times(const struct container *a, const struct container *b)
{
    return a->has_started == b->has_started && a->started_s == b->started_s &&
           a->has_finished == b->has_finished && a->finished_s == b->finished_s &&
           a->has_exit_code == b->has_exit_code && a->exit_code == b->exit_code;
}

static bool same_container(const struct container *a, const struct container *b)
{
    return a->state == b->state && same_text(a->id, b->id) && a->health == b->health &&
           same_times(a, b) && same_text(a->name, b->name) && same_text(a->image, b->image) &&
           same_text(a->address, b->address) && same_text(a->project, b->project) &&
           a->infra == b->infra && a->auto_remove == b->auto_remove && same_ports(a, b) &&
           same_labels(a, b);
}

bool diff_same(const struct snapshot *a, const struct snapshot *b)
{
    if (a->kind != b->kind || a->state != b->state || a->stale != b->stale || a->count != b->count)
        return false;
    if (!same_text(a->why, b->why) || !same_text(a->version, b->version) ||
        !same_text(a->client, b->client) || !same_text(a->context, b->context))
        return false;
    if (a->service != b->service || a->origin != b->origin || !same_text(a->root, b->root))
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (!same_container(&a->list[i], &b->list[i]))
            return false;
    }
    return true;
}
