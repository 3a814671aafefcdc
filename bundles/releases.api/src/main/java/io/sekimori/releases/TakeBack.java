package io.sekimori.releases;

/**
 * What is to be taken back.
 *
 * @param device SHA-256 of the device's public key (SubjectPublicKeyInfo), 64 lower-case hex digits
 * @param model the gateway's model
 * @param from the first version that is taken back, with all after it; at least 1
 * @param above the highest version that the device has shown; 0 if it has shown none
 */
public record TakeBack(String device, String model, long from, long above) {}
