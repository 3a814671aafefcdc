/** How fast what is to run is verified: files against SHA-256, signatures against what the platform needs for one. */
@org.jspecify.annotations.NullMarked
package io.sekimori.benchmarks.verification;
