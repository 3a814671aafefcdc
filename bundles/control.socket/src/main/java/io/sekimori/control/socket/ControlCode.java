package io.sekimori.control.socket;

import io.sekimori.trust.RefusalCode;

/** Why a request on the control socket was not answered. Names are stable. */
public enum ControlCode implements RefusalCode {
    /** The request is not one JSON object on one line of at most 64 KiB, or lacks a member. */
    REQUEST_MALFORMED,
    /** There is no such request. */
    REQUEST_UNKNOWN,
    /** As many connections as allowed are open. */
    TOO_MANY_CONNECTIONS,
    /** The operating system does not say who is on the other side. */
    PEER_UNKNOWN,
    /** No update service is there. */
    UPDATE_UNAVAILABLE,
    /** No service that reads the audit is there, or it cannot read. */
    AUDIT_UNREADABLE,
    /** No transition of this id is known or, to be cancelled, open. */
    TRANSITION_UNKNOWN,
    /** The gateway does not answer: it does not run, or its socket cannot be used. */
    GATEWAY_UNREACHABLE
}
