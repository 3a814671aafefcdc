package io.sekimori.simulator;

import io.sekimori.trust.JsonText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;

/** What happened so far, and how long it took. Thread-safe. */
final class Tally {

    /** What is counted. */
    enum Event {
        ENROLLED,
        ENROL_FAILED,
        CONNECTED,
        DISCONNECTED,
        CONNECT_FAILED,
        POLLED,
        POLL_FAILED,
        ASSIGNED,
        REFUSED,
        DOWNLOADED,
        UPDATE_FAILED,
        CONFIRMED,
        REVERTED,
        REPORTED,
        ANSWERED
    }

    /** What is timed, in milliseconds. */
    enum Span {
        /** EST: both requests. */
        ENROL,
        /** TCP, TLS and MQTT until the CONNACK. */
        CONNECT,
        /** One request for the director's metadata. */
        POLL,
        /** Verification of an assignment with its metadata. */
        VERIFY,
        /** From the assignment to the acknowledged report. */
        UPDATE
    }

    private final AtomicLongArray counts = new AtomicLongArray(Event.values().length);
    private final Map<Span, List<Double>> spans = new EnumMap<>(Span.class);

    Tally() {
        for (Span span : Span.values()) {
            spans.put(span, Collections.synchronizedList(new ArrayList<>()));
        }
    }

    void count(Event event) {
        counts.incrementAndGet(event.ordinal());
    }

    long of(Event event) {
        return counts.get(event.ordinal());
    }

    /** Notes that {@code span} began at {@code beganNanos} of {@link System#nanoTime} and ends now. */
    void took(Span span, long beganNanos) {
        spans.get(span).add((System.nanoTime() - beganNanos) / 1e6);
    }

    /** One line for who watches. */
    String line() {
        return String.format(
                "enrolled %d, connected %d, polled %d, assigned %d, downloaded %d, confirmed %d, reverted %d, reported %d,"
                        + " failed %d",
                of(Event.ENROLLED),
                of(Event.CONNECTED) - of(Event.DISCONNECTED),
                of(Event.POLLED),
                of(Event.ASSIGNED),
                of(Event.DOWNLOADED),
                of(Event.CONFIRMED),
                of(Event.REVERTED),
                of(Event.REPORTED),
                of(Event.ENROL_FAILED)
                        + of(Event.CONNECT_FAILED)
                        + of(Event.POLL_FAILED)
                        + of(Event.UPDATE_FAILED)
                        + of(Event.REFUSED));
    }

    /** All of it as JSON: counts, and of each span how many, median, 95th percentile and longest, in microseconds. */
    byte[] summary() {
        Map<String, Object> all = new TreeMap<>();
        for (Event event : Event.values()) {
            all.put(event.name(), of(event));
        }
        spans.forEach((span, millis) -> {
            double[] sorted;
            synchronized (millis) {
                sorted = millis.stream()
                        .mapToDouble(Double::doubleValue)
                        .sorted()
                        .toArray();
            }
            if (sorted.length > 0) {
                all.put(span.name() + "_MICROS", spread(sorted));
            }
        });
        return JsonText.bytes(all);
    }

    private static Map<String, Object> spread(double[] sorted) {
        return new TreeMap<>(Map.of(
                "count", (long) sorted.length,
                "median", micros(sorted, 0.5),
                "p95", micros(sorted, 0.95),
                "longest", micros(sorted, 1.0),
                "mean", Math.round(Arrays.stream(sorted).average().orElse(0) * 1_000)));
    }

    private static long micros(double[] sorted, double part) {
        int index = (int) Math.ceil(part * sorted.length) - 1;
        return Math.round(sorted[Math.max(0, index)] * 1_000);
    }
}
