/** Bundles replaced under calls: by the gateway's engine, and by {@code Bundle.update}. */
@org.jspecify.annotations.NullMarked
package io.sekimori.benchmarks.swap;
