/** What listens on this machine, compared with what should. Fail closed: what cannot be read is a finding, never silence. */
@Export
@Version("1.0.0")
@NullMarked
package io.sekimori.ports;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
