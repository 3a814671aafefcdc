/** The audit as a chain of hashed lines on disk. Works without OSGi for reading and checking, see {@link ChainFiles}. */
@NullMarked
package io.sekimori.audit.chain;

import org.jspecify.annotations.NullMarked;
