/**
 * What outlives the references of a component that is deactivated. Copied into each bundle that uses it, so that a bundle
 * keeps its own copy and can be replaced without a restart.
 */
@NullMarked
package io.sekimori.lasting;

import org.jspecify.annotations.NullMarked;
