/** The console with its broker, loaded by simulated gateways. */
@org.jspecify.annotations.NullMarked
package io.sekimori.benchmarks.console;
