/**
 * What is served over HTTPS. A resource says which routes it has and who may use each; what no route allows is refused.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.sekimori.web;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
