/* spell.h - what is asked of an engine once per spell of running, beside its list: versions, what
 * service is behind it, and whose.
 *
 * A spell begins with the first good look after a bad one, and ends with the next bad one. For
 * look.h alone. Threads: any; each call blocks for its children. */
#ifndef CORE_ENGINE_SPELL_H
#define CORE_ENGINE_SPELL_H
#include "core/engine/engine.h"
#include "core/engine/locate.h"
#include "core/exec/child.h"

/* Who is asked, and with what. */
struct asking {
    struct spawner *spawner;
    const struct locate_where *where;
    const struct engine_driver *drv;
    const struct program *prog;
    const struct cancel *stop;
    struct child_result *child; /* the answer; its memory is used again */
};

/* Runs one row. */
NODISCARD enum rc asking_run(const struct asking *a, enum op op, struct fault *why);
/* The class of the last answer. */
enum engine_error asking_error(const struct asking *a);

/* Zeroed before the first one. */
struct spell {
    bool asked;
    char version[ENGINE_VERSION_MAX]; /* what answers, "" if not known */
    char client[ENGINE_VERSION_MAX];  /* of the tool, where the two do not fit, else "" */
    enum engine_service service;
    enum engine_origin origin;
    char root[SYS_PATH_MAX]; /* of another installation's service, else "" */
};

/* The engine runs: asks, unless that was done. What is not answered is not known. RC_CANCELLED is
 * the only failure, and then it is asked again. */
NODISCARD enum rc spell_ask(const struct asking *a, struct spell *out);
/* Fills *out's origin and root from the install root that Apple's service names, "" if it does not.
 */
void spell_origin(const struct asking *a, const char *root, struct spell *out);
/* Its tool says that the engine does not run: what could be started, or hangs and could be stopped.
 */
enum engine_service spell_service_down(const struct asking *a);

#endif
