package io.sekimori.generation;

import io.sekimori.trust.Refusal;
import java.time.Duration;

/** The outcome of verifying a generation. */
public sealed interface Verification {

    /**
     * Evidence, manifest, slot and every file hold.
     *
     * @param generation the generation
     * @param slot its class path and Java runtime
     * @param files how many files were hashed: bundles, and files of the slot
     * @param bytes how many bytes that were
     * @param took how long everything took
     */
    record Verified(Generation generation, Slot slot, int files, long bytes, Duration took) implements Verification {}

    /** The generation must not start. */
    record Refused(Refusal refusal) implements Verification {}
}
