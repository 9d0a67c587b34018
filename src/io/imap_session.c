/* The session: connect, log in, one command and its reply, and what a failure means. */
#include "imap_private.h"
#include "cpr/base/assert.h"
#include "cpr/base/text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *host_of(const struct cpr_imap *imap)
{
    return imap->settings.server->host;
}

enum cpr_rc cpr_imap_new(const struct cpr_imap_settings *settings, struct cpr_imap **out, struct cpr_error *error_out)
{
    struct cpr_imap *imap = calloc(1, sizeof *imap);
    if (!imap)
        return cpr_error_set(error_out, CPR_RETRY, ENOMEM, "no memory for an IMAP session");
    imap->settings = *settings;
    if (imap->settings.connect_ms == 0)
        imap->settings.connect_ms = CPR_WIRE_CONNECT_MS;
    if (imap->settings.operation_ms == 0)
        imap->settings.operation_ms = CPR_WIRE_OPERATION_MS;
    cpr_imap_extension_register();
    *out = imap;
    return CPR_OK;
}

void cpr_imap_free(struct cpr_imap **imap)
{
    if (*imap)
        cpr_imap_close(*imap);
    free(*imap);
    *imap = NULL;
}

/* mailimap_free() would send LOGOUT and wait for the answer: the stream is taken away first. */
void cpr_imap_close(void *self)
{
    struct cpr_imap *imap = self;
    if (imap->session && imap->session->imap_stream) {
        mailstream *stream = imap->session->imap_stream;
        static const char farewell[] = " LOGOUT\r\n";
        if (!cpr_wire_failure(imap->wire)) {
            cpr_wire_allow(imap->wire, CPR_SECOND_MS, 0, 0);
            mailstream_write(stream, "bye", 3);
            mailstream_write(stream, farewell, sizeof farewell - 1);
            mailstream_flush(stream);
        }
        imap->session->imap_stream = NULL;
        mailstream_close(stream);
    }
    if (imap->session)
        mailimap_free(imap->session);
    imap->session = NULL;
    cpr_wire_free(&imap->wire);
    imap->folder[0] = 0;
}

enum cpr_rc cpr_imap_require_open(struct cpr_imap *imap, struct cpr_error *error_out)
{
    return imap->session ? CPR_OK
                         : cpr_error_set(error_out, CPR_RETRY, 0, "there is no open session with %s", host_of(imap));
}

void cpr_imap_allow(struct cpr_imap *imap, uint32_t literal_max_bytes, uint64_t literals_max_bytes)
{
    cpr_wire_allow(imap->wire, imap->settings.operation_ms, literal_max_bytes, literals_max_bytes);
}

enum cpr_rc cpr_imap_lost(struct cpr_imap *imap, int number, const char *what, struct cpr_error *error_out)
{
    static const char *const reasons[] = {
        [MAILIMAP_ERROR_PARSE] = "the answer could not be understood",
        [MAILIMAP_ERROR_MEMORY] = "no memory",
        [MAILIMAP_ERROR_PROTOCOL] = "the server rejected the command or answered another one",
        [MAILIMAP_ERROR_DONT_ACCEPT_CONNECTION] = "the server does not accept connections now",
    };
    const struct cpr_error *failure = imap->wire ? cpr_wire_failure(imap->wire) : NULL;
    const char *reason = number > 0 && number < (int)(sizeof reasons / sizeof reasons[0]) ? reasons[number] : NULL;
    enum cpr_rc rc = cpr_error_set(error_out, failure ? failure->rc : CPR_RETRY, failure ? failure->detail : number,
                                   "%s: %s failed: %s", host_of(imap), what,
                                   failure  ? failure->text
                                   : reason ? reason
                                            : "the session is unusable");
    cpr_imap_close(imap);
    return rc;
}

static bool has_code(const struct cpr_imap *imap, const char *const codes[])
{
    const struct mailimap_response_info *info = imap->session->imap_response_info;
    for (size_t i = 0; info && info->rsp_atom && codes[i]; i++)
        if (cpr_view_equal_nocase(cpr_view_of(info->rsp_atom), cpr_view_of(codes[i])))
            return true;
    return false;
}

/* Response codes of RFC 5530. */
static enum cpr_rc meaning_of_no(const struct cpr_imap *imap, enum cpr_rc otherwise)
{
    static const char *const busy[] = {"UNAVAILABLE", "INUSE", NULL};
    static const char *const rights[] = {"NOPERM",          "AUTHENTICATIONFAILED", "AUTHORIZATIONFAILED", "EXPIRED",
                                         "PRIVACYREQUIRED", "CONTACTADMIN",         "OVERQUOTA",           NULL};
    static const char *const missing[] = {"NONEXISTENT", NULL};
    static const char *const broken[] = {"SERVERBUG", "LIMIT", "CORRUPTION", NULL};
    return has_code(imap, busy)      ? CPR_RETRY
           : has_code(imap, broken)  ? otherwise == CPR_LIMIT ? CPR_LIMIT : CPR_RETRY
           : has_code(imap, rights)  ? CPR_OPERATOR
           : has_code(imap, missing) ? CPR_ABSENT
                                     : otherwise;
}

static const char *server_said(const struct cpr_imap *imap)
{
    return imap->session->imap_response ? imap->session->imap_response : "no reason given";
}

enum cpr_rc cpr_imap_refused(struct cpr_imap *imap, enum cpr_rc otherwise, const char *what, const char *folder,
                             struct cpr_error *error_out)
{
    enum cpr_rc rc = meaning_of_no(imap, otherwise);
    cpr_error_set(error_out, rc, 0, "%s: %s of folder '%s' was refused: %.200s", host_of(imap), what, folder,
                  server_said(imap));
    if (rc == CPR_RETRY)
        cpr_imap_close(imap);
    return rc;
}

enum cpr_rc cpr_imap_command(struct cpr_imap *imap, const char *command, bool *is_done_out, struct cpr_error *error_out)
{
    char verb[24];
    struct cpr_view words = cpr_view_trim(cpr_view_make(command, strcspn(command, "\"(0123456789")));
    snprintf(verb, sizeof verb, "%.*s", (int)words.len, words.data);
    CPR_ASSERT(!strpbrk(command, "\r\n"));
    mailimap *session = imap->session;
    int number = mailimap_send_current_tag(session);
    if (number == MAILIMAP_NO_ERROR && (mailstream_write(session->imap_stream, command, strlen(command)) < 0 ||
                                        mailstream_write(session->imap_stream, "\r\n", 2) < 0 ||
                                        mailstream_flush(session->imap_stream) < 0 || !mailimap_read_line(session)))
        number = MAILIMAP_ERROR_STREAM;
    struct mailimap_response *response = NULL;
    if (number == MAILIMAP_NO_ERROR)
        number = mailimap_parse_response(session, &response);
    if (number != MAILIMAP_NO_ERROR)
        return cpr_imap_lost(imap, number, verb, error_out);
    *is_done_out =
        response->rsp_resp_done->rsp_data.rsp_tagged->rsp_cond_state->rsp_type == MAILIMAP_RESP_COND_STATE_OK;
    mailimap_response_free(response);
    return CPR_OK;
}

enum cpr_rc cpr_imap_format(struct cpr_imap *imap, bool *is_done_out, struct cpr_error *error_out, const char *format,
                            ...)
{
    char command[CPR_IMAP_COMMAND_MAX];
    va_list arguments;
    va_start(arguments, format);
    int len = vsnprintf(command, sizeof command, format, arguments);
    va_end(arguments);
    CPR_ASSERT(len > 0 && (size_t)len < sizeof command);
    cpr_imap_allow(imap, CPR_IMAP_NAME_LITERAL_MAX_BYTES, CPR_WIRE_TEXT_MAX_BYTES);
    return cpr_imap_command(imap, command, is_done_out, error_out);
}

static void add_capabilities(struct cpr_imap *imap)
{
    struct cpr_mailbox_capabilities *known = &imap->capabilities;
    struct cpr_buffer text = cpr_buffer_new(sizeof known->text - 1);
    clistiter *item = clist_begin(imap->session->imap_connection_info->imap_capability->cap_list);
    for (; item; item = clist_next(item)) {
        const struct mailimap_capability *capability = clist_content(item);
        bool is_name = capability->cap_type == MAILIMAP_CAPABILITY_NAME;
        cpr_buffer_add_text(&text, text.len ? " " : "");
        cpr_buffer_add_text(&text, is_name ? "" : "AUTH=");
        cpr_buffer_add_text(&text, is_name ? capability->cap_data.cap_name : capability->cap_data.cap_auth_type);
    }
    cpr_text_copy(known->text, sizeof known->text, cpr_buffer_view(&text));
    cpr_buffer_free(&text);
    known->move = mailimap_has_extension(imap->session, (char[]){"MOVE"});
    known->uidplus = mailimap_has_extension(imap->session, (char[]){"UIDPLUS"});
    known->special_use = mailimap_has_extension(imap->session, (char[]){"SPECIAL-USE"});
    known->savedate = mailimap_has_extension(imap->session, (char[]){"SAVEDATE"});
    known->idle = mailimap_has_extension(imap->session, (char[]){"IDLE"});
}

static enum cpr_rc ask_capabilities(struct cpr_imap *imap, struct cpr_error *error_out)
{
    bool is_done;
    enum cpr_rc rc = cpr_imap_format(imap, &is_done, error_out, "CAPABILITY");
    if (rc != CPR_OK)
        return rc;
    const struct mailimap_connection_info *info = imap->session->imap_connection_info;
    if (!is_done || !info || !info->imap_capability)
        return cpr_imap_lost(imap, MAILIMAP_ERROR_PARSE, "CAPABILITY", error_out);
    memset(&imap->capabilities, 0, sizeof imap->capabilities);
    add_capabilities(imap);
    return CPR_OK;
}

static enum cpr_rc login_refused(struct cpr_imap *imap, const char *password, struct cpr_error *error_out)
{
    enum cpr_rc rc = meaning_of_no(imap, CPR_OPERATOR);
    /* A server that repeats what it was sent must not carry the password into our log. */
    const char *said = server_said(imap);
    bool is_echo = password[0] && strstr(said, password);
    cpr_error_set(error_out, rc, 0, "%s refused the login of '%s' (%.200s)%s", host_of(imap),
                  imap->settings.server->user, is_echo ? "its answer repeats the password" : said,
                  rc == CPR_OPERATOR ? "; check user and password" : "");
    cpr_imap_close(imap);
    return rc;
}

/* libetpan sends what it is given, also a CR or LF inside the quotes. */
static bool is_quotable(const char *text)
{
    return text[0] && !strpbrk(text, "\r\n");
}

static enum cpr_rc login(struct cpr_imap *imap, struct cpr_error *error_out)
{
    char password[CPR_SECRET_MAX] = "";
    const char *user = imap->settings.server->user;
    enum cpr_rc rc = imap->settings.secret(imap->settings.secret_context, password, error_out);
    if (rc != CPR_OK) {
        cpr_imap_close(imap);
    } else if (!is_quotable(user) || !is_quotable(password)) {
        rc = cpr_error_set(error_out, CPR_OPERATOR, 0, "user or password for %s is empty or holds a line break",
                           host_of(imap));
        cpr_imap_close(imap);
    } else {
        cpr_imap_allow(imap, 0, 0);
        mailstream *stream = imap->session->imap_stream;
        int number = mailimap_login(imap->session, user, password);
        explicit_bzero(stream->write_buffer, stream->buffer_max_size);
        if (number == MAILIMAP_ERROR_LOGIN)
            rc = login_refused(imap, password, error_out);
        else if (number != MAILIMAP_NO_ERROR)
            rc = cpr_imap_lost(imap, number, "LOGIN", error_out);
    }
    explicit_bzero(password, sizeof password);
    return rc;
}

/* msg_att_handler is ignored by libetpan unless these are set. */
static void progress(size_t current, size_t maximum, void *context)
{
    (void)current, (void)maximum, (void)context;
}

/* The greeting. *is_known_out: the server trusts the connection already (PREAUTH). */
static enum cpr_rc greet(struct cpr_imap *imap, bool *is_known_out, struct cpr_error *error_out)
{
    mailstream *stream = cpr_wire_stream(imap->wire);
    imap->session = stream ? mailimap_new(0, NULL) : NULL;
    if (!imap->session) {
        if (stream)
            mailstream_close(stream);
        return cpr_imap_lost(imap, MAILIMAP_ERROR_MEMORY, "the connection", error_out);
    }
    mailimap_set_progress_callback(imap->session, progress, progress, NULL);
    int number = mailimap_connect(imap->session, stream);
    if (number != MAILIMAP_NO_ERROR_AUTHENTICATED && number != MAILIMAP_NO_ERROR_NON_AUTHENTICATED)
        return cpr_imap_lost(imap, number, "the greeting", error_out);
    *is_known_out = number == MAILIMAP_NO_ERROR_AUTHENTICATED;
    return CPR_OK;
}

enum cpr_rc cpr_imap_open(void *self, struct cpr_error *error_out)
{
    struct cpr_imap *imap = self;
    cpr_imap_close(imap);
    enum cpr_rc rc =
        cpr_wire_open(imap->settings.server, &imap->settings.pulse, imap->settings.connect_ms, &imap->wire, error_out);
    bool is_known = false;
    if (rc == CPR_OK)
        rc = greet(imap, &is_known, error_out);
    if (rc == CPR_OK)
        rc = ask_capabilities(imap, error_out);
    if (rc != CPR_OK || is_known)
        return rc;
    if (mailimap_has_extension(imap->session, (char[]){"LOGINDISABLED"})) {
        cpr_imap_close(imap);
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "%s does not allow a login on this connection (LOGINDISABLED)",
                             host_of(imap));
    }
    rc = login(imap, error_out);
    /* Servers offer more after the login. */
    return rc == CPR_OK ? ask_capabilities(imap, error_out) : rc;
}

static const struct cpr_mailbox_capabilities *capabilities(void *self)
{
    return &((struct cpr_imap *)self)->capabilities;
}

struct cpr_mailbox_port cpr_imap_port(struct cpr_imap *imap)
{
    return (struct cpr_mailbox_port){
        .self = imap,
        .open = cpr_imap_open,
        .close = cpr_imap_close,
        .capabilities = capabilities,
        .list = cpr_imap_list,
        .status = cpr_imap_status,
        .search = cpr_imap_search,
        .fetch = cpr_imap_fetch,
        .move = cpr_imap_move,
        .find = cpr_imap_find,
        .remove_copied = cpr_imap_remove_copied,
        .mark_rescued = cpr_imap_mark_rescued,
    };
}

void cpr_imap_cut_after(struct cpr_imap *imap, int64_t bytes)
{
    if (imap->wire)
        cpr_wire_cut_after(imap->wire, bytes);
}

uint64_t cpr_imap_received(const struct cpr_imap *imap)
{
    return imap->wire ? cpr_wire_received(imap->wire) : 0;
}
