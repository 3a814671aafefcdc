/** Which releases exist and what each gateway is to run. Nothing is assigned that no publisher vouches for. */
@Export
@Version("1.3.0")
@NullMarked
package io.sekimori.releases;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
