/** How this unit is, verified now: what runs, whether it is vouched for, how it feels, and what a person should look at. */
@Export
@Version("1.1.0")
@NullMarked
package io.sekimori.status;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
