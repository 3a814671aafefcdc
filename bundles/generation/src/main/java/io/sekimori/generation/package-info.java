/**
 * The disk of one gateway: where everything lies, the content-addressed store, generations, which of them is
 * confirmed or on trial, and whether a generation is what its frozen evidence says.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.1.0")
@org.jspecify.annotations.NullMarked
package io.sekimori.generation;
