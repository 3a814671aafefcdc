/** Moves a gateway from the generation it runs to the next one, or leaves it exactly where it was. */
@Export
@Version("1.4.0")
@NullMarked
package io.sekimori.update;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
