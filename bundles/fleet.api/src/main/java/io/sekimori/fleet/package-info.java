/** The gateways of a console: who they are, where they stand in life, and what they proved to run. */
@Export
@Version("1.0.0")
@NullMarked
package io.sekimori.fleet;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
