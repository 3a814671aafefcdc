package io.sekimori.identity;

/** Whether the gateway is now known to the console. */
public sealed interface EnrolAnswer {

    /** It is, and knows it durably. */
    record Done(Enrolled enrolled) implements EnrolAnswer {}

    /** It is not; what it was before it still is. {@code detail} is safe to show. */
    record Refused(IdentityCode code, String detail) implements EnrolAnswer {}
}
