/** Keeps the people of a gateway in one file. */
@NullMarked
package io.sekimori.people.file;

import org.jspecify.annotations.NullMarked;
