/** Serves files of pages; each bundle with pages has a copy of its own. */
@NullMarked
package io.sekimori.screens;

import org.jspecify.annotations.NullMarked;
