/** What Kura's consoles ask of a gateway, answered for this one. */
@NullMarked
package io.sekimori.kura;

import org.jspecify.annotations.NullMarked;
