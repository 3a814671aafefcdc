/** Keys that are used and never handed out. Fail closed: doubt about a key refuses its use. */
@Export
@Version("1.2.0")
@NullMarked
package io.sekimori.keys;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
