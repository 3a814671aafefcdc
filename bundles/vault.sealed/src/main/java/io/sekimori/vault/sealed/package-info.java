/** A vault of sealed files: chunked authenticated encryption, a key for each bundle, wrapped by the gateway's. */
@NullMarked
package io.sekimori.vault.sealed;

import org.jspecify.annotations.NullMarked;
