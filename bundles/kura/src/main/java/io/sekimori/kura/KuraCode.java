package io.sekimori.kura;

/**
 * Why a console's request was refused. Stable names: add, never rename. Advice for each stands in the resource bundle
 * {@code refusals} next to this class, keyed by the name.
 */
enum KuraCode {
    /** It would change the gateway, and nobody has signed for it. */
    MANDATE_REQUIRED,
    /** There is no such resource. */
    RESOURCE_UNKNOWN,
    /** What is asked for is there and cannot be read. */
    RESOURCE_UNREADABLE
}
