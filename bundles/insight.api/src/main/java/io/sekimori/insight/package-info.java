/** What gateways say of themselves, verified, dated and kept. Fail closed: what is not proved is not shown. */
@Export
@Version("1.0.0")
@NullMarked
package io.sekimori.insight;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
