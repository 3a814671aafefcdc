/** The provider of which the benchmarks make editions: other names, lanes and versions of the same code. */
@org.jspecify.annotations.NullMarked
package io.sekimori.benchmarks.service;
