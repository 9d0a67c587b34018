/* libFuzzer: whatever a mail server sends, the IMAP client (wire, guard, libetpan's parser and what reads its results)
 * survives it and claims nothing that it may not claim.
 *
 * The first line of the input names the calls of the mailbox port, a letter each; the rest is what the server says. A
 * line that begins with '~' begins with the tag of the command that waits for it. libcurl is replaced by the few
 * functions below, so that all runs in this process. */
#include "cpr/base/assert.h"
#include "cpr/io/imap.h"

#include <curl/curl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { UIDVALIDITY = 77, CALLS_MAX = 16, BODY_BYTES = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* --- libcurl, as far as the wire calls it: a connection that stands at once --------------------------------------- */

static struct {
    struct cpr_view said; /* what the server has still to say */
    bool is_line_begun;
    char tag[16]; /* of the last command */
    CURLMsg done;
} server;

#undef curl_easy_setopt
#undef curl_easy_getinfo

CURLM *curl_multi_init(void)
{
    return (CURLM *)&server;
}

CURL *curl_easy_init(void)
{
    return (CURL *)&server;
}

CURLcode curl_easy_setopt(CURL *easy, CURLoption option, ...)
{
    (void)easy, (void)option;
    return CURLE_OK;
}

CURLMcode curl_multi_add_handle(CURLM *multi, CURL *easy)
{
    (void)multi, (void)easy;
    return CURLM_OK;
}

CURLMcode curl_multi_remove_handle(CURLM *multi, CURL *easy)
{
    (void)multi, (void)easy;
    return CURLM_OK;
}

CURLMcode curl_multi_perform(CURLM *multi, int *running)
{
    (void)multi;
    *running = 0;
    return CURLM_OK;
}

CURLMsg *curl_multi_info_read(CURLM *multi, int *left)
{
    (void)multi;
    *left = 0;
    server.done = (CURLMsg){.msg = CURLMSG_DONE, .data.result = CURLE_OK};
    return &server.done;
}

CURLcode curl_easy_getinfo(CURL *easy, CURLINFO info, ...)
{
    (void)easy;
    CPR_ASSERT(info == CURLINFO_ACTIVESOCKET);
    va_list arguments;
    va_start(arguments, info);
    *va_arg(arguments, curl_socket_t *) = 0;
    va_end(arguments);
    return CURLE_OK;
}

/* One line at a time: the tag of a later command is not known before. */
CURLcode curl_easy_recv(CURL *easy, void *out, size_t size, size_t *got)
{
    (void)easy;
    *got = 0;
    if (!server.is_line_begun && server.said.len > 0 && server.said.data[0] == '~' && size > sizeof server.tag) {
        *got = strlen(server.tag);
        memcpy(out, server.tag, *got);
        server.said = cpr_view_slice(server.said, 1, server.said.len);
    }
    size_t end = cpr_view_find_byte(server.said, '\n', 0);
    struct cpr_view line = cpr_view_slice(server.said, 0, end == CPR_VIEW_NOT_FOUND ? server.said.len : end + 1);
    line = cpr_view_slice(line, 0, size - *got);
    if (line.len > 0)
        memcpy((char *)out + *got, line.data, line.len);
    server.is_line_begun = line.len > 0 && line.data[line.len - 1] != '\n';
    server.said = cpr_view_slice(server.said, line.len, server.said.len);
    *got += line.len;
    return CURLE_OK;
}

CURLcode curl_easy_send(CURL *easy, const void *data, size_t size, size_t *put)
{
    (void)easy;
    struct cpr_view command = cpr_view_make(data, size);
    size_t end = cpr_view_find_byte(command, ' ', 0);
    if (end != CPR_VIEW_NOT_FOUND)
        cpr_view_copy(cpr_view_slice(command, 0, end), server.tag, sizeof server.tag);
    *put = size;
    return CURLE_OK;
}

void curl_easy_cleanup(CURL *easy)
{
    (void)easy;
}

CURLMcode curl_multi_cleanup(CURLM *multi)
{
    (void)multi;
    return CURLM_OK;
}

/* --- the calls ---------------------------------------------------------------------------------------------------- */

static struct cpr_identity identity; /* of the last message that was fetched */

static enum cpr_rc secret(void *context, char out[CPR_SECRET_MAX], struct cpr_error *error_out)
{
    (void)context, (void)error_out;
    snprintf(out, CPR_SECRET_MAX, "secret");
    return CPR_OK;
}

static bool on_folder(void *context, const struct cpr_folder_listing *listing)
{
    (void)context;
    CPR_ASSERT(strnlen(listing->name, sizeof listing->name) < sizeof listing->name);
    CPR_ASSERT(strnlen(listing->display, sizeof listing->display) < sizeof listing->display);
    CPR_ASSERT(!strpbrk(listing->name, "\r\n") && (listing->name[0] || !listing->is_selectable));
    return true;
}

static bool on_message(void *context, const struct cpr_fetched *fetched)
{
    (void)context;
    CPR_ASSERT(fetched->raw.len <= BODY_BYTES && fetched->uid >= 1 && fetched->uid <= 3);
    identity = cpr_identity_of(fetched->raw, fetched->size);
    return true;
}

static void check_search(const uint32_t *uids, size_t count)
{
    CPR_ASSERT(count <= CPR_SEARCH_UIDS_MAX);
    for (size_t i = 0; i < count; i++)
        CPR_ASSERT(uids[i] >= 1 && uids[i] <= 100 && (i == 0 || uids[i - 1] < uids[i]));
}

static void check_move(enum cpr_rc rc, const struct cpr_move_result *result)
{
    CPR_ASSERT((result->outcome == CPR_MOVE_DONE) == (rc == CPR_OK));
    CPR_ASSERT(rc != CPR_OK || result->copied_only || (result->destination_uid && result->destination_uidvalidity));
}

static void call(const struct cpr_mailbox_port *port, char letter)
{
    static uint32_t uids[CPR_SEARCH_UIDS_MAX];
    static const uint32_t wanted[] = {1, 2, 3};
    struct cpr_folder_status status;
    struct cpr_move_result result;
    struct cpr_error error;
    uint32_t uidvalidity;
    size_t count;
    bool is_marked;
    if (letter == 'l')
        port->list(port->self, on_folder, NULL, &error);
    else if (letter == 't')
        port->status(port->self, "Junk", &status, &error);
    else if (letter == 's' && port->search(port->self, "Junk", UIDVALIDITY, 1, 100, uids, &count, &error) == CPR_OK)
        check_search(uids, count);
    else if (letter == 'f')
        port->fetch(port->self, "Junk", UIDVALIDITY, wanted, 3, BODY_BYTES, on_message, NULL, &error);
    else if (letter == 'm')
        check_move(port->move(port->self, "Junk", UIDVALIDITY, 1, &identity, "INBOX", &result, &error), &result);
    else if (letter == 'r')
        port->remove_copied(port->self, "Junk", UIDVALIDITY, 1, &identity, &error);
    else if (letter == 'k')
        port->mark_rescued(port->self, "Junk", UIDVALIDITY, 1, &is_marked, &error);
    else if (letter == 'n' &&
             port->find(port->self, "Junk", &identity, 1, &uidvalidity, uids, &count, &error) == CPR_OK)
        CPR_ASSERT(count <= CPR_TWINS_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct cpr_server_settings settings = {
        .host = "127.0.0.1", .port = 143, .tls = CPR_TLS_NONE, .user = "user"};
    struct cpr_imap_settings imap_settings = {.server = &settings, .secret = secret};
    struct cpr_view calls, input = cpr_view_make(data, size);
    struct cpr_imap *imap;
    struct cpr_error error;
    if (!cpr_view_next_line(&input, &calls) || cpr_imap_new(&imap_settings, &imap, &error) != CPR_OK)
        return 0;
    memset(&identity, 0, sizeof identity);
    server.said = input;
    server.is_line_begun = false;
    struct cpr_mailbox_port port = cpr_imap_port(imap);
    if (port.open(port.self, &error) == CPR_OK)
        for (size_t i = 0; i < calls.len && i < CALLS_MAX; i++)
            call(&port, calls.data[i]);
    cpr_imap_free(&imap);
    return 0;
}
