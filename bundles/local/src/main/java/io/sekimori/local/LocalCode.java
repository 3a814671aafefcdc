package io.sekimori.local;

/**
 * Why something asked on site was refused, or what is amiss here. Stable names: add, never rename. Advice for each stands
 * in the resource bundle {@code refusals} next to this class, keyed by the name.
 */
enum LocalCode {
    /** The console is not reached. */
    CONSOLE_NOT_REACHED,
    /** The gateway belongs to no console yet. */
    GATEWAY_NOT_ENROLLED,
    /** A health check warns. */
    HEALTH_WARNS,
    /** The key or certificate of the local page cannot be used or made. */
    LOCAL_TLS_FAILED,
    /** An update for this gateway lies on a medium. */
    UPDATE_ON_MEDIUM,
    /** There is no such pack any more, or it is another one now. */
    PACK_UNKNOWN,
    /** It is not said which assignment was looked at. */
    NOT_CHECKED,
    /** A pack is being checked. */
    CHECK_RUNNING,
    /** A pack is being uploaded. */
    UPLOAD_RUNNING,
    /** A pack was uploaded so slowly that others would have waited for too long. */
    UPLOAD_TOO_SLOW,
    /** The update engine began nothing. */
    NOT_STARTED,
    /** The update engine put nothing off. */
    NOT_DEFERRED,
    /** When updates begin was not changed. */
    POLICY_NOT_CHANGED,
    /** Whoever set up this gateway has people on site not decide about its updates. */
    POLICY_NOT_FOR_SITE,
    /** No such transition is open, or it is too late. */
    NOT_CANCELLABLE
}
