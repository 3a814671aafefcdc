package io.sekimori.trust;

/** The kinds of metadata a client reads: whose role it is, how long it may be, and what its failures are called. */
enum Document {
    ROOT(
            Role.ROOT,
            true,
            512 << 10,
            TrustCode.ROOT_VERSION,
            TrustCode.ROOT_NOT_SIGNED_BY_ITSELF,
            TrustCode.EXPIRED_ROOT),
    TIMESTAMP(
            Role.TIMESTAMP,
            false,
            64 << 10,
            TrustCode.TIMESTAMP_MISSING,
            TrustCode.TIMESTAMP_SIGNATURES,
            TrustCode.EXPIRED_TIMESTAMP),
    SNAPSHOT(
            Role.SNAPSHOT,
            false,
            2 << 20,
            TrustCode.SNAPSHOT_MISSING,
            TrustCode.SNAPSHOT_SIGNATURES,
            TrustCode.EXPIRED_SNAPSHOT),
    TARGETS(
            Role.TARGETS,
            true,
            JsonObject.MAX_BYTES,
            TrustCode.TARGETS_MISSING,
            TrustCode.TARGETS_SIGNATURES,
            TrustCode.EXPIRED_TARGETS),
    DELEGATED(
            Role.TARGETS,
            true,
            JsonObject.MAX_BYTES,
            TrustCode.DELEGATED_MISSING,
            TrustCode.DELEGATED_SIGNATURES,
            TrustCode.EXPIRED_DELEGATED),
    ASSIGNMENT(
            Role.TARGETS,
            false,
            4 << 20,
            TrustCode.ASSIGNMENT_MISSING,
            TrustCode.ASSIGNMENT_SIGNATURES,
            TrustCode.EXPIRED_ASSIGNMENT),
    MANDATE(
            Role.TARGETS,
            false,
            Mandate.MAX_BYTES,
            TrustCode.MANDATE_MALFORMED,
            TrustCode.MANDATE_SIGNATURE,
            TrustCode.MANDATE_EXPIRED),
    TIME(
            Role.TARGETS,
            false,
            TimeStatement.MAX_BYTES,
            TrustCode.TIME_MALFORMED,
            TrustCode.TIME_SIGNATURE,
            TrustCode.TIME_REPLAYED),
    PERMIT(
            Role.TARGETS,
            true,
            Permit.MAX_BYTES,
            TrustCode.BELOW_FLOOR,
            TrustCode.PERMIT_SIGNATURES,
            TrustCode.PERMIT_EXPIRED);

    final Role role;

    /** Whether people sign it with keys that lie apart. */
    final boolean offline;

    final int maxBytes;
    final TrustCode missing;
    final TrustCode signatures;
    final TrustCode expired;

    Document(Role role, boolean offline, int maxBytes, TrustCode missing, TrustCode signatures, TrustCode expired) {
        this.role = role;
        this.offline = offline;
        this.maxBytes = maxBytes;
        this.missing = missing;
        this.signatures = signatures;
        this.expired = expired;
    }
}
