/* http_text.h - texts of the HTTP protocol that we write, or that decide something.
 *
 * Names of headers are those of RFC 9110; the rules are ours (updates.md 6).
 * Pure; any thread. Memory: the caller's. */
#ifndef CORE_UPDATE_HTTP_TEXT_H
#define CORE_UPDATE_HTTP_TEXT_H
#include "core/base/base.h"

#define HTTP_AGENT_MAX 128
#define HTTP_VALIDATOR_MAX 256

/* User-Agent: "ContainerKit/1.2.0 (macOS 26.1; arm64)" of "1.2.0" and "macOS 26.1, arm64", as
 * sys_name() has it; all that is told about the user. Odd characters are left out, too long a
 * text is cut. */
void http_agent(char out[HTTP_AGENT_MAX], const char *version, const char *system);
/* Does Content-Range say: from this byte to the end of a whole of at most `max` bytes? */
bool http_range_is(const char *text, uint64_t from, uint64_t max);
/* What If-Range can name: a strong ETag, else the time of Last-Modified. NULL: not told. False, and
 * out is "", if neither will do: then what was fetched cannot be continued. */
bool http_validator(const char *etag, const char *modified, char out[HTTP_VALIDATOR_MAX]);

#endif
