/** Durable audit records against what the disk can confirm. */
@org.jspecify.annotations.NullMarked
package io.sekimori.benchmarks.audit;
