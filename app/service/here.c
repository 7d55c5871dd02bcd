/* here.c - see here.h. */
#include "app/service/here.h"
#include "app/service/bundle.h"
#include <stdlib.h>
#include <sys/statvfs.h>

void here_place(const struct setup *setup, struct place *out)
{
    struct statvfs volume;
    char id[BUNDLE_ID_MAX];
    struct place_facts facts = {
        .self = setup->self,
        .home = setup->where.home,
        .bundle_id = id,
        .mac = setup->where.mac,
    };

    bundle_id(id);
    facts.read_only = statvfs(setup->self, &volume) == 0 && (volume.f_flag & ST_RDONLY) != 0;
    place_find(&facts, out);
}

struct tool_link_where here_link(const struct setup *setup)
{
    return (struct tool_link_where){
        .system = TOOL_LINK_SYSTEM,
        .home = setup->where.home,
        .search = getenv("PATH"),
        .self = setup->self,
    };
}
