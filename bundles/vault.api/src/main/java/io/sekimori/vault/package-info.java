/** Data that lie encrypted, each bundle's apart. Fail closed: what cannot be verified is not given out. */
@Export
@Version("1.0.0")
@NullMarked
package io.sekimori.vault;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
