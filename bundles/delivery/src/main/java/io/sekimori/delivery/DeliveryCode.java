package io.sekimori.delivery;

/** Why a console's request was refused here, where the update engine does not say it. Stable: add, never rename. */
enum DeliveryCode {
    /** This gateway takes no updates from its console. */
    CONSOLE_UPDATES_OFF,
    /** What came is not an assignment. */
    ASSIGNMENT_MALFORMED,
    /** The assignment is not newer than what this gateway has tried or runs. */
    ASSIGNMENT_NOT_NEWER,
    /** The gateway is not enrolled, so that it could fetch nothing. */
    NOT_ENROLLED,
    /** The update engine is not there at the moment. */
    ENGINE_ABSENT,
    /** The console has assigned nothing to this gateway. */
    NOTHING_ASSIGNED,
    /** The console has assigned something else than what the person looked at. */
    ASSIGNMENT_CHANGED,
    /** The console could not be asked. */
    CONSOLE_NOT_REACHED,
    /** There is no such resource. */
    RESOURCE_UNKNOWN,
    /** The nonce is malformed. */
    NONCE_MALFORMED,
    /** The status is not there at the moment. */
    STATUS_ABSENT
}
