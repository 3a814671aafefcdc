/** What a gateway tells people on site, and takes from them. */
@NullMarked
package io.sekimori.local;

import org.jspecify.annotations.NullMarked;
