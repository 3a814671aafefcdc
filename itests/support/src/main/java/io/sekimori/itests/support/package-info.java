/** What the integration tests make on the way: bundles of other versions, signed packs, units. */
@Export
@Version("1.0.0")
@NullMarked
package io.sekimori.itests.support;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
