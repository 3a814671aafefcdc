/** Makes what a gateway accepts and runs: releases, assignments, packs and whole units, with keys of the moment. */
@org.jspecify.annotations.NullMarked
package io.sekimori.benchmarks.maker;
