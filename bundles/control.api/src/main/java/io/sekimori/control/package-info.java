/** What a bundle registers to answer requests of a person on the machine, who asks with the command line. */
@Export
@Version("1.0.0")
@NullMarked
package io.sekimori.control;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
