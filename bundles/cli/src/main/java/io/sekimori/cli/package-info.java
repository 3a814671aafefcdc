/** The {@code sekimori} command line: offline tools of a maker, and the way to a gateway on this machine. */
@org.jspecify.annotations.NullMarked
package io.sekimori.cli;
