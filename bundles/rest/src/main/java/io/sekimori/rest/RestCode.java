package io.sekimori.rest;

/** Why a request was refused here, where no area behind it says so. Stable: add, never rename. */
enum RestCode {
    /** The part of the console that would answer is not there at the moment. */
    AREA_ABSENT,
    /** What was asked for does not exist. */
    UNKNOWN,
    /** A value is out of its bounds. */
    VALUE_INVALID,
    /** The area behind could not decide. */
    AREA_FAILED,
    /** A gateway answered, and not what can be shown or believed. */
    ANSWER_UNUSABLE,
    /** A gateway's report is signed and later than none of those before, or answers another question. */
    REPORT_STALE,
    /** What was brought was refused by those who verify it. */
    IMPORT_REFUSED,
    /** Approvals were refused by those who collect them. */
    APPROVALS_REFUSED,
    /** There is nothing that a pack could be made of. */
    PACK_REFUSED,
    /** What is assigned is below a floor by now, so the gateway would refuse the pack. */
    PACK_BELOW_FLOOR
}
