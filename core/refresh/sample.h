/* sample.h - asks an engine once what its containers use.
 *
 * Threads: any; blocks until the engine has answered, which for Apple's takes two seconds. */
#ifndef CORE_REFRESH_SAMPLE_H
#define CORE_REFRESH_SAMPLE_H
#include "core/engine/engine.h"
#include "core/engine/locate.h"
#include "core/engine/usage.h"
#include "core/exec/child.h"

/* What is asked about; the ids are borrowed. */
struct sample_of {
    enum engine_kind kind;
    const struct valid_id *ids; /* at most CMD_IDS_MAX */
    size_t count;               /* 0: every container that runs */
};

struct sample {
    struct engine_stat *list; /* for mem_free(); NULL if it is empty */
    size_t count;
    int64_t at_ms; /* clock_ms() when the answer was there */
};

/* RC_OK and *out filled, or the engine's own sentence and *out empty. */
NODISCARD enum rc sample_take(struct spawner *s, const struct locate_where *where,
                              const struct sample_of *of, const struct cancel *stop,
                              struct sample *out, struct fault *why);

#define SAMPLE_APART_MS 1000 /* at least, between two that make a percentage */

/* Adds to *book what there is now: asks once more where a percentage takes two answers. */
NODISCARD enum rc sample_measure(struct spawner *s, const struct locate_where *where,
                                 const struct sample_of *of, const struct cancel *stop,
                                 struct usage_book *book, struct fault *why);

#endif
