/** The TUF client when there is nothing new, which is what it mostly finds. */
@org.jspecify.annotations.NullMarked
package io.sekimori.benchmarks.tuf;
