/** Tells people by mail and programs by webhook what an update needs of them. */
@NullMarked
package io.sekimori.notices;

import org.jspecify.annotations.NullMarked;
