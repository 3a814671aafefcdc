/** Measures Sekimori beside its peers and limits, in one run and on one machine, and says which goals are held. */
@org.jspecify.annotations.NullMarked
package io.sekimori.benchmarks;
