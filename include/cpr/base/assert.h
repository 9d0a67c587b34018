/* Assertions for our own bugs. They stay on in every build: a daemon that is wrong about itself must stop (its state
 * is durable, systemd restarts it) rather than move mail. The world's errors are returned (result.h), never asserted.
 */
#ifndef CPR_BASE_ASSERT_H
#define CPR_BASE_ASSERT_H

#define CPR_ASSERT(condition) ((condition) ? (void)0 : cpr_assert_fail(#condition, __FILE__, __LINE__))

/* Writes one line to standard error and aborts. */
_Noreturn void cpr_assert_fail(const char *condition, const char *file, int line);

#endif
