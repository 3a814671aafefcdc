/** The console's certification authority: who may enrol, whose certificate counts, and whose no longer. Fail closed. */
@Export
@Version("1.1.0")
@NullMarked
package io.sekimori.authority;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
