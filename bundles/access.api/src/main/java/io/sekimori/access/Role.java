package io.sekimori.access;

/** What a person is trusted with. Stable names: add, never rename. */
public enum Role {
    /** Sees everything, changes nothing. */
    VIEWER,
    /** Also registers gateways and runs rollouts. */
    OPERATOR,
    /** Also imports releases. */
    RELEASE_MANAGER,
    /** Everything, and decides who may sign in. */
    ADMINISTRATOR
}
