/* The members of an archive lie inside it, are counted, and hold together no more bytes than it has. */
#include "check.h"
#include "cpr/message/archive.h"

static struct cpr_view whole;
static size_t members, stored;

static void take(void *context, const struct cpr_archive_member *member)
{
    (void)context;
    check_inside(whole, member->bytes);
    CPR_ASSERT(member->name.len > 0 && member->name.len <= CPR_ARCHIVE_NAME_MAX);
    CPR_ASSERT(cpr_view_find_byte(member->name, 0, 0) == CPR_VIEW_NOT_FOUND);
    members++;
    stored += member->bytes.len;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cpr_archive_walk walk = {.member = take};
    whole = cpr_view_make(data, size);
    members = stored = 0;
    bool is_archive = cpr_archive_walk(&walk, whole);
    CPR_ASSERT(members == walk.members && members <= CPR_ARCHIVE_MEMBERS_MAX && stored <= size);
    CPR_ASSERT(is_archive || members == 0);
    return 0;
}
