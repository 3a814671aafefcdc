/** Files in the vault, against AES-GCM of the Java runtime alone. */
@NullMarked
package io.sekimori.benchmarks.vault;

import org.jspecify.annotations.NullMarked;
