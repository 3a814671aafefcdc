package io.sekimori.releases;

/**
 * What one gateway is to run: what it reported last, with changes.
 *
 * @param device SHA-256 of the device's public key (SubjectPublicKeyInfo), 64 lower-case hex digits
 * @param model the gateway's model
 * @param report the text of its newest signed report; the caller has verified the signature
 * @param changes none to have it run what it runs
 */
public record Order(String device, String model, String report, Changes changes) {}
