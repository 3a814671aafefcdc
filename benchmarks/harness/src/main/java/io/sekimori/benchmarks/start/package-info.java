/** Processes with the same bundles: the gateway with everything it verifies, and a bare Felix. */
@org.jspecify.annotations.NullMarked
package io.sekimori.benchmarks.start;
