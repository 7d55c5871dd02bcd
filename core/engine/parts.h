/* parts.h - the ports and labels of one container while it is read; private to core/engine. Pure.
 */
#ifndef CORE_ENGINE_PARTS_H
#define CORE_ENGINE_PARTS_H
#include "core/base/json.h"
#include "core/engine/piece.h"
#include "core/engine/snapshot.h"

/* Published ports of one container, capped; start with count 0. */
struct parse_ports {
    struct port list[SNAPSHOT_PORTS_MAX];
    size_t count;
};
/* One port or range; left out when a number is out of range or there is no host port. An empty
 * address means all, brackets are taken off, an empty protocol means tcp. */
void parse_port_add(struct parse_ports *ports, struct snapshot *s, struct piece host_ip,
                    int64_t host_port, int64_t container_port, struct piece proto, int64_t count);
void parse_ports_give(const struct parse_ports *ports, struct snapshot *s, struct container *c);

/* Labels of one container, capped, with the compose project picked out; start zeroed. */
struct parse_labels {
    struct label list[SNAPSHOT_LABELS_MAX];
    size_t count;
    const char *project, *podman_project;
};
void parse_label_add(struct parse_labels *labels, struct snapshot *s, struct piece key,
                     struct piece value);
/* Members of an object whose values are texts; NULL has none. */
void parse_labels_object(struct parse_labels *labels, struct snapshot *s, const cJSON *object);
/* Sets labels and project. */
void parse_labels_give(const struct parse_labels *labels, struct snapshot *s, struct container *c);
/* Value of a label of *c, or NULL. */
const char *parse_label(const struct container *c, const char *key);

#endif
