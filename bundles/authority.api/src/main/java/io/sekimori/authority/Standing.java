package io.sekimori.authority;

/** Whether a certificate stands for a gateway. */
public sealed interface Standing {

    /** It does. */
    record Good(GatewayCertificate certificate) implements Standing {}

    /** It does not, so its bearer is nobody. {@code detail} is safe to show. */
    record Refused(AuthorityCode code, String detail) implements Standing {}
}
