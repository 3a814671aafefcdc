/**
 * The console's records: transactions in plain SQL on the database that the operator chose. What a write returned for
 * is on disk.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.sekimori.records;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
