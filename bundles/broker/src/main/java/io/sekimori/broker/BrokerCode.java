package io.sekimori.broker;

import io.sekimori.trust.RefusalCode;

/** What the broker refuses or finds. Names are stable. */
public enum BrokerCode implements RefusalCode {
    /** {@code broker.json} is missing, malformed or has a value that cannot be. */
    CONFIGURATION,
    /** A certificate, key or revocation list cannot be read or does not fit. */
    CREDENTIALS,
    /** Others than its owner may read the private key. */
    KEY_EXPOSED,
    /** Another broker runs in this folder. */
    ALREADY_RUNNING,
    /** The broker did not start: the port is taken, or the data folder cannot be used. */
    START_FAILED,
    /** The journal can no longer be written. */
    JOURNAL_FAILED,
    /** The certificate is neither a gateway's nor a console's, or it is revoked or no longer valid. */
    CLIENT_REFUSED,
    /** The client id is not the name in the certificate. */
    OTHER_CLIENT_ID,
    /** The packet is one that is never taken: a second CONNECT, a retained message, a shared subscription of a gateway. */
    PACKET_REFUSED,
    /** The client published, connected or subscribed more than its share. */
    RATE_EXCEEDED,
    /** A gateway's session held more than it may and was discarded. */
    SESSION_DISCARDED,
    /** The console's session is full: gateways wait with what they publish. */
    CONSOLE_BEHIND,
    /** A certificate was revoked while its holder was connected. */
    REVOKED
}
