/** Consumers of the capabilities as other bundles write them, and a load that counts what became of each call. */
@Export
@Version("1.0.0")
@NullMarked
package io.sekimori.itests.traffic;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
