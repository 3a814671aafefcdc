/** How long a command keeps people waiting. */
@org.jspecify.annotations.NullMarked
package io.sekimori.benchmarks.cli;
