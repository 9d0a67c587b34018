/* The token line of an alert in a mail that answers it: what a thumb on a telephone can do is to answer the letter with
 * "ack" as its first line. Said is it only there, by the first line of the text that holds anything: everything below
 * it may be the letter itself, which the telephone quotes with or without "> ". The token line "ack CASE TOKEN" may
 * stand anywhere, quoted or not. What it proves is for the engine to find out. */
#ifndef CPR_JUDGE_ACK_H
#define CPR_JUDGE_ACK_H

#include "cpr/judge/reading.h"

/* Fills reading->ack_case and ack_token from the first token line of a text whose first line says so; otherwise leaves
 * them alone. */
void cpr_ack_find(struct cpr_view text, struct cpr_reading *reading);

#endif
