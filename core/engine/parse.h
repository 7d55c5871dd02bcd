/* parse.h - what the parsers of all engines share; private to core/engine.
 *
 * Every helper takes outside data and answers with a value or with "not there": a member that is
 * missing, null or of another type is a default, never an error. Texts that end up in a container
 * are copied into the snapshot's arena. Pure; threads: any. */
#ifndef CORE_ENGINE_PARSE_H
#define CORE_ENGINE_PARSE_H
#include "core/base/json.h"
#include "core/engine/engine.h"
#include "core/engine/piece.h"

/* JSON values of one document; more is RC_TOO_BIG. cJSON takes 64 bytes for a value that can be
 * two bytes of text, so the cap on output alone would allow a gigabyte. 20,000 containers of the
 * wordiest engine have fewer. */
#define PARSE_VALUES_MAX 2000000

/* One JSON value; the caller ends it with cJSON_Delete(). RC_PARSE and a sentence that names the
 * engine, RC_TOO_BIG over PARSE_VALUES_MAX. `what` names what was asked for: "its list". */
NODISCARD enum rc parse_json(enum engine_kind kind, const char *what, const char *bytes, size_t len,
                             cJSON **out, struct fault *why);
/* The same, and the value is an array, or an object. */
NODISCARD enum rc parse_array(enum engine_kind kind, const char *what, const char *bytes,
                              size_t len, cJSON **out, struct fault *why);
NODISCARD enum rc parse_object(enum engine_kind kind, const char *what, const char *bytes,
                               size_t len, cJSON **out, struct fault *why);

/* Adds what one element tells to *s; an element without a usable id adds nothing. RC_TOO_BIG when
 * the snapshot is full, and nothing else. */
typedef enum rc parse_element_fn(const cJSON *element, struct snapshot *s);
/* parse_array(), then each element in turn. */
NODISCARD enum rc parse_elements(enum engine_kind kind, const char *what, const char *bytes,
                                 size_t len, parse_element_fn *each, struct snapshot *s,
                                 struct fault *why);
/* RC_TOO_BIG with the sentence about SNAPSHOT_COUNT_MAX. */
enum rc parse_too_many(enum engine_kind kind, struct fault *why);

/* A new container with this id, or NULL when there is no usable id (*rc stays RC_OK) or no room
 * (*rc becomes RC_TOO_BIG). */
struct container *parse_container(struct snapshot *s, const char *id, enum rc *rc);
/* The name, or the first twelve characters of the id when it is empty (engines.md 1.2). */
const char *parse_name(struct snapshot *s, struct piece name, const char *id);
/* An address without its prefix length, or NULL if it is empty. */
const char *parse_address(struct snapshot *s, const char *text);

/* Rows of an engine's state words, ended by a NULL word; engines.md 1.3. */
struct parse_state {
    const char *word;
    enum container_state state;
};
/* STATE_UNKNOWN for any other word and for NULL. */
enum container_state parse_state(const struct parse_state *rows, const char *word);
/* "healthy", "unhealthy", "starting"; anything else and NULL is none. */
enum health parse_health(const char *word);
/* From the text of `Status`: "Up 2 hours (healthy)", "(health: starting)", "(starting)". */
enum health parse_status_health(const char *status);
/* n of "Exited (n) ..."; false for any other text. */
bool parse_status_exit(const char *status, int64_t *out);

/* Seconds since 1970 from an RFC 3339 text, or from a number, to which offset_s is added. False
 * if it is neither, or not after 1970: every engine writes "never" as an earlier time. */
bool parse_time(const cJSON *value, int64_t offset_s, int64_t *out_s);
/* Whole number of a JSON number or a text of digits, within [min, max]. */
bool parse_int(const cJSON *value, int64_t min, int64_t max, int64_t *out);
/* The first n.n.n of text; else the text, cut to fit; "" for NULL. True if there was an n.n.n. */
bool parse_version_number(const char *text, char out[ENGINE_VERSION_MAX]);
/* `NAME version 1.2.3...` as `--version` prints it: no JSON. */
bool parse_version_line(const char *bytes, size_t len, const char *start,
                        struct engine_version *out);

/* Rows of engines.md 1.6, first match wins; ended by a row with no condition. */
struct parse_error {
    enum engine_error error;
    int exit_code;          /* 0: any */
    const char *text, *too; /* both must be in it; NULL: no condition */
};
enum engine_error parse_error(const struct parse_error *rows, int exit_code, const char *err,
                              size_t len);

/* One file each; engine_driver() gives them out. */
extern const struct engine_driver apple_driver, docker_driver, podman_driver;

#endif
