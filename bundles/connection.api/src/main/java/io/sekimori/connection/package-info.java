/** What other bundles do over the gateway's connection to its console: answer requests, and send what must arrive. */
@Export
@Version("1.1.0")
@NullMarked
package io.sekimori.connection;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
