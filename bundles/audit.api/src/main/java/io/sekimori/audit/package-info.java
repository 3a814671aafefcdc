/** Records who did what to what, and with which outcome, so that it cannot be changed unseen. Fail closed: no record, no action. */
@Export
@Version("1.1.0")
@NullMarked
package io.sekimori.audit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
