/** Keys in files that their owner alone can read. Works without OSGi too, see {@link KeyFiles}. */
@NullMarked
package io.sekimori.keys.file;

import org.jspecify.annotations.NullMarked;
