package io.sekimori.releases;

/** What became of an order. */
public sealed interface AssignAnswer {

    /** SHA-256 of the device's public key. */
    String device();

    /** Signed; {@link Director#current} has it. */
    record Assigned(String device, long version) implements AssignAnswer {}

    /**
     * Not signed; the device's assignment is the one before.
     *
     * @param code stable, UPPER_SNAKE: the name of a {@link ReleasesCode} or of a code of the trust library
     * @param detail safe to show
     */
    record Refused(String device, String code, String detail) implements AssignAnswer {}
}
