/** Describes, reads and changes configurations with their history. Fail closed: what cannot be checked or audited is refused. */
@Export
@Version("1.0.0")
@NullMarked
package io.sekimori.config;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
