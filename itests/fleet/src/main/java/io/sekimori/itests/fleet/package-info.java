/** Console, broker and simulated gateways as processes, for tests and benchmarks of a whole fleet. */
@Export
@Version("1.0.0")
@NullMarked
package io.sekimori.itests.fleet;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
