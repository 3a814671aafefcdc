/** Many gateways in one process, which enrol, connect, take assignments and report as real ones do. */
@NullMarked
package io.sekimori.simulator;

import org.jspecify.annotations.NullMarked;
