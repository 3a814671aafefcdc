package io.sekimori.notices;

/** What people may want to be told of. Stable names: add, never rename. */
enum Kind {
    /** A rollout began: there is an update for some gateways. */
    UPDATE_AVAILABLE,
    /** A gateway has an update and waits for a person. */
    WAITS_FOR_PERSON,
    /** A stop condition or a person ended or halted a rollout. */
    ROLLOUT_STOPPED,
    /** Metadata of the releases has to be signed anew soon. */
    METADATA_EXPIRES,
    /** A gateway refused what only an attacker offers. */
    ATTACK_REPORTED,
    /** Somebody wants to know whether notices arrive. Nobody has to want to be told of it. */
    TEST
}
