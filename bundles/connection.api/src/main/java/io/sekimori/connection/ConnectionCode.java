package io.sekimori.connection;

/**
 * Why the connection refused something. Stable names: add, never rename. Advice for each stands in the resource bundle
 * {@code refusals} next to this class, keyed by the name.
 */
public enum ConnectionCode {
    /** The notification could not be kept: disk full, read-only or failing. */
    OUTBOX_UNWRITABLE,
    /** Notifications kept before cannot be read. */
    OUTBOX_UNREADABLE,
    /** The notification does not fit into one message. */
    NOTIFICATION_TOO_LARGE,
    /** A notification that had waited too long gave way to newer ones. */
    OUTBOX_FULL,
    /** The message is not a payload, or goes beyond what is accepted. */
    MESSAGE_MALFORMED,
    /** The topic names no known method, or no resource. */
    TOPIC_MALFORMED,
    /** No application of this id is installed. */
    APPLICATION_UNKNOWN,
    /** Too many requests at once. */
    GATEWAY_BUSY,
    /** More requests than the gateway writes down for anybody. */
    REQUESTS_TOO_MANY,
    /** The application did not answer in time. */
    APPLICATION_TIMEOUT,
    /** The application failed. */
    APPLICATION_FAILED,
    /** The request could not be audited, so it was not carried out. */
    REQUEST_UNAUDITED,
    /** The broker closed the connection at this notification again and again. */
    NOTIFICATION_UNWANTED,
    /** The reply could not be signed with the device key. */
    REPLY_UNSIGNED,
    /** The reply is larger than one message may be. */
    REPLY_TOO_LARGE
}
