#include "cpr/casework/ledger.h"
#include "cpr/base/assert.h"

/* The name of an enumerator out of its table; a value outside is our bug. */
#define NAME_OF(names, value) (CPR_ASSERT((size_t)(value) < sizeof(names) / sizeof(names)[0]), (names)[value])

const char *cpr_folder_role_name(enum cpr_folder_role role)
{
    static const char *const names[CPR_ROLES] = {"inbox", "junk", "folder", "sent", "dismiss"};
    return NAME_OF(names, role);
}

const char *cpr_sighting_state_name(enum cpr_sighting_state state)
{
    static const char *const names[CPR_SIGHTING_STATES] = {"expected", "judged", "unreadable", "vanished"};
    return NAME_OF(names, state);
}

const char *cpr_intent_state_name(enum cpr_intent_state state)
{
    static const char *const names[CPR_INTENT_STATES] = {"unknown", "done", "not-done", "gone"};
    return NAME_OF(names, state);
}

const char *cpr_dismissal_state_name(enum cpr_dismissal_state state)
{
    static const char *const names[CPR_DISMISSAL_STATES] = {"unconfirmed", "confirmed", "taken-back"};
    return NAME_OF(names, state);
}

const char *cpr_alert_state_name(enum cpr_alert_state state)
{
    static const char *const names[CPR_ALERT_STATES] = {"pending", "sent", "cancelled"};
    return NAME_OF(names, state);
}

const char *cpr_case_state_name(enum cpr_case_state state)
{
    static const char *const names[CPR_CASE_STATES] = {"open", "answered", "dismissed"};
    return NAME_OF(names, state);
}

const char *cpr_case_grade_name(enum cpr_case_grade grade)
{
    static const char *const names[CPR_GRADES] = {"glance", "report"};
    return NAME_OF(names, grade);
}

const char *cpr_rescue_state_name(enum cpr_rescue_state state)
{
    static const char *const names[CPR_RESCUE_STATES] = {
        "not-needed", "wanted", "would-move", "done", "copied", "put-back", "lost",
    };
    return NAME_OF(names, state);
}

const char *cpr_receipt_source_name(enum cpr_receipt_source source)
{
    static const char *const names[CPR_RECEIPT_SOURCES] = {"first-sight", "received", "savedate", "internaldate"};
    return NAME_OF(names, source);
}
