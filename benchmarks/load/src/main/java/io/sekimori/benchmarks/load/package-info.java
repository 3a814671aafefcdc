/** Callers that never rest, and orders to swap under them; the same in a gateway and in a bare Felix. */
@org.jspecify.annotations.NullMarked
package io.sekimori.benchmarks.load;
