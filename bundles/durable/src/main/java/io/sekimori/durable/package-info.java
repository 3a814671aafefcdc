/**
 * Files that a power cut leaves whole, and a lock between two versions of one bundle. Copied into each bundle that
 * uses it, so that a bundle keeps its own copy and can be replaced without a restart.
 */
@NullMarked
package io.sekimori.durable;

import org.jspecify.annotations.NullMarked;
