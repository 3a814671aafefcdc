/**
 * Who may sign in, and as what. Fail closed: whoever cannot be checked is refused, and no answer tells whether a name
 * exists.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.sekimori.access;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
