package io.sekimori.releases;

import java.time.Instant;

/**
 * The newest assignment of a device.
 *
 * @param document the signed JSON, to be sent as UTF-8
 */
public record CurrentAssignment(String device, long version, Instant issued, Instant expires, String document) {}
