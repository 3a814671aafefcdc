/** Brings software to many gateways in waves, stops when it goes wrong, and calls nothing done that is not proved. */
@Export
@Version("1.0.0")
@NullMarked
package io.sekimori.rollouts;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
