/** The service that is replaced under load. */
@Export
@Version("1.0.0")
@NullMarked
package io.sekimori.benchmarks.answering;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
