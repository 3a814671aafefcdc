/**
 * Decides which software may run: TUF metadata, signatures, releases, assignments and the evidence frozen with them.
 *
 * <p>A verdict ({@link io.sekimori.trust.UpdateVerifier}, {@link io.sekimori.trust.Evidence}) is a value that names the
 * broken rule; tools that build or open something throw {@link io.sekimori.trust.TrustException} with the same
 * {@link io.sekimori.trust.Refusal}. There is no service in here and no state but the files it is given.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.sekimori.trust;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
