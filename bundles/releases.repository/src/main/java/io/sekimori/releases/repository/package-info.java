/** The console's release repository and director. */
@NullMarked
package io.sekimori.releases.repository;

import org.jspecify.annotations.NullMarked;
