/* A disk in memory, as an SQLite VFS, whose power can be cut before any of its operations.
 *
 * What was written and not yet synced when the power fails is kept, lost or torn at random, each 512-byte sector for
 * itself, and a torn sector may hold garbage: the worst that an honest disk does. A sync that was answered is kept. */
#ifndef CPR_TESTS_SIMULATED_DISK_H
#define CPR_TESTS_SIMULATED_DISK_H

#include <stdbool.h>
#include <stdint.h>

/* Becomes the default VFS, and stops being it. */
void disk_plug_in(void);
void disk_unplug(void);

/* An empty disk. The same seed loses the same sectors. */
void disk_format(uint64_t seed);
/* From operation `cut` on (the first is 0) everything fails, as if the power were gone; -1: never. */
void disk_cut_at(long cut);
/* Operation `at` alone fails; -1: none. */
void disk_fail_at(long at);
/* Writes, truncations, syncs and deletions since disk_format. */
long disk_operations(void);
bool disk_is_cut(void);
/* Loses what was not synced and goes on without further failures. */
void disk_power_on(void);

#endif
