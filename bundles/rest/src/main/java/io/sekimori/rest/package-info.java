/** The console's REST for people and programs. */
@NullMarked
package io.sekimori.rest;

import org.jspecify.annotations.NullMarked;
