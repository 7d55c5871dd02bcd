/* signature.c - the words of a requirement, the same on both systems. */
#include "core/base/signature.h"
#include <stdio.h>
#include <string.h>

#define TEAM_SIZE 10
#define IDENTIFIER_MAX 155 /* of a bundle; a longer one is refused, not cut */

static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
static const char small[] = "abcdefghijklmnopqrstuvwxyz";

static bool is_capital_or_digit(char c)
{
    return c != '\0' && (strchr(capitals, c) != NULL || (c >= '0' && c <= '9'));
}

static bool is_team(const char *text)
{
    size_t len = 0;

    while (is_capital_or_digit(text[len]))
        len++;
    return len == TEAM_SIZE && text[len] == '\0';
}

static bool is_identifier(const char *text)
{
    size_t len = 0;

    while (is_capital_or_digit(text[len]) ||
           (text[len] != '\0' &&
            (strchr(small, text[len]) != NULL || text[len] == '.' || text[len] == '-')))
        len++;
    return len > 0 && len <= IDENTIFIER_MAX && text[len] == '\0';
}

enum rc signature_requirement(const char *team, const char *identifier,
                              char out[SIGNATURE_REQUIREMENT_MAX], struct fault *why)
{
    int len;

    out[0] = '\0';
    if (!is_team(team))
        return fault_set(why, RC_DENIED, "the name of the signing team has not the form of one");
    if (identifier != NULL && !is_identifier(identifier))
        return fault_set(why, RC_DENIED, "the identifier of a program has not the form of one");
    len = snprintf(out, SIGNATURE_REQUIREMENT_MAX,
                   "anchor apple generic and certificate leaf[subject.OU] = \"%s\"%s%s%s", team,
                   identifier != NULL ? " and identifier \"" : "",
                   identifier != NULL ? identifier : "", identifier != NULL ? "\"" : "");
    MUST(len > 0 && len < SIGNATURE_REQUIREMENT_MAX);
    return RC_OK;
}
