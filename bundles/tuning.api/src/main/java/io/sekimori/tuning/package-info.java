/** Settings of gateways, changed from the console: who asked what of which gateway, and what the gateway proved came of it. */
@Export
@Version("1.0.0")
@NullMarked
package io.sekimori.tuning;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
