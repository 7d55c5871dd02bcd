/* diff.h - do two snapshots of an engine tell a person the same?
 *
 * An engine may print one list in many ways (Apple's order is random), so different bytes are
 * parsed and compared here before anybody is told of a change. Pure. */
#ifndef CORE_REFRESH_DIFF_H
#define CORE_REFRESH_DIFF_H
#include "core/engine/snapshot.h"

/* True if all but the time of the look is equal. Both are sealed. */
bool diff_same(const struct snapshot *a, const struct snapshot *b);

#endif
