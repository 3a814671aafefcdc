package io.sekimori.releases;

/**
 * An assignment that its gateway would refuse by what publishers have said since. It is neither handed out nor signed anew, and what
 * the gateway runs it goes on running; that ends with another assignment, or with a permit.
 *
 * @param device SHA-256 of the device's public key
 * @param version of what is held back
 * @param code what the gateway would refuse it with, a name of the trust library's
 * @param detail which release, and why; safe to show
 */
public record HeldAssignment(String device, long version, String code, String detail) {}
