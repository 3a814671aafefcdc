package io.sekimori.payload;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Where a gateway is: protobuf message {@code KuraPosition}.
 *
 * @param latitude degrees
 * @param longitude degrees
 * @param altitude metres
 * @param precision dilution of precision
 * @param heading degrees
 * @param speed metres per second
 * @param timestamp when it was measured, to the millisecond
 * @param satellites how many were seen
 * @param status 1 no answer of the receiver, 2 error, 4 valid
 */
public record Position(
        double latitude,
        double longitude,
        OptionalDouble altitude,
        OptionalDouble precision,
        OptionalDouble heading,
        OptionalDouble speed,
        Optional<Instant> timestamp,
        OptionalInt satellites,
        OptionalInt status) {

    /** A place and nothing else. */
    public static Position of(double latitude, double longitude) {
        return new Position(
                latitude,
                longitude,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty());
    }
}
